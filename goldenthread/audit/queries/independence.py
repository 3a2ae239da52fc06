"""What independence asks of people and of files: read in one statement, however many files there are."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta
from django.db.models import DateField, F, IntegerField, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from goldenthread.audit.models import Audit, Part
from goldenthread.method.framework import Framework
from goldenthread.method.independence import Auditor, File, places_under, why_not_audit
from goldenthread.method.parts import AUDITORS
from goldenthread.people.models import Conflict, Person, Post
from goldenthread.select.models import CaseLine, CaseList, DrawnCase
from goldenthread.web import clock
from goldenthread.web.prepared import prepared
from goldenthread.web.wording import LONDON

Case = Audit | DrawnCase | CaseLine


def why_not(person: Person, file: File, framework: Framework) -> str | None:
    """Why this person, in the posts she holds today, may not audit this file; or None. No statement."""
    return why_not_audit(auditor_from(person), file, framework.independence)


def auditor_from(person: Person) -> Auditor:
    """What independence asks of a person: her posts, as the sign-in or `with_posts` read them."""
    posts = person.posts_held
    return Auditor(
        person=person.pk,
        teams=person.teams,
        manages=person.teams_managed | person.services_managed,
        under=places_under((post.oversees, post.team_id, post.service_id) for post in posts),
        agencies=frozenset(post.agency_id for post in posts if post.agency_id),
    )


def file_of(case: Case, day: date | None = None) -> File:
    """What independence asks of one file, in one statement; as `files_of`."""
    return files_of([case], day)[0]


def files_of(cases: Sequence[Case], day: date | None = None) -> list[File]:
    """What independence asks of these files of one council, in their order, as it is today or on another day.

    Beside what the audit copied or the case list says, one statement for them all reads who held the case before, who
    audited it last time, whose line its worker is in, and who declared a conflict with it.
    """
    if not cases:
        return []
    day = day or clock.today()
    lines = [_line_of(case) for case in cases]
    since = day - relativedelta(months=max(line.months for line in lines))
    record = _Record(_records(cases[0].authority_id, lines, since, day))
    return [record.file(line, day) for line in lines]


@dataclass(frozen=True, slots=True)
class _Line:
    """What a case says of itself; of an audit, the case it was drawn as says the rest."""

    authority: int
    ref: str
    worker: int | None
    team: int | None
    service: int | None
    months: int = 0  # for which the framework asks who held it
    reaudit: bool = False
    audit: int = 0
    submitted_on: date = date.max
    case: int = 0
    kind: str = ""
    reviewer: int | None = None
    agency: int | None = None


def _line_of(case: Case) -> _Line:
    if isinstance(case, Audit):
        return _Line(
            case.authority_id, case.ref, case.worker_id, case.team_id, case.service_id, _months(case.framework.parsed),
            case.kind == "reaudit", case.pk,
            case.submitted_at.astimezone(LONDON).date() if case.submitted_at else date.max, case.case_id,
        )  # fmt: skip
    line = case.line if isinstance(case, DrawnCase) else case
    team, of_line = line.team, _Line(line.authority_id, line.ref, line.worker_id, line.team_id, None)
    of_line = replace(
        of_line, service=team.parent_id if team else None, agency=team.agency_id if team else None,
        reviewer=line.reviewer_id,
    )  # fmt: skip
    if isinstance(case, CaseLine):
        return of_line
    draw = case.draw
    return replace(
        of_line, months=_months(draw.framework.parsed), reaudit=draw.kind == "reaudit", kind=draw.case_list.kind
    )


def _months(framework: Framework) -> int:
    return framework.independence.held_within_months


def conflicts_with(audit: str, person: Any) -> QuerySet[Conflict]:
    """The conflicts this person declared with the file of an audit of the statement around it."""
    about = Q(ref=OuterRef(f"{audit}__ref")) | Q(worker=OuterRef(f"{audit}__worker"))
    return Conflict.objects.filter(about | Q(team=OuterRef(f"{audit}__team")), person=person, ended_at__isnull=True)


# --- what is on record -------------------------------------------------------------------------------------


class Row(NamedTuple):
    """One fact: which sort it is, the kind of list and the reference where they matter, three keys and a day."""

    sort: int
    kind: str
    ref: str
    one: Any
    two: Any
    three: Any
    on: date


HELD, AUDITED, POST, DECLARED, DRAWN = range(5)


class _Record:
    """The rows by what they are about."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.held: dict[tuple[str, str], dict[int, date]] = defaultdict(dict)
        self.audited: dict[tuple[str, str], dict[tuple[date, int], set[int]]] = defaultdict(lambda: defaultdict(set))
        self.posts: dict[int, list[Row]] = defaultdict(list)
        self.declared: dict[tuple[str, Any], set[int]] = defaultdict(set)
        self.drawn: dict[int, Row] = {}
        for row in rows:
            if row.sort == HELD:
                held = self.held[row.kind, row.ref]
                held[row.one] = max(row.on, held.get(row.one, row.on))
            elif row.sort == AUDITED:
                self.audited[row.kind, row.ref][row.on, row.one].add(row.two)
            elif row.sort == POST:
                self.posts[row.one].append(row)
            elif row.sort == DECLARED:
                for about in (("ref", row.ref), ("worker", row.two), ("team", row.three)):
                    self.declared[about].add(row.one)
            else:
                self.drawn[row.one] = row

    def file(self, line: _Line, day: date) -> File:
        if drawn := self.drawn.get(line.case):
            line = replace(line, kind=drawn.kind, reviewer=drawn.two, agency=drawn.three)
        posts, about = self.posts.get(line.worker or 0, ()), (line.kind, line.ref)
        held = {person: on for person, on in self.held.get(about, {}).items() if person != line.worker}
        declared = (("ref", line.ref), ("worker", line.worker or 0), ("team", line.team or 0))
        return File(
            worker=line.worker, team=line.team, service=line.service, reviewer=line.reviewer, agency=line.agency,
            reaudit=line.reaudit, day=day, held=held,
            worker_under=places_under((post.ref, post.two, post.three) for post in posts),
            worker_manages=frozenset(post.two for post in posts if post.ref in {"team", "service"} and post.two),
            audited_by=self._last_auditors(line, about),
            declared=frozenset().union(*(self.declared.get(each, ()) for each in declared)),
        )  # fmt: skip

    def _last_auditors(self, line: _Line, about: tuple[str, str]) -> frozenset[int]:
        earlier = {
            (on, audit): people
            for (on, audit), people in self.audited.get(about, {}).items()
            if audit != line.audit and (on, audit) < (line.submitted_on, line.audit or sys.maxsize)
        }
        return frozenset(earlier[max(earlier)]) if earlier else frozenset()


def _records(authority: int, lines: Sequence[_Line], since: date, day: date) -> Iterable[Row]:
    keys: dict[str, list[Any]] = {
        "refs": [line.ref for line in lines],
        "workers": sorted({line.worker or 0 for line in lines}),
        "teams": sorted({line.team or 0 for line in lines}),
        "cases": sorted({line.case for line in lines}),
    }
    if len(lines) > 1:
        return map(Row._make, _rows(authority, **keys, since=since, day=day))
    one = {name.removesuffix("s"): each[0] for name, each in keys.items()}
    return map(Row._make, _rows_of_one(authority=authority, **one, since=since, day=day))


@prepared
def _rows_of_one(*, authority: Any, ref: Any, worker: Any, team: Any, case: Any, since: Any, day: Any) -> QuerySet[Any]:
    return _rows(authority, refs=[ref], workers=[worker], teams=[team], cases=[case], since=since, day=day)


def _rows(
    authority: Any, *, refs: list[Any], workers: list[Any], teams: list[Any], cases: list[Any], since: Any, day: Any
) -> QuerySet[Any]:
    """The facts about these references, workers, teams and drawn cases; each of five reads gives rows of one shape."""
    lists = CaseList.objects.filter(authority=authority, state="loaded", as_at__gte=since, as_at__lte=day)
    held = lists.filter(_among("lines__ref", refs), lines__worker__isnull=False)
    auditing = Part.people.through.objects.filter(
        _among("part__audit__ref", refs), part__audit__authority=authority, part__audit__state="submitted",
        part__kind__in=AUDITORS, part__audit__case__audited_on__isnull=False,
    )  # fmt: skip
    posts = Post.objects.filter(Post.on(day), _among("person", workers))
    conflicts = Conflict.objects.filter(
        _among("ref", refs) | _among("worker", workers) | _among("team", teams),
        authority=authority,
        ended_at__isnull=True,
    )
    drawn = DrawnCase.objects.filter(_among("pk", cases))
    none, blank = Value(0, IntegerField()), Value("", TextField())
    return _shaped(held, HELD, "kind", "lines__ref", "lines__worker", none, none, "as_at").union(
        _shaped(
            auditing, AUDITED, "part__audit__case__draw__case_list__kind", "part__audit__ref", "part__audit", "person",
            none, "part__audit__case__audited_on",
        ),
        _shaped(posts, POST, blank, "oversees", "person", "team", "team__parent", "started_on"),
        _shaped(conflicts, DECLARED, blank, "ref", "person", "worker", "team", Cast(day, DateField())),
        _shaped(
            drawn, DRAWN, "draw__case_list__kind", "ref", "pk", "line__reviewer", "line__team__agency",
            "draw__case_list__as_at",
        ),
        all=True,
    )  # fmt: skip


def _among(what: str, values: list[Any]) -> Q:
    """One of these; of a single one as its equal, which a prepared statement can be."""
    wanted: dict[str, Any] = {what: values[0]} if len(values) == 1 else {f"{what}__in": values}
    return Q(**wanted)


def _shaped(rows: QuerySet[Any], sort: int, *columns: Any) -> QuerySet[Any]:
    """These columns behind the sort; texts as texts, so that the reads can stand one under another."""
    kind, ref, one, two, three, on = (F(column) if isinstance(column, str) else column for column in columns)
    texts = (Cast(text, TextField()) for text in (kind, ref))
    return rows.order_by().values_list(Value(sort, IntegerField()), *texts, one, two, three, on)
