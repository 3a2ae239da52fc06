"""The report of a cycle: what the auditing groups found between one round of sessions and the next, all together.

The seed: "The Quality Assurance Unit will continue to take responsibility for the production of reports following the
audit every 6 weeks. These reports will highlight issues in relation to practice and process." Each group has its own
session report; this one lays the groups of one round side by side. It stays within the service: six weeks straddle
quarters, and tables of both outside could be taken apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.framework.queries import framework_or_none_on
from goldenthread.learn.periodic.tables import Drafting, drafting
from goldenthread.learn.periodic.writing import PARTS as PARTS_OF_A_PERIOD
from goldenthread.learn.periodic.writing import Cover, composed
from goldenthread.learn.queries.cycles import Sitting, sittings_in
from goldenthread.learn.queries.period import audits_in, period_figures
from goldenthread.learn.queries.period_facts import PeriodFigures, label_of
from goldenthread.learn.readers import SERVICE, UNIT
from goldenthread.learn.rendering.model import Block, Report, Table, Text, day_in_words
from goldenthread.learn.subjects import Subject
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period, period_of
from goldenthread.people.models import Authority
from goldenthread.web.wording import plural

KEY, TITLE, AUDIENCE, CADENCE = (
    "cycle",
    "Cycle report",
    "Quality Assurance Unit, managers",
    "after every round of sessions",
)
WRITTEN = 4  # cycles that the list of what can be written goes back
POINTS = 19  # earlier cycles in the trend

PARTS = {"summary": PARTS_OF_A_PERIOD["summary"], "groups": "The groups"} | PARTS_OF_A_PERIOD


@dataclass(frozen=True, slots=True)
class Cycle:
    """What the cycle found, and the sessions that were held in it."""

    drafted: Drafting
    sittings: tuple[Sitting, ...]

    @property
    def figures(self) -> PeriodFigures:
        return self.drafted.figures


def span(framework: Framework, day: date) -> Period:
    """The cycle in which a day lies. Cycles are so many weeks long and are counted from the first day of the year, so
    the last of a year is shorter.

    With six weeks and a year from April, the first is 1 April to 12 May.
    """
    year = period_of(day, "year", framework.year_starts_month)
    weeks = timedelta(weeks=framework.rhythm.every_weeks)
    first = year.starts_on + (day - year.starts_on) // weeks * weeks
    return Period(first, min(first + weeks - timedelta(days=1), year.ends_on))


def back(framework: Framework, last: Period, number: int) -> list[Period]:
    """So many cycles before this one and this, the oldest first."""
    found = [last]
    for _ in range(number):
        found.append(span(framework, found[-1].starts_on - timedelta(days=1)))
    return found[::-1]


def subjects(authority: Authority, today: date) -> Sequence[Subject]:
    """The last cycles that are over and in which audits were submitted, the newest first."""
    version = framework_or_none_on(authority.pk, today)
    if version is None:
        return []
    spans = back(version.parsed, span(version.parsed, today), WRITTEN)[:-1]
    counts = audits_in(authority.pk, spans)
    found = zip(spans, counts, strict=True)
    return [_of(authority, each, f"{plural(count, 'audit')} submitted") for each, count in found if count][::-1]


def subject(authority: Authority, key: str) -> Subject | None:
    try:
        day = date.fromisoformat(key)
    except ValueError:
        return None
    version = framework_or_none_on(authority.pk, day)
    found = span(version.parsed, day) if version else None
    return _of(authority, found) if found and found.starts_on == day else None


def _of(authority: Authority, cycle: Period, note: str = "") -> Subject:
    key = cycle.starts_on.isoformat()
    return Subject(key, label_of(cycle), authority, period=cycle, note=note, readers=(SERVICE, UNIT))


def figures(subject: Subject, today: date, *, circulated: bool = False) -> Cycle:
    """The cycle counted. Refused: a cycle in which no audit was submitted."""
    assert subject.period
    version = framework_or_none_on(subject.authority.pk, subject.period.starts_on)
    points = back(version.parsed, subject.period, POINTS) if version else [subject.period]
    found = period_figures(subject.authority, subject.period, today, points=points, circulated=circulated)
    return Cycle(drafting(found), sittings_in(subject.authority.pk, subject.period))


def compose(figures: Cycle, words: Mapping[str, str]) -> Report:
    """The report as a draft: the groups side by side, then the parts of every report of a period."""
    label = figures.figures.label
    cover = Cover(TITLE, label, label)
    return composed(figures.drafted, words, cover, parts=PARTS, more={"groups": tuple(_groups(figures))})


def _groups(cycle: Cycle) -> Iterator[Block]:
    """Each session of the cycle: its group, its day, how far it came, how many files were good or better."""
    if not cycle.sittings:
        yield Text(("No group sat in this cycle: its audits are of single records, or of sessions before it.",))
        return
    rows = tuple(
        (
            each.group,
            day_in_words(each.held_on),
            f"{each.submitted} of {each.allotted}",
            f"{each.good} of {each.graded}",
        )
        for each in cycle.sittings
    )
    head = ("Group", "Session", "Audits submitted", cycle.figures.good_label)
    note = "Groups audit different kinds of case, so their grades are not compared."
    yield Table("The sessions of this cycle", head, rows, (2, 3), note)
