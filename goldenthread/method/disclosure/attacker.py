"""The reader who knows every published table of the same files, and what she can work out of the hidden ones.

What she cannot rule out are all whole, non-negative counts that add up to everything published: the solutions of a
linear program. For a hidden count it is enough to show her one solution in which it is 0 and one in which it is large
enough to be shown, so solutions are kept and asked first; only what none of them answers is solved for. A solution that
is not in whole numbers proves nothing, and then whole numbers are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from goldenthread.method.disclosure.family import Cell, Family, Marks, family_of, possible
from goldenthread.method.disclosure.released import Released
from goldenthread.method.disclosure.suppression import ALL_ALIKE, HIDES_ANOTHER, SMALL
from goldenthread.method.refusal import Refused

CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Breach:
    """A count that the reader learns too much of: it is `low` at least and `high` at most (None: without limit).

    `table` is its place among the tables attacked, `row` and `column` its labels ("Total" for a total), `why` a
    sentence for the Unit.
    """

    table: int
    row: str
    column: str
    low: int
    high: int | None
    why: str


def attack(tables: Sequence[Released], threshold: int) -> list[Breach]:
    """Everything that a reader of all `tables` together can work out and must not.

    `threshold` is the first number that may be shown. A breach is, in this order of tables and cells:

    - a count from 1 to `threshold − 1` that is shown;
    - a hidden one that the reader can prove to be such: at least 1 and less than `threshold`;
    - a hidden one that is such (its table's `reasons` say so) unless she must think that it may be 0, and that it may
      be `threshold` or more;
    - a row with files of which she can prove that all are in one column: 0 % and 100 %.

    Refused: tables that contradict each other, since then one of them is wrong.

    >>> blanked = Released("files", ("A", "B"), ("Good", "Poor"), ((None, 9, 12), (8, 7, 15), (11, 16, 27)))
    >>> [(found.row, found.column, found.low, found.high) for found in attack([blanked], 6)]
    [('A', 'Good', 3, 3)]
    """
    return sorted(breaches(tables, threshold), key=lambda each: each.table)


def breaches(tables: Sequence[Released], threshold: int) -> Iterator[Breach]:
    """As `attack`, one by one as they are found: for whoever only asks whether there is any."""
    for population in dict.fromkeys(table.population for table in tables):
        places = [place for place, table in enumerate(tables) if table.population == population]
        family = family_of([tables[place] for place in places], threshold)
        for each in _of_family(family, threshold):
            yield replace(each, table=places[each.table])


def _of_family(family: Family, threshold: int) -> Iterator[Breach]:
    reader = _Reader(family)
    for cell in family.cells:
        if cell.shown is not None:
            low, high = possible(cell.shown, family.tables[cell.table].round_to, threshold)
            if low > 0 and high < threshold:
                yield _breach(family, cell, low, high, "is shown, and is a small number")
        elif bounds := _too_narrow(reader, family, cell, threshold):
            yield _breach(family, cell, *bounds, f"is hidden, but can be worked out: {_between(*bounds)}")
    yield from _alike(reader, family)


def _too_narrow(reader: _Reader, family: Family, cell: Cell, threshold: int) -> tuple[int, int | None] | None:
    """The bounds of a hidden cell if they are a breach. One whose reason says that it is not small can be none."""
    reasons = family.tables[cell.table].reasons
    reason = reasons[cell.row][cell.column] if reasons else ""
    if reason in (HIDES_ANOTHER, ALL_ALIKE):
        return None
    free = reader.reaches(cell.atoms, threshold)
    if (free and reader.can_be_nothing(cell.atoms)) if reason == SMALL else (free or reader.can_be_nothing(cell.atoms)):
        return None
    return reader.least(cell.atoms), reader.greatest(cell.atoms)


def _alike(reader: _Reader, family: Family) -> Iterator[Breach]:
    """Rows (groups of files, not the totals) that hold files, all of them provably in one column."""
    for (table, row), cells in groupby(family.cells, key=lambda cell: (cell.table, cell.row)):
        *counts, total = cells
        positive = [cell for cell in counts if cell.shown]
        if len(counts) < 2 or row == len(family.tables[table].rows) or len(positive) > 1:
            continue
        if reader.can_be_nothing(total.atoms):
            continue
        for cell in positive or [cell for cell in counts if cell.shown is None]:
            if not reader.reaches(total.atoms & ~cell.atoms, 1):
                low, high = reader.least(cell.atoms), reader.greatest(cell.atoms)
                what = "holds every file of its row, and a reader can work that out"
                yield _breach(family, cell, low, high, what)


def _breach(family: Family, cell: Cell, low: int, high: int | None, what: str) -> Breach:
    row, column = family.label(cell)
    return Breach(cell.table, row, column, low, high, f"{row}, {column}: the count {what}.")


def _between(low: int, high: int | None) -> str:
    if high is None:
        return f"it is {low} or more"
    return f"it is {low}" if low == high else f"it is between {low} and {high}"


class _Reader:
    """All counts that fit what is published, and questions to them. Atoms that no shown cell holds have no limit."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self.free = np.isinf(family.most)
        self.sums = np.array([cell.atoms for cell in family.cells], dtype=np.float64)
        self.places = {id(cell.atoms): place for place, cell in enumerate(family.cells)}
        self.highest = np.full(len(family.cells), -1.0)  # of each cell, in the solutions there were so far
        self.lowest = np.full(len(family.cells), np.inf)
        self.solver = _solver(family, self.free)
        self._solve(np.zeros(len(self.free)), up=True)

    def reaches(self, atoms: Marks, count: int) -> bool:
        """Whether the sum of these atoms may be `count` or more."""
        if (atoms & self.free).any() or self._seen(self.highest, atoms, -1.0) > count - CLOSE:
            return True
        return self._bound(atoms, up=True) > count - CLOSE

    def can_be_nothing(self, atoms: Marks) -> bool:
        if self._seen(self.lowest, atoms, np.inf) < CLOSE:
            return True
        return self._bound(atoms, up=False) < CLOSE

    def least(self, atoms: Marks) -> int:
        return round(self._bound(atoms, up=False))

    def greatest(self, atoms: Marks) -> int | None:
        return None if (atoms & self.free).any() else round(self._bound(atoms, up=True))

    def _bound(self, atoms: Marks, *, up: bool) -> float:
        if not atoms.any():
            return 0.0
        counts = self._solve(atoms.astype(np.float64), up=up)
        return float(counts[atoms].sum())

    def _solve(self, costs: npt.NDArray[np.float64], *, up: bool) -> npt.NDArray[np.float64]:
        """The counts, in whole numbers, that make the sum of `costs` × counts greatest or least."""
        import highspy

        many = len(costs)
        self.solver.changeColsCost(many, np.arange(many, dtype=np.int32), costs)
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize if up else highspy.ObjSense.kMinimize)
        counts = self._run()
        if np.abs(counts - np.rint(counts)).max(initial=0) > CLOSE:
            self._whole(highspy.HighsVarType.kInteger)
            counts = self._run()
            self._whole(highspy.HighsVarType.kContinuous)
        counts = np.rint(counts)
        sums = self.sums @ counts
        self.highest, self.lowest = np.maximum(self.highest, sums), np.minimum(self.lowest, sums)
        return counts

    def _seen(self, ends: npt.NDArray[np.float64], atoms: Marks, otherwise: float) -> float:
        place = self.places.get(id(atoms))
        return otherwise if place is None else float(ends[place])

    def _run(self) -> npt.NDArray[np.float64]:
        import highspy

        self.solver.run()
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return np.array(self.solver.getSolution().col_value)
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise Refused(
                "These tables contradict each other: one of them is wrong, or does not say what its rows, its columns "
                "and its period are made of."
            )
        raise Refused("Whether these tables give anything away could not be worked out, so they may not be published.")

    def _whole(self, kind: Any) -> None:
        many = len(self.free)
        self.solver.changeColsIntegrality(many, np.arange(many, dtype=np.int32), np.full(many, kind))


def _solver(family: Family, free: Marks) -> Any:
    """The linear program of everything published: a row a shown sum, a column an atom."""
    import highspy
    from highspy._core import _Highs  # `Highs`, the Python class over it, greets its user on standard output

    highs = _Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("mip_rel_gap", 0.0)):
        highs.setOptionValue(option, value)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(free), len(family.limits)
    lp.col_cost_ = np.zeros(len(free))
    lp.col_lower_ = np.zeros(len(free))
    lp.col_upper_ = np.where(free, 1.0, family.most)
    lp.row_lower_ = np.array([low for _, low, _ in family.limits])
    lp.row_upper_ = np.array([high for _, _, high in family.limits])
    places = [np.flatnonzero(atoms) for atoms, _, _ in family.limits]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, places)]).astype(np.int32)
    lp.a_matrix_.index_ = np.concatenate([np.empty(0, int), *places]).astype(np.int32)
    lp.a_matrix_.value_ = np.ones(sum(map(len, places)))
    highs.passModel(lp)
    return highs
