"""Recommendation 30: what each senior manager inspected in each quarter, the draw behind it, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from goldenthread.audit.models import Audit, Inspection, Part, Statement
from goldenthread.audit.queries.drawn import LONG
from goldenthread.audit.queries.independence import file_of, why_not
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.deadlines import working_days_between
from goldenthread.method.framework import Framework
from goldenthread.method.parts import AUDITORS
from goldenthread.method.periods import Period
from goldenthread.method.selecting import RANDOM
from goldenthread.notices.reminder import Reminder
from goldenthread.people.models import Person, Post
from goldenthread.people.queries import people_in_post
from goldenthread.select.models import Draw, DrawnCase
from goldenthread.select.queries.frames import SUPERVISION
from goldenthread.select.queries.supervision import quarter_of
from goldenthread.web.clock import midnight
from goldenthread.web.wording import LONDON, day, plural

CASE_FILE = "case_file"
COUNTS = Q(inspected_at__isnull=False) | Q(case__standing="selected")  # not what was replaced before it was inspected


# --- the register ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Cell:
    """What one senior manager inspected in one quarter. `case_files` and `notes` count by the draw behind them."""

    period: Period
    first: date  # of her days in post within the quarter
    last: date
    today: date
    kinds: tuple[str, ...]
    case_files: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    allotted: int = 0  # supervision notes, those inspected among them

    @property
    def begun(self) -> bool:
        return self.period.starts_on <= self.today

    @property
    def days(self) -> str:
        """Which part of the quarter she was in post for; "" for all of it."""
        since = f"from {day(self.first, 'plain')}" if self.first > self.period.starts_on else ""
        until = f"until {day(self.last, 'plain')}" if self.last < self.period.ends_on else ""
        return " ".join(filter(None, ("In post", since, until))) if since or until else ""

    @property
    def words(self) -> str:
        """What she inspected: "2 case files, 1 set of supervision notes"."""
        files, notes = self.case_files.total(), self.notes.total()
        said = [plural(files, "case file")] if files else []
        said += [plural(notes, "set of supervision notes", "sets of supervision notes")] if notes else []
        return ", ".join(said) or ("Nothing" if self.last < self.today else "Nothing yet")

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, a sentence each without its full stop; nothing before the quarter begins."""
        if not self.begun:
            return ()
        yet = "" if self.last < self.today else " yet"
        left = self.allotted - self.notes.total()
        missing = []
        if CASE_FILE in self.kinds and not self.case_files:
            missing.append(f"No case file{yet}")
        if SUPERVISION in self.kinds and not self.notes:
            missing.append(f"No supervision notes{yet} ({self.allotted or 'none'} allotted)")
        elif SUPERVISION in self.kinds and left:
            missing.append(f"{left} of {self.allotted} sets of supervision notes not inspected{yet}")
        return tuple(missing)


@dataclass(frozen=True, slots=True)
class Row:
    """A senior manager with her quarters; None for a quarter in which she held no such post."""

    person: Person
    title: str
    cells: Sequence[Cell | None]


def register(
    authority_id: int, framework: Framework, quarters: Sequence[Period], today: date, *, of: Person | None = None
) -> list[Row]:
    """Each senior manager of these quarters by name, or one of them, with what she inspected; three statements."""
    found: dict[int, Row] = {}
    posts = _posts_within(authority_id, framework, quarters)
    for post in posts.filter(person=of) if of else posts:
        cells = [_cell(post, quarter, framework, today) for quarter in quarters]
        earlier = found.get(post.person_id)
        if earlier:
            cells = [_joined(*both) for both in zip(earlier.cells, cells, strict=True)]
        found[post.person_id] = Row(post.person, _title(post), cells)
    _count_case_files(authority_id, found, quarters)
    _count_notes(authority_id, found, quarters)
    return list(found.values())


def _posts_within(authority_id: int, framework: Framework, quarters: Sequence[Period]) -> QuerySet[Post]:
    first, last = quarters[0].starts_on, quarters[-1].ends_on
    lasted = Q(ended_on__isnull=True) | Q(ended_on__gte=first)
    kinds = framework.recommendation_30.posts
    posts = Post.objects.filter(lasted, authority=authority_id, kind__in=kinds, started_on__lte=last)
    return posts.select_related("person", "team").order_by("person__name", "person_id", "started_on", "pk")


def _title(post: Post) -> str:
    return f"{post.title}, {post.team.name}" if post.team else post.title


def _cell(post: Post, quarter: Period, framework: Framework, today: date) -> Cell | None:
    held = Period(post.started_on, post.ended_on or quarter.ends_on)
    within = quarter.within(held) if post.started_on <= held.ends_on else None
    kinds = framework.recommendation_30.inspects
    return Cell(quarter, within.starts_on, within.ends_on, today, kinds) if within else None


def _joined(one: Cell | None, other: Cell | None) -> Cell | None:
    """Two posts within one quarter, from the first day to the last."""
    if one and other:
        one.first, one.last = min(one.first, other.first), max(one.last, other.last)
    return one or other


def _cell_of(rows: Mapping[int, Row], person: int, day: date) -> Cell | None:
    """Her quarter in which the day lies, if she was in post that day."""
    cells = rows[person].cells if person in rows else ()
    return next((cell for cell in cells if cell and cell.first <= day <= cell.last), None)


def _count_case_files(authority_id: int, rows: Mapping[int, Row], quarters: Sequence[Period]) -> None:
    audits = _submitted_within(authority_id, quarters[0].starts_on, quarters[-1].ends_on)
    hers = Part.people.through.objects.filter(part__kind__in=AUDITORS, part__audit__in=audits, person__in=list(rows))
    facts = ("person", "part__audit__submitted_at", "part__audit__case__draw__draw_id")
    for person, submitted_at, draw_id in hers.values_list(*facts):
        if cell := _cell_of(rows, person, submitted_at.astimezone(LONDON).date()):
            cell.case_files[draw_id] += 1


def _submitted_within(authority_id: int, first: date, last: date) -> QuerySet[Audit]:
    """The audits of cases drawn at random that were submitted between two days, the days of England."""
    return Audit.objects.filter(
        authority=authority_id, state="submitted", case__draw__case_list__kind=CASE_FILE,
        case__draw__way__in=RANDOM, submitted_at__gte=midnight(first),
        submitted_at__lt=midnight(last + timedelta(days=1)),
    )  # fmt: skip


def _count_notes(authority_id: int, rows: Mapping[int, Row], quarters: Sequence[Period]) -> None:
    starts = [quarter.starts_on for quarter in quarters]
    found = Inspection.objects.filter(
        COUNTS, authority=authority_id, period_starts_on__in=starts, person__in=list(rows)
    )
    facts = ("person", "period_starts_on", "inspected_on", "case__draw__draw_id")
    for person, starts_on, inspected_on, draw_id in found.values_list(*facts):
        if cell := rows[person].cells[starts.index(starts_on)]:
            cell.allotted += 1
            if inspected_on:
                cell.notes[draw_id] += 1


# --- one manager, one quarter ------------------------------------------------------------------------------


def case_files_of(person: Person, span: Period) -> QuerySet[Audit]:
    """The audits of cases drawn at random that she, alone or with others, submitted within these days."""
    mine = Part.people.through.objects.filter(part__audit=OuterRef("pk"), part__kind__in=AUDITORS, person=person)
    audits = _submitted_within(person.authority_id, span.starts_on, span.ends_on).filter(Exists(mine))
    return audits.select_related("case__draw", "session__group").defer(*LONG).order_by("submitted_at")


def inspections_of(person: Person, quarter: Period) -> QuerySet[Inspection]:
    """The supervision notes allotted to her for the quarter, with whose they are and the draw."""
    return _with_their_draw(Inspection.objects.filter(COUNTS, person=person, period_starts_on=quarter.starts_on))


def inspections_to_do(person: Person, today: date) -> QuerySet[Inspection]:
    """What she has still to inspect or to record: of quarters that have begun and whose statement is not signed."""
    signed = Statement.objects.filter(authority=OuterRef("authority"), period_starts_on=OuterRef("period_starts_on"))
    found = Inspection.objects.filter(
        ~Exists(signed), person=person, inspected_at__isnull=True, case__standing="selected",
        period_starts_on__lte=today,
    )  # fmt: skip
    return _with_their_draw(found)


def inspection_or_none(person: Person, code: str) -> Inspection | None:
    """Her own, to record; nobody records another's."""
    return _with_their_draw(Inspection.objects.filter(person=person, code=code)).first()


def _with_their_draw(found: QuerySet[Inspection]) -> QuerySet[Inspection]:
    related = ("case__draw", "case__line__team", "case__line__worker")
    return found.select_related(*related).defer(*LONG).order_by("period_starts_on", "pk")


# --- sharing out -------------------------------------------------------------------------------------------


def to_share_out(draws: Sequence[Draw], framework: Framework, day: date) -> QuerySet[DrawnCase]:
    """The notes drawn that stand and are nobody's yet, or are with somebody who left and has not inspected them."""
    in_post = Post.objects.filter(
        Post.on(day), person=OuterRef("person"), person__is_active=True, kind__in=framework.recommendation_30.posts
    )
    kept = Inspection.objects.filter(Q(inspected_at__isnull=False) | Exists(in_post), case=OuterRef("pk"))
    cases = DrawnCase.objects.filter(~Exists(kept), draw__in=draws, standing="selected")
    return cases.select_related("line__team").order_by("stratum", "place")


def waiting_in(draws: Sequence[Draw], framework: Framework, day: date) -> Mapping[int, int]:
    """How many notes of each of these draws, by its key, wait to be shared out."""
    waiting = to_share_out(draws, framework, day).order_by().values_list("draw")
    return dict(waiting.annotate(Count("pk")))


def inspections_for(draw: Draw) -> QuerySet[Inspection]:
    """Every inspection of notes that this draw gave and that count."""
    return Inspection.objects.filter(COUNTS, case__draw=draw)


def may_not_inspect(person: Person, case: DrawnCase, framework: Framework) -> bool:
    """Whether independence forbids it: the notes are her own, or of her own team, service or line, or she declared a
    conflict with whose they are."""
    return why_not(person, file_of(case.line), framework) is not None


# --- foretelling -------------------------------------------------------------------------------------------


def gaps_foretold(authority_id: int, today: date) -> Iterable[Reminder]:
    """Who has a gap in a quarter that ends within the framework's days, told to herself and to the QAU until closed."""
    framework = framework_in_force(authority_id, today).parsed
    quarter = quarter_of(framework, today)
    foretell = framework.owing.foretell_days
    if not foretell or working_days_between(today, quarter.ends_on) > foretell:
        return
    rows = register(authority_id, framework, [quarter], today)
    behind = {row.person: cell for row in rows for cell in row.cells if cell and cell.last >= today and cell.gaps}
    if not behind:
        return
    ends = f"{quarter.label}, which ends on {day(quarter.ends_on, 'plain')}"
    for person, cell in behind.items():
        if cell.first <= today and person.is_active:
            gaps = "; ".join(gap[0].lower() + gap[1:] for gap in cell.gaps)
            yield Reminder(person, f"Your inspections for {ends}: {gaps}.", reverse("my_inspections"))
    managers = plural(len(behind), "senior manager has a gap", "senior managers have gaps")
    said = f"{managers} in the inspections for {ends}."
    yield from _to_the_unit(authority_id, today, said)


def _to_the_unit(authority_id: int, today: date, said: str) -> Iterator[Reminder]:
    posts: dict[Any, Post] = {
        post.person_id: post for post in people_in_post(authority_id, today) if post.quality_assurance
    }
    for post in posts.values():
        yield Reminder(post.person, said, reverse("inspections"))
