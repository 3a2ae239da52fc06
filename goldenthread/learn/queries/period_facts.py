"""What a period found, counted, as frozen facts: what the reports of a cycle, a quarter and a year are composed from.

Nothing here names a child or a worker: a row says how many files were alike in what it holds. Files drawn at random and
files chosen for a reason are told apart in every row that could stand in a trend, and only the first are in a figure
that speaks of other cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from goldenthread.learn.rendering.model import day_in_words
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period

CASE_FILE = "case_file"


class Files(NamedTuple):
    """So many submitted audits alike in all this. `random`: chance chose them; `within`: in the period, not before."""

    kind: str
    status: str
    team: str
    service: str
    random: bool
    within: bool
    grade: str
    files: int


class Open(NamedTuple):
    """So many open cases of one status in one team, on the newest list that the period's files were drawn from."""

    status: str
    team: str
    service: str
    cases: int


class Graded(NamedTuple):
    """So many random files whose section got this grade."""

    section: str
    grade: str
    files: int


class Reading(NamedTuple):
    """One point of a trend: random files of one period, and how many were good or better."""

    period: Period
    good: int
    files: int


class Themed(NamedTuple):
    """In how many random files a theme was found, good or for improvement."""

    domain: str
    sort: str
    theme: str
    files: int


class Tasks(NamedTuple):
    """How the tasks of the period's audits stand in one team of one service."""

    team: str
    service: str
    signed_off: int
    done: int
    to_do: int
    late: int
    challenged: int
    dropped: int

    @property
    def set(self) -> int:
        """Tasks that somebody has to do or did; what was found not needed is none."""
        return self.signed_off + self.done + self.to_do + self.late + self.challenged


class Moved(NamedTuple):
    """So many moderated files whose overall grade went from one to the other, or stayed."""

    first: str
    last: str
    files: int


class Checked(NamedTuple):
    """Signed-off tasks that were looked at in the record: truly done, partly, not."""

    done: int
    partly: int
    not_done: int


class Quota(NamedTuple):
    """What the holders of one post owed in the period's months, and what of it came."""

    post: str
    owed: int
    done: int
    late: int
    excused: int


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """Everything a report of a period says, before it is said. `circulated`: for readers outside the service.

    `detail`: how far the edition goes, "team", "service" or "council". `year` is the council's year that the period
    ends in. `readings` end with the period's own, where that is as long as they are.
    """

    council: str
    framework: Framework
    period: Period
    year: Period
    as_of: date
    circulated: bool
    detail: str
    audience: str
    files: tuple[Files, ...]
    open: tuple[Open, ...]
    listed_on: date | None
    sections: tuple[Graded, ...]
    readings: tuple[Reading, ...]
    themes: tuple[Themed, ...]
    tasks: tuple[Tasks, ...]
    moved: tuple[Moved, ...]
    checked: Checked
    quotas: tuple[Quota, ...]
    inspected: int
    to_inspect: int
    concerns: int

    @property
    def label(self) -> str:
        return label_of(self.period)

    @property
    def random(self) -> tuple[Files, ...]:
        """The period's case files that chance chose: the only ones that say anything of other cases."""
        return tuple(row for row in self.files if row.within and row.random and row.kind == CASE_FILE)

    @property
    def others(self) -> tuple[Files, ...]:
        """The period's other audits: chosen for a reason, or of another kind."""
        return tuple(row for row in self.files if row.within and not (row.random and row.kind == CASE_FILE))

    @property
    def good(self) -> frozenset[str]:
        """The keys of the grades that are good or better."""
        keys = [grade.key for grade in self.framework.grades]
        good = self.framework.grading.good_from
        return frozenset(keys[: keys.index(good) + 1] if good in keys else keys[:1])

    @property
    def good_label(self) -> str:
        """What "good or better" is called by this council."""
        last = [grade.label for grade in self.framework.grades if grade.key in self.good][-1]
        return f"{last} or better" if len(self.good) > 1 else last

    @property
    def below_label(self) -> str:
        last = [grade.label for grade in self.framework.grades if grade.key in self.good][-1]
        return f"Below {last}"


def label_of(period: Period) -> str:
    """What a period is called: by its months, or by its days where it begins or ends within one.

    >>> label_of(Period(date(2026, 9, 16), date(2026, 10, 27)))
    '16 September 2026 to 27 October 2026'
    """
    if period.starts_on.day == 1 and (period.ends_on + timedelta(days=1)).day == 1:
        return period.label
    return f"{day_in_words(period.starts_on)} to {day_in_words(period.ends_on)}"


def total(rows: Iterable[Files]) -> int:
    return sum(row.files for row in rows)


def split(figures: PeriodFigures, rows: Iterable[Files], by: Callable[[Files], str]) -> dict[str, dict[str, int]]:
    """Files by group (alphabetical) and by whether they were good or better; a file without a grade is in none."""
    graded = [row for row in rows if row.grade]
    columns = (figures.good_label, figures.below_label)
    counts = {name: dict.fromkeys(columns, 0) for name in sorted({by(row) for row in graded}, key=str.casefold)}
    for row in graded:
        counts[by(row)][columns[row.grade not in figures.good]] += row.files
    return counts


def by_grade(figures: PeriodFigures, rows: Iterable[Files], by: Callable[[Files], str]) -> dict[str, dict[str, int]]:
    """Files by group (alphabetical) and by each grade of the scale, best first."""
    labels = {grade.key: grade.label for grade in figures.framework.grades}
    graded = [row for row in rows if row.grade in labels]
    names = sorted({by(row) for row in graded}, key=str.casefold)
    counts = {name: dict.fromkeys(labels.values(), 0) for name in names}
    for row in graded:
        counts[by(row)][labels[row.grade]] += row.files
    return counts
