"""Who audits which file: all of a session's at once, with the proof that no other allotment is better.

Better is, in this order: fewer files with nobody; loads more even, as the sum of their squares, by what each file
takes; fewer pairs of files of one status with the same auditor, where the framework wants files mixed; and where two
audit a file, fewer pairs of one seniority, where it wants them mixed. Nobody is given a file that she may not audit.

The model is a flow: from each file to an auditor, through her files of its status, to what she carries. What she
carries costs more the more it is, and so does another file of a status that she has; each such cost is a row of steps,
the first of which are the cheapest. Where every file takes the same, its linear solution is whole by itself (Hoffman
and Kruskal, 1956). Loads are counted in quarters of an ordinary file: what is known of a file's effort is no finer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb, gcd

from goldenthread.method.framework.selecting import Allotting
from goldenthread.method.rota.model import INFINITY, Model, least

QUARTER = 25  # hundredths of an ordinary file
ROOM = 3  # files beyond an even share that are written down at first
HALF = 0.5  # of a column that is 0 or 1


@dataclass(frozen=True, slots=True)
class ToAllot:
    """A file, by its key: of which status it is, and what it takes, in hundredths of an ordinary one."""

    key: int
    status: str
    effort: int = 100


@dataclass(frozen=True, slots=True)
class Able:
    """Somebody who audits, by her key: the seniority of her post, and what she has already, in hundredths and in files
    of each status."""

    key: int
    seniority: int = 0
    load: int = 0
    statuses: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Allotment:
    """`given`: file → who audits it, the first of two first. `nobody`: file → why not, auditor by auditor; empty where
    there is no auditor at all. `alone`: files that two should audit and only one may. `proven`: whether it is known
    that none is better; if not, time ran out. `uneven`, `repeats` and `same` are what was made least: see `measured`.
    """

    given: Mapping[int, tuple[int, ...]]
    nobody: Mapping[int, Mapping[int, str]]
    alone: tuple[int, ...]
    proven: bool
    uneven: int
    repeats: int
    same: int


Barred = Mapping[tuple[int, int], str]  # (file, auditor) → why she may not audit it
Given = dict[int, tuple[int, ...]]


def solve(
    files: Sequence[ToAllot], auditors: Sequence[Able], barred: Barred, rule: Allotting, *, seconds: float = 10
) -> Allotment:
    """The best allotment found within `seconds`; the same files and auditors, in the same order, have the same one.

    >>> files = [ToAllot(1, "child_in_need"), ToAllot(2, "child_in_need"), ToAllot(3, "looked_after")]
    >>> found = solve(files, [Able(10), Able(20)], {(3, 10): "holds this case"}, Allotting())
    >>> found.given, found.proven
    ({1: (10,), 2: (20,), 3: (20,)}, True)
    """
    able = {file.key: [each.key for each in auditors if (file.key, each.key) not in barred] for file in files}
    two = rule.pairs != "none"
    givable = [file for file in files if able[file.key]]
    wanted = {file.key: min(len(able[file.key]), 2 if two else 1) for file in givable}
    given, proven = _best(_Task(givable, auditors, able, wanted, rule), seconds)
    return Allotment(
        given=given,
        nobody={
            file.key: {each.key: barred[file.key, each.key] for each in auditors}
            for file in files
            if not able[file.key]
        },
        alone=tuple(key for key, number in wanted.items() if two and number == 1),
        proven=proven,
        **measured(givable, auditors, given, rule),
    )


def measured(
    files: Sequence[ToAllot], auditors: Sequence[Able], given: Mapping[int, Sequence[int]], rule: Allotting
) -> dict[str, int]:
    """What an allotment is judged by, beside the files with nobody.

    `uneven`: the squares of the loads, in quarters of a file and above the least that anybody has already, together.
    `repeats`: pairs of files of one status with the same auditor. `same`: pairs of auditors of one seniority.

    >>> files = [ToAllot(1, "child_in_need"), ToAllot(2, "child_in_need")]
    >>> measured(files, [Able(10), Able(20)], {1: [10], 2: [10]}, Allotting())
    {'uneven': 64, 'repeats': 1, 'same': 0}
    """
    load, seniority = _loads(auditors), {each.key: each.seniority for each in auditors}
    held = Counter({(each.key, status): number for each in auditors for status, number in each.statuses.items()})
    for file in files:
        for auditor in given.get(file.key, ()):
            load[auditor] += _quarters(file.effort)
            held[auditor, file.status] += 1
    pairs = [pair for each in given.values() for pair in combinations(each, 2)]
    return {
        "uneven": sum(each * each for each in load.values()),
        "repeats": sum(comb(number, 2) for number in held.values()) if rule.mixed_files else 0,
        "same": sum(seniority[one] == seniority[other] for one, other in pairs) if rule.mixed_seniority else 0,
    }


def _quarters(hundredths: int) -> int:
    return max(1, (hundredths + QUARTER // 2) // QUARTER)


def _loads(auditors: Sequence[Able]) -> dict[int, int]:
    """What each has already, in quarters; only how far they differ matters, since what is shared out is the same."""
    load = {each.key: (each.load + QUARTER // 2) // QUARTER for each in auditors}
    lowest = min(load.values(), default=0)
    return {key: each - lowest for key, each in load.items()}


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be solved: files that somebody may audit, who may, and by how many each is wanted."""

    files: Sequence[ToAllot]
    auditors: Sequence[Able]
    able: Mapping[int, list[int]]
    wanted: Mapping[int, int]
    rule: Allotting

    @property
    def of_seniority(self) -> bool:
        """Whether it matters of which seniority the two of a pair are."""
        return self.rule.mixed_seniority and any(number > 1 for number in self.wanted.values())

    @property
    def statuses(self) -> Counter[str]:
        """Places in files of each status."""
        counted: Counter[str] = Counter()
        for file in self.files:
            counted[file.status] += self.wanted[file.key]
        return counted


def _best(task: _Task, seconds: float) -> tuple[Given, bool]:
    room, spent = ROOM, 0.0
    while task.files:
        written = _Written(task, room)
        solution = least(written.model, seconds=seconds - spent, whole=not written.flow, exact=True)
        spent += solution.seconds
        if not solution.values:
            return _as_they_come(task), False
        if not any(solution.values[column] > HALF for column in written.ends):
            return _in_turn(task, written.chosen(solution.values)), solution.proven
        room *= 4
    return {}, True


class _Written:
    """The model, and which of its columns say who has what.

    `room`: how many steps beyond an even share are written down. Beyond them there is one more, one of `ends`, without
    end of its own: a solution that uses it counted what follows too low, and is asked for again with more room.
    """

    def __init__(self, task: _Task, room: int) -> None:
        self.model, self.task, self.room = Model(), task, room
        self.takes = {file.key: _quarters(file.effort) for file in task.files}
        alike = len(set(self.takes.values())) == 1
        self.flow = alike and not task.of_seniority
        self.unit = gcd(*self.takes.values())
        most_repeats = sum(comb(number, 2) for number in self._all_of_each_status().values())
        self.repeat = len(task.files) + 1 if task.of_seniority else 1
        self.uneven = self.repeat * (most_repeats + 1 if task.rule.mixed_files else 1)
        self.ends: list[int] = []
        self.columns: list[tuple[int, int, int]] = []  # file, auditor, column
        self.loads = self._write_loads()
        self.held = self._write_held() if task.rule.mixed_files else {}
        for file in task.files:
            self._write(file)

    def _all_of_each_status(self) -> Counter[str]:
        counted = self.task.statuses
        for each in self.task.auditors:
            counted.update(each.statuses)
        return counted

    def _write_loads(self) -> dict[int, int]:
        """A row for each auditor's load, and its steps: from a load of L quarters on to L + u it costs 2 L + u, which
        is u times less than the squares differ, and less what everybody pays for an even share."""
        before, unit = _loads(self.task.auditors), self.unit
        shared = sum(self.takes[file.key] * self.task.wanted[file.key] for file in self.task.files)
        share = (shared + sum(before.values())) // len(before)
        beyond = self.room * max(self.takes.values())
        rows = {}
        for key, load in before.items():
            rows[key] = row = self.model.row(0, 0)
            last = max(load, share) + beyond
            for start in range(load, last, unit):
                self.model.column(self.uneven * (2 * (start - share) + unit), 1, (row,), (-1,))
            self.ends.append(self.model.column(self.uneven * (2 * (last - share) + unit), INFINITY, (row,), (-1,)))
        return rows

    def _write_held(self) -> dict[tuple[int, str], int]:
        """A row for each auditor's files of each status: after n of one status the next costs n repeats. In a flow
        these lead on to her load; else each file leads to both."""
        rows = {}
        for each in self.task.auditors:
            for status, number in self.task.statuses.items():
                rows[each.key, status] = row = self.model.row(0, 0)
                into, numbers = ((row, self.loads[each.key]), (-1, 1)) if self.flow else ((row,), (-1,))
                before, steps = each.statuses.get(status, 0), number // len(self.task.auditors) + self.room
                for start in range(before, before + steps):
                    self.model.column(self.repeat * start, 1, into, numbers)
                self.ends.append(self.model.column(self.repeat * (before + steps), INFINITY, into, numbers))
        return rows

    def _write(self, file: ToAllot) -> None:
        """A row for the file, which gets as many auditors as are wanted, and a column for each who may be one."""
        number, takes = self.task.wanted[file.key], self.takes[file.key] // self.unit
        row = self.model.row(number, number)
        of_one = self._write_seniorities(file) if self.task.of_seniority and number > 1 else {}
        for auditor in self.task.able[file.key]:
            into = {row: 1}
            if self.held:
                into[self.held[auditor, file.status]] = 1
            if not (self.held and self.flow):
                into[self.loads[auditor]] = takes
            if auditor in of_one:
                into[of_one[auditor]] = 1
            column = self.model.column(0, 1, tuple(into), tuple(into.values()))
            self.columns.append((file.key, auditor, column))

    def _write_seniorities(self, file: ToAllot) -> dict[int, int]:
        """Rows that let one of each seniority audit this file, and a second for a price."""
        of_each: dict[int, list[int]] = defaultdict(list)
        able = set(self.task.able[file.key])
        for each in self.task.auditors:
            if each.key in able:
                of_each[each.seniority].append(each.key)
        rows = {seniority: self.model.row(-INFINITY, 1) for seniority, keys in of_each.items() if len(keys) > 1}
        self.model.column(1, 1, tuple(rows.values()), (-1,) * len(rows))
        return {key: row for seniority, row in rows.items() for key in of_each[seniority]}

    def chosen(self, values: Sequence[float]) -> Given:
        found: dict[int, list[int]] = defaultdict(list)
        for file, auditor, column in self.columns:
            if values[column] > HALF:
                found[file].append(auditor)
        return {file: tuple(auditors) for file, auditors in found.items()}


def _in_turn(task: _Task, chosen: Given) -> Given:
    """The same, with whoever was first less often put first of a pair."""
    first: Counter[int] = Counter()
    given: Given = {}
    for file in task.files:
        given[file.key] = tuple(sorted(chosen[file.key], key=lambda auditor: first[auditor]))
        first[given[file.key][0]] += 1
    return given


def _as_they_come(task: _Task) -> Given:
    """An allotment without any search: the file that fewest may audit first, to whoever of them has least."""
    load, given = _loads(task.auditors), {}
    for file in sorted(task.files, key=lambda file: len(task.able[file.key])):
        who = sorted(task.able[file.key], key=lambda auditor: load[auditor])[: task.wanted[file.key]]
        given[file.key] = tuple(who)
        for auditor in who:
            load[auditor] += _quarters(file.effort)
    return given
