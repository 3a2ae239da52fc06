"""The composite annual report: the year's own figures, and what the year's published quarterly editions said.

The seed: "Joint Leadership Team would receive a composite annual report."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.learn.periodic.spans import read_key, subjects_of
from goldenthread.learn.periodic.tables import Drafting, drafting
from goldenthread.learn.periodic.writing import PARTS as PARTS_OF_A_PERIOD
from goldenthread.learn.periodic.writing import Cover, composed
from goldenthread.learn.queries.composite import Rested, rested_on
from goldenthread.learn.queries.editions import released_before
from goldenthread.learn.queries.period import period_figures
from goldenthread.learn.queries.period_facts import PeriodFigures
from goldenthread.learn.rendering.model import Block, Report, Table, Text, Words, day_in_words
from goldenthread.learn.reports import quarterly
from goldenthread.learn.subjects import Subject
from goldenthread.method.disclosure import Released
from goldenthread.method.periods import Period, periods
from goldenthread.people.models import Authority
from goldenthread.web.wording import listed

KEY, TITLE, AUDIENCE, CADENCE = "annual", "Composite annual report", "the bodies the framework names", "yearly"
WRITTEN = 2  # ended years that the list of what can be written goes back
BEFORE = 4  # earlier years whose quarters stand in the trend

PARTS = {"summary": PARTS_OF_A_PERIOD["summary"], "quarters": "The year's quarters"} | PARTS_OF_A_PERIOD


@dataclass(frozen=True, slots=True)
class Composite:
    """The year's figures, and the edition of each quarter that the report rests on (None: none was published)."""

    drafted: Drafting
    rested: tuple[tuple[Period, Rested | None], ...]

    @property
    def figures(self) -> PeriodFigures:
        return self.drafted.figures


def subjects(authority: Authority, today: date) -> Sequence[Subject]:
    return subjects_of(authority, KEY, "year", today, WRITTEN)


def subject(authority: Authority, key: str) -> Subject | None:
    return read_key(authority, KEY, "year", key)


def figures(subject: Subject, today: date, *, circulated: bool = False) -> Composite:
    """The year counted, and its quarters as they were published. Refused: a year in which no audit was submitted."""
    year = subject.period
    assert year
    first = year.starts_on.replace(year=year.starts_on.year - BEFORE, day=1)
    points = list(periods("quarter", first, year.ends_on, year.starts_on.month))
    found = period_figures(subject.authority, year, today, points=points, circulated=circulated, body=subject.body)
    earlier = released_before(subject.authority.pk) if circulated else []
    quarters = [each for each in points if each.within(year)]
    kept = rested_on(subject.authority.pk, quarterly.KEY, quarters, circulated=circulated)
    return Composite(drafting(found, earlier), tuple((each, kept.get(each.starts_on)) for each in quarters))


def lacking(composite: Composite) -> str:
    return quarterly.lacking(composite.drafted)


def released(composite: Composite) -> Sequence[Released]:
    return composite.drafted.released


def compose(figures: Composite, words: Mapping[str, str]) -> Report:
    """The report as a draft: the year, then each quarter as it was published, then the parts of every report."""
    label = figures.figures.period.label
    cover = Cover(TITLE, f"{label}, {figures.figures.audience}", label)
    return composed(figures.drafted, words, cover, parts=PARTS, more={"quarters": tuple(_quarters(figures))})


def _quarters(composite: Composite) -> Iterator[Block]:
    """Which editions the report rests on, what each said first, in its own words; and the quarters without one."""
    there = [(quarter, kept) for quarter, kept in composite.rested if kept]
    missing = [quarter.label for quarter, kept in composite.rested if kept is None]
    if missing:
        which = "an edition that left the service" if composite.figures.circulated else "an edition"
        yield Text(
            (
                f"Of {listed(missing, 'and')} no {which.removeprefix('an ')} was published: for "
                f"{'it' if len(missing) == 1 else 'them'} this report rests on the year's own figures alone.",
            )
        )
    if not there:
        return
    rows = tuple(
        (quarter.label, f"Edition {kept.number}, {kept.audience}", day_in_words(kept.published_on))
        for quarter, kept in there
    )
    yield Table("The published editions that this report rests on", ("Quarter", "Edition", "Published on"), rows)
    for quarter, kept in there:
        if kept.said:
            yield Text((f"{quarter.label}, as published:", *kept.said))
        if kept.words:
            yield Words(f"the {composite.figures.framework.word('quality_assurance')}, {quarter.label}", kept.words)
