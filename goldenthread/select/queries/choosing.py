"""Which cases an event, a rule or a person's finger points at: each with why, and those that are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from goldenthread.method.expressions import Expression
from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.method.selecting import OCCASIONS, CaseFacts, fits, rule_in_words
from goldenthread.plan.models import Focus, Session
from goldenthread.select.models import CaseLine, CaseList, Draw, DrawnCase
from goldenthread.select.queries.changes import changes_between
from goldenthread.select.queries.frames import SUPERVISION, Exclusion, draw_frame, restricted, theme_of

FACTS = ("tags", "age_band", "locality", "opened_on")  # what a rule may ask beside what a frame needs


@dataclass(frozen=True, slots=True)
class Pick:
    """A case that is taken, and why."""

    line: CaseLine
    because: str


@dataclass(frozen=True, slots=True)
class Picked:
    """What a way other than chance takes, and who is left out."""

    picks: Sequence[Pick]
    exclusions: Sequence[Exclusion] = ()

    @property
    def mark(self) -> str:
        """What was shown, so that only that is taken."""
        return repr([(pick.line.ref, pick.because) for pick in self.picks])


def kinds_to_choose(framework: Framework) -> list[tuple[str, str]]:
    """The kinds of audit that have a template, as (key, label); supervision notes have a draw of their own."""
    kinds = [kind for kind in framework.kinds if kind.key in framework.templates and kind.key != SUPERVISION]
    return [(kind.key, kind.label) for kind in kinds]


def focuses_for(session: Session) -> QuerySet[Focus]:
    """The focuses of the session's day, that its files can be chosen for."""
    day = session.held_on
    return Focus.objects.filter(authority=session.authority_id, from_on__lte=day, to_on__gte=day).order_by("title")


def lists_to_draw_from(authority_id: int, kind: str = "case_file") -> QuerySet[CaseList]:
    """The loaded lists that files of this kind of audit are taken from, newest first: carers' files have their own."""
    own = kind if kind in dict(CaseList.KINDS) else "case_file"
    loaded = CaseList.objects.filter(authority=authority_id, kind=own, state="loaded")
    return loaded.defer("reading", "counted", "summary")


def list_before(case_list: CaseList) -> CaseList | None:
    """The list of the same kind that came before this one."""
    return lists_to_draw_from(case_list.authority_id, case_list.kind).filter(as_at__lt=case_list.as_at).first()


def cases_of_event(
    case_list: CaseList, older: CaseList, session: Session, kind: str, on: Sequence[str]
) -> Picked:  # fmt: skip
    """Every case of the session's theme that was closed, or moved to another team, since the older list.

    A closed case is as the older list has it, a moved one as the newer has it. Those taken for this before, from the
    same two lists, are left out, and restricted ones. A list that names no team of a case says nothing of its moving.
    """
    changes = changes_between(older, case_list)
    found: list[tuple[CaseLine, str]] = []
    if "closure" in on:
        found += [(line, OCCASIONS["closure"]) for line in changes.closed]
    if "transfer" in on:
        moved = [(was, after) for was, after in changes.moved_team if was.team_name and after.team_name]
        found += [(after, f"moved from {was.team_name}") for was, after in moved]
    taken = _taken_for(case_list, kind)
    picks, exclusions = [], []
    for line, what in sorted(found, key=lambda pair: pair[0].ref):
        if (theme := theme_of(session, case_list)) and line.status not in theme:
            continue
        if reason := restricted(line) or ("chosen for this before" if line.ref in taken else ""):
            exclusions.append(Exclusion(line.ref, reason))
        else:
            picks.append(Pick(line, f"The case {what}."))
    return Picked(picks, exclusions)


def cases_of_rule(
    case_list: CaseList, session: Session, framework: Framework, rule: Expression, text: str
) -> Picked:  # fmt: skip
    """Every case of the session's theme that the rule fits, those left out of any draw excepted."""
    frame = draw_frame(case_list, session, framework, facts=FACTS)
    because = f"It fits the rule: {rule_in_words(text)}."
    fitting = [line for line in frame.cases if fits(rule, facts_of(line), case_list.as_at)]
    return Picked([Pick(line, because) for line in fitting], frame.exclusions)


def facts_of(line: CaseLine) -> CaseFacts:
    return CaseFacts(
        line.status, tuple(line.tags), line.age_band, line.team_name, line.locality, line.opened_on
    )  # fmt: skip


def cases_named(case_list: CaseList, reasons: Mapping[str, str]) -> Picked:
    """The cases named by hand, each with its reason. Raises `Refused` for one not on the list, or restricted."""
    lines = {line.ref: line for line in case_list.lines.filter(ref__in=reasons)}
    faults = [f"“{ref}” is not on this list." for ref in reasons if ref not in lines]
    faults += [f"“{ref}” is restricted, so it cannot be chosen." for ref, line in lines.items() if line.restricted]
    if faults:
        raise Refused(*faults)
    return Picked([Pick(lines[ref], because) for ref, because in sorted(reasons.items())])


def lines_of(authority_id: int, refs: Sequence[str], kind: str = "case_file") -> tuple[CaseList | None, dict[str, Any]]:
    """The newest list, and each of these cases as it has it; one that it no longer holds is left out."""
    newest = lists_to_draw_from(authority_id, kind).first()
    if newest is None:
        return None, {}
    return newest, {line.ref: line for line in newest.lines.filter(ref__in=refs)}


def drawn_for(session: Session) -> frozenset[str]:
    """The references that stand among the session's files already, or did and were replaced."""
    cases = DrawnCase.objects.filter(draw__session=session).exclude(draw__state="abandoned")
    return frozenset(cases.values_list("ref", flat=True))


def draws_of_session(session: Session) -> QuerySet[Draw]:
    """Every draw that stands for this session, those left to chance first."""
    draws = Draw.objects.filter(session=session).exclude(state="abandoned")
    return draws.defer("frame", "exclusions").order_by("-way", "frozen_at")


def _taken_for(case_list: CaseList, kind: str) -> frozenset[str]:
    taken = DrawnCase.objects.filter(
        draw__case_list=case_list, draw__way="event", draw__kind=kind, draw__state="drawn", standing="selected"
    )
    return frozenset(taken.values_list("ref", flat=True))


def words_of(picked: Picked, framework: Framework) -> Iterator[tuple[str, str, str]]:
    """(reference, status and team in the council's words, why) of each case."""
    labels = {status.key: status.label for status in framework.statuses}
    for pick in picked.picks:
        line = pick.line
        yield line.ref, f"{labels.get(line.status, line.status)}, {line.team_name or 'no team'}", pick.because
