"""Tables of the same files as one set of unknown counts: what each published cell is a sum of.

The unknowns are the smallest counts that any of the tables tells apart (*atoms*): the files of one team, of one grade,
in one quarter. A cell, hidden or shown, is the sum of some of them. Atoms that no cell ever separates are one unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from goldenthread.method.disclosure.released import Released
from goldenthread.method.disclosure.suppression import TOTAL
from goldenthread.method.refusal import Refused

MOST_ATOMS = 50_000
OPEN_ENDED = ("period",)  # there is always another: a table of some of them says nothing of the rest
LEFT_OUT, OUT_OF_SCOPE = -1, -2  # in place of a row: nobody is there, and nothing is said of who is

Marks = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of one table: `row` and `column` are places, the last of each the total; `atoms` (m,) are its parts."""

    table: int
    row: int
    column: int
    shown: int | None
    atoms: Marks


@dataclass(frozen=True, slots=True)
class Family:
    """Tables of one population. `cells` are all their cells; `limits` (cells shown, 2) what each of those can be."""

    tables: tuple[Released, ...]
    cells: tuple[Cell, ...]
    most: Reals  # of each atom, shape (m,); inf where no shown cell holds it
    limits: tuple[tuple[Marks, float, float], ...]

    def label(self, cell: Cell) -> tuple[str, str]:
        table = self.tables[cell.table]
        return ((*table.rows, TOTAL)[cell.row], (*table.columns, TOTAL)[cell.column])


def family_of(tables: Sequence[Released], threshold: int) -> Family:
    """The unknowns of tables of one population, and what is published of them.

    Refused: labels that are made of one thing in one table and of another in the next, rows that overlap, and more
    combinations than can be looked into.
    """
    leaves = leaves_of(tables)
    names = {each: sorted({leaf for label in labels for leaf in leaves[label]}) for each, labels in _used(tables)}
    many = prod(len(of) for of in names.values())
    if many > MOST_ATOMS:
        raise Refused(
            f"These tables together tell {many:,} groups of files apart, more than can be checked: "
            "publish fewer tables of the same files, or coarser ones."
        )
    held = np.stack([_places(table, leaves, names) for table in tables], axis=1)
    held = held[(held != LEFT_OUT).all(axis=(1, 2))]
    together = np.unique(held.reshape(len(held), 2 * len(tables)), axis=0).reshape(-1, len(tables), 2)
    return _with_limits(tuple(tables), tuple(_cells(tables, together)), threshold)


def possible(shown: int, round_to: int, threshold: int) -> tuple[int, int]:
    """The counts that a shown one can stand for. The reader knows that one from 1 to `threshold − 1` is not shown.

    >>> possible(10, 5, 6), possible(5, 5, 6), possible(0, 5, 6), possible(7, 1, 6)
    ((8, 12), (6, 7), (0, 0), (7, 7))
    """
    low = max(0, shown - round_to // 2)
    high = shown + (round_to - 1) // 2
    if high < threshold:  # only 0 is shown of these, unless it was small and shown all the same
        return (0, 0) if low == 0 else (low, high)
    return max(low, threshold), high


def _used(tables: Sequence[Released]) -> Iterable[tuple[str, list[str]]]:
    """Each thing that a table is by or narrowed to, with the labels that occur of it; in order of name."""
    used: dict[str, dict[str, None]] = {}
    for table in tables:
        for each, labels in zip(table.by, (table.rows, table.columns), strict=True):
            used.setdefault(each, {}).update(dict.fromkeys(labels))
        for each, label in table.scope.items():
            used.setdefault(each, {})[label] = None
    return [(each, list(used[each])) for each in sorted(used)]


def leaves_of(tables: Sequence[Released]) -> dict[str, frozenset[str]]:
    """What each label comes down to: itself, or what its parts come down to.

    Refused: a label that is made of one thing in one table and of another in the next, or of itself.
    """
    parts: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for label, of in table.parts.items():
            if set(parts.setdefault(label, of)) != set(of):
                raise Refused(f"{label!r} is made of {', '.join(parts[label])} in one table and not in another.")
    labels = {label for _, of in _used(tables) for label in of}
    return {label: frozenset(_down(label, parts, ())) for label in labels}


def _down(label: str, parts: Mapping[str, tuple[str, ...]], above: tuple[str, ...]) -> list[str]:
    if label in above:
        raise Refused(f"{label!r} is said to be a part of itself.")
    if label not in parts:
        return [label]
    return [leaf for part in parts[label] for leaf in _down(part, parts, (*above, label))]


def _places(
    table: Released, leaves: Mapping[str, frozenset[str]], names: Mapping[str, list[str]]
) -> npt.NDArray[np.int64]:
    """The row and column in one table of every combination of `names`, shape (combinations, 2)."""
    shape = [len(of) for of in names.values()]

    def spread(each: str, of_leaf: list[Any]) -> npt.NDArray[np.int64]:
        along = [len(of) if name == each else 1 for name, of in names.items()]
        return np.broadcast_to(np.array(of_leaf, dtype=np.int64).reshape(along), shape).ravel()

    labels = zip(table.by, (table.rows, table.columns), strict=True)
    found = np.stack([spread(each, [_place(of, leaf, leaves) for leaf in names[each]]) for each, of in labels], axis=1)
    for column, each in enumerate(table.by):
        if each in OPEN_ENDED:
            found[found[:, column] == LEFT_OUT] = OUT_OF_SCOPE
    for each, label in table.scope.items():
        found[spread(each, [leaf not in leaves[label] for leaf in names[each]]) == 1] = OUT_OF_SCOPE
    return found


def _place(labels: Sequence[str], leaf: str, leaves: Mapping[str, frozenset[str]]) -> int:
    found = [place for place, label in enumerate(labels) if leaf in leaves[label]]
    if len(found) > 1:
        raise Refused(f"{labels[found[0]]!r} and {labels[found[1]]!r} overlap in one table; nobody may be in both.")
    return found[0] if found else LEFT_OUT


def _cells(tables: Sequence[Released], held: npt.NDArray[np.int64]) -> Iterable[Cell]:
    """`held` (m, tables, 2): the row and column of each unknown in each table."""
    for place, table in enumerate(tables):
        inside = held[:, place, 0] >= 0
        for row, line in enumerate(table.cells):
            of_row = inside if row == len(table.rows) else held[:, place, 0] == row
            for column, shown in enumerate(line):
                of_column = inside if column == len(table.columns) else held[:, place, 1] == column
                yield Cell(place, row, column, shown, of_row & of_column)


def _with_limits(tables: tuple[Released, ...], cells: tuple[Cell, ...], threshold: int) -> Family:
    limits: dict[bytes, tuple[Marks, float, float]] = {}
    most = np.full(len(cells[0].atoms), np.inf)
    for cell in cells:
        if cell.shown is None:
            continue
        low, high = possible(cell.shown, tables[cell.table].round_to, threshold)
        _, least, greatest = limits.get(cell.atoms.tobytes(), (cell.atoms, 0.0, np.inf))
        limits[cell.atoms.tobytes()] = (cell.atoms, max(float(low), least), min(float(high), greatest))
        most[cell.atoms] = np.minimum(most[cell.atoms], high)
    return Family(tables, cells, most, tuple(limits.values()))
