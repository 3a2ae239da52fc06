"""Who may not audit a file, and why: every tie between somebody and a child's file, each with its sentence.

Asked when a file is allotted, when its audit is opened and when it is submitted. A sentence is what follows a name
("Grace Okafor holds this case") or "you are someone who"; of a conflict that somebody declared it says no more than
that she did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from goldenthread.method.framework.selecting import Independence

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Auditor:
    """Someone who might audit, by the posts she holds that day.

    `teams`: those she is in; `manages`: the teams and services she does; `under`: the teams and services whose
    managers manage her; `agencies`: those whose teams she is in.
    """

    person: int
    teams: frozenset[int] = NOBODY
    manages: frozenset[int] = NOBODY
    under: frozenset[int] = NOBODY
    agencies: frozenset[int] = NOBODY


@dataclass(frozen=True, slots=True)
class File:
    """A file, by its line on the case list and what is on record of it; the numbers are people, teams and services.

    `held`: the last day on which an earlier case list had somebody as its worker. `worker_under` and `worker_manages`:
    whose managers manage its worker, and what the worker manages. `audited_by`: who audited it last time, nobody if
    it never was. `declared`: who declared a conflict with it. `day`: on which all this is asked.
    """

    worker: int | None
    team: int | None
    service: int | None = None
    reviewer: int | None = None
    agency: int | None = None
    reaudit: bool = False
    day: date = date.max
    held: Mapping[int, date] | None = None
    worker_under: frozenset[int] = NOBODY
    worker_manages: frozenset[int] = NOBODY
    audited_by: frozenset[int] = NOBODY
    declared: frozenset[int] = NOBODY


def why_not_audit(auditor: Auditor, file: File, rule: Independence) -> str | None:
    """The sentence that refuses this auditor this file, the nearest tie first, or None.

    >>> rule = Independence(own_case=True, own_team=True, manages=True, held_within_months=12)
    >>> why_not_audit(Auditor(7, teams=frozenset({2})), File(worker=7, team=2), rule)
    'holds this case'
    """
    return next(ties(auditor, file, rule), None)


def ties(auditor: Auditor, file: File, rule: Independence) -> Iterator[str]:
    """Every tie that the framework forbids, the nearest first; a tie whose fact is not known is none.

    >>> rule = Independence(own_case=True, own_team=True, manages=True, held_within_months=0)
    >>> list(ties(Auditor(7, teams=frozenset({2})), File(worker=7, team=2), rule))
    ['holds this case', 'is in the team that holds this case']
    """
    return (sentence for tie in TIES if (sentence := tie(auditor, file, rule)))


def _holds(auditor: Auditor, file: File, rule: Independence) -> str | None:
    return "holds this case" if rule.own_case and auditor.person == file.worker else None


def _held(auditor: Auditor, file: File, rule: Independence) -> str | None:
    last, months = (file.held or {}).get(auditor.person), rule.held_within_months
    if not months or last is None or last < file.day - relativedelta(months=months):
        return None
    return f"held this case within the last {f'{months} months' if months > 1 else 'month'}"


def _reviews(auditor: Auditor, file: File, rule: Independence) -> str | None:
    if rule.own_reviewing_officer and auditor.person == file.reviewer:
        return "is this child’s own reviewing officer or conference chair"
    return None


def _manages(auditor: Auditor, file: File, rule: Independence) -> str | None:
    if rule.manages and file.team in auditor.manages:
        return "manages the team that holds this case"
    if rule.manages and file.service in auditor.manages:
        return "manages the service that holds this case"
    return None


def _is_in_the_team(auditor: Auditor, file: File, rule: Independence) -> str | None:
    return "is in the team that holds this case" if rule.own_team and file.team in auditor.teams else None


def _line(auditor: Auditor, file: File, rule: Independence) -> str | None:
    if not rule.line or auditor.person == file.worker:
        return None
    if auditor.manages & file.worker_under:
        return "manages the worker who holds this case"
    return "is managed by the worker who holds this case" if auditor.under & file.worker_manages else None


def _audited(auditor: Auditor, file: File, rule: Independence) -> str | None:
    again = rule.at_reaudit if file.reaudit else rule.audited_last_time
    hers = auditor.person in file.audited_by
    if again == "must_not" and hers:
        return "audited this file last time"
    if again == "must" and file.audited_by and not hers:
        return "did not audit this file last time, as whoever audits it again has to"
    return None


def _declared(auditor: Auditor, file: File, rule: Independence) -> str | None:
    return "has declared a conflict of interest" if rule.declared and auditor.person in file.declared else None


def _own_agency(auditor: Auditor, file: File, rule: Independence) -> str | None:
    return "works for the agency whose file it is" if rule.own_agency and file.agency in auditor.agencies else None


Asked = Callable[[Auditor, File, Independence], str | None]
TIES: tuple[Asked, ...] = (
    _holds, _held, _reviews, _manages, _is_in_the_team, _line, _audited, _declared, _own_agency,
)  # fmt: skip


def places_under(posts: Iterable[tuple[str, int | None, int | None]]) -> frozenset[int]:
    """The teams and services whose managers manage somebody with these posts: (what it oversees, team, service).

    Up the tree from her team: its manager and its service's manage whoever works in it, and its manager is managed by
    the service's. Nobody's line goes through a director's post, which oversees everybody alike.

    >>> sorted(places_under([("", 2, 20)])), sorted(places_under([("team", 2, 20)]))
    ([2, 20], [20])
    """
    found = (
        ({team, service} if not oversees else {service}) for oversees, team, service in posts if oversees != "authority"
    )
    return frozenset(place for places in found for place in places if place is not None)
