"""The tables that councils publish of their audits, counted from single files: every one with its denominators.

Grades by period, by team and by section; what was done against what was owed; coverage by status; the auditor's grade
against the moderator's; scores from 0 to 10; the tracker of tasks. Percentages, medians and extremes are left out
(None) below `FEW` files: there they say more than is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median

from goldenthread.method.measures import FEW
from goldenthread.method.refusal import Refused

SCORES = range(11)


@dataclass(frozen=True, slots=True)
class Crossed:
    """How many files of each row were in each column: `counts[row][column]`, rows and columns in the order given."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def row_totals(self) -> tuple[int, ...]:
        return tuple(sum(line) for line in self.counts)

    @property
    def column_totals(self) -> tuple[int, ...]:
        return tuple(sum(column) for column in zip(*self.counts, strict=True)) or (0,) * len(self.columns)

    @property
    def total(self) -> int:
        return sum(self.row_totals)

    @property
    def shares(self) -> tuple[tuple[float | None, ...], ...]:
        """Of each row, the share in each column; None in a row of fewer than `FEW` files."""
        return tuple(
            tuple(_share(count, total) for count in line)
            for line, total in zip(self.counts, self.row_totals, strict=True)
        )

    def as_counts(self) -> dict[str, dict[str, int]]:
        """As `method.disclosure` takes them."""
        return {
            row: dict(zip(self.columns, line, strict=True)) for row, line in zip(self.rows, self.counts, strict=True)
        }


def crossed(pairs: Iterable[tuple[str, str]], rows: Sequence[str], columns: Sequence[str]) -> Crossed:
    """Count (row, column) pairs, one a file. Rows and columns without a file stay, with noughts.

    Refused: a label that is in neither list.

    >>> crossed([("May", "Good"), ("May", "RI"), ("June", "Good")], ["May", "June"], ["Good", "RI"]).counts
    ((1, 1), (1, 0))
    """
    counts = Counter(pairs)
    unknown = sorted({row for row, _ in counts} - set(rows)) + sorted({column for _, column in counts} - set(columns))
    if unknown:
        raise Refused(*(f"The table has no row and no column {label!r}." for label in unknown))
    return Crossed(tuple(rows), tuple(columns), tuple(tuple(counts[row, column] for column in columns) for row in rows))


@dataclass(frozen=True, slots=True)
class Owed:
    """What somebody, or some group, did of what was owed; `short` is what is missing."""

    name: str
    owed: int
    done: int

    @property
    def short(self) -> int:
        return max(0, self.owed - self.done)

    @property
    def share(self) -> float | None:
        """Above 1 where more was done than owed; None where little or nothing was owed."""
        return _share(self.done, self.owed)


def done_against_owed(done: Iterable[str], owed: Mapping[str, int]) -> tuple[Owed, ...]:
    """One name in `done` an audit that was done. In the order of `owed`, then who did some without owing any.

    >>> [(each.name, each.owed, each.done, each.short) for each in done_against_owed(["Duty", "Duty"], {"Duty": 3})]
    [('Duty', 3, 2, 1)]
    """
    counts = Counter(done)
    if wrong := [name for name, number in owed.items() if number < 0]:
        raise Refused(*(f"{name} cannot owe {owed[name]} audits." for name in wrong))
    names = [*owed, *sorted(set(counts) - set(owed))]
    return tuple(Owed(name, owed.get(name, 0), counts[name]) for name in names)


@dataclass(frozen=True, slots=True)
class Covered:
    """How many of a status's open cases were audited."""

    name: str
    cases: int
    audited: int

    @property
    def share(self) -> float | None:
        return _share(self.audited, self.cases)


def coverage_by_status(cases: Mapping[str, int], audited: Iterable[str]) -> tuple[Covered, ...]:
    """`cases` open of each status, and the status of each that was audited. A last line has them all.

    Refused: an audited status that has no line, and more audited than there are cases.
    """
    counts = Counter(audited)
    if unknown := sorted(set(counts) - set(cases)):
        raise Refused(*(f"There is no open case of the status {name!r}." for name in unknown))
    if over := [name for name in cases if counts[name] > cases[name]]:
        raise Refused(
            *(f"{counts[name]} of {cases[name]} cases of {name!r} cannot have been audited." for name in over)
        )
    lines = [Covered(name, number, counts[name]) for name, number in cases.items()]
    return (*lines, Covered("All", sum(cases.values()), counts.total()))


@dataclass(frozen=True, slots=True)
class Moderated:
    """The auditor's grade (rows) against the moderator's (columns), one scale, best first."""

    table: Crossed

    @property
    def same(self) -> int:
        return sum(self.table.counts[place][place] for place in range(len(self.table.rows)))

    @property
    def lowered(self) -> int:
        """How many the moderator graded lower: further along the scale."""
        return sum(sum(line[place + 1 :]) for place, line in enumerate(self.table.counts))

    @property
    def raised(self) -> int:
        return self.table.total - self.same - self.lowered


def auditor_by_moderator(pairs: Iterable[tuple[str, str]], scale: Sequence[str]) -> Moderated:
    """One (auditor's, moderator's) pair a file. Refused: a grade that the scale does not have."""
    return Moderated(crossed(pairs, scale, scale))


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores from 0 to 10 of one group of files: `counts[score]`, and what sums them up where there are enough."""

    name: str
    counts: tuple[int, ...]
    mean: float | None
    median: float | None
    lowest: int | None
    highest: int | None

    @property
    def n(self) -> int:
        return sum(self.counts)


def scores(given: Iterable[tuple[str, int]], groups: Sequence[str]) -> tuple[Scores, ...]:
    """One (group, score) a file; a line a group, in the order given. Refused: what is no score, an unknown group."""
    of: dict[str, list[int]] = {group: [] for group in groups}
    for group, score in given:
        if group not in of:
            raise Refused(f"The table has no row {group!r}.")
        if score not in SCORES:
            raise Refused(f"{score} is not a score: a whole number from 0 to 10 is expected.")
        of[group].append(score)
    return tuple(_scores(group, numbers) for group, numbers in of.items())


def _scores(group: str, numbers: Sequence[int]) -> Scores:
    counts = tuple(numbers.count(score) for score in SCORES)
    if len(numbers) < FEW:
        return Scores(group, counts, None, None, None, None)
    return Scores(group, counts, fmean(numbers), float(median(numbers)), min(numbers), max(numbers))


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tracker of one owner or team on one day: each task is in one of four places."""

    name: str
    done_in_time: int
    done_late: int
    open_in_time: int
    open_late: int

    @property
    def total(self) -> int:
        return self.done_in_time + self.done_late + self.open_in_time + self.open_late


def task_tracker(tasks: Iterable[tuple[str, date, date | None]], on: date) -> tuple[Tasks, ...]:
    """One (owner, due, done or None) a task, as things stood at the end of `on`; a line an owner, by name.

    A task done after `on` was not done then. It is late from the day after it was due.

    >>> task_tracker([("Duty", date(2026, 5, 1), None)], date(2026, 5, 2))
    (Tasks(name='Duty', done_in_time=0, done_late=0, open_in_time=0, open_late=1),)
    """
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for owner, due, done in tasks:
        finished = done if done is not None and done <= on else None
        counts[owner, finished is not None, (finished or on) > due] += 1
    return tuple(
        Tasks(name, counts[name, True, False], counts[name, True, True], counts[name, False, False],
              counts[name, False, True])
        for name in sorted({name for name, _, _ in counts})
    )  # fmt: skip


def _share(count: int, of: int) -> float | None:
    return count / of if of >= FEW else None
