"""Small numbers in a table that leaves the Quality Assurance Unit: hidden so that nobody can work them out again.

A table of counts is published with its totals, so a hidden cell can be found by subtraction unless others are hidden
with it. Here the table is a circulation: each count is the flow of one arc, from its row to its column, from a column
to the row of totals, from there to the column of totals, and from there back to each row. What a reader who knows the
published cells can say about a hidden one is then the least and greatest flow of its arc (Kelly, Golden and Assad,
Networks 22 (1992)), found exactly; and the cheapest further cells to hide are the cheapest way to move that flow.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.method.refusal import Refused

TOTAL = "Total"
SMALL, HIDES_ANOTHER, ALL_ALIKE = "small number", "hides another", "would show that a whole group is alike"

Cell = tuple[int, int]  # row and column; the last of each is the total
Table = list[list[int]]


@dataclass(frozen=True, slots=True)
class Protected:
    """A table fit to publish. `rows` and `columns` end with the totals; a hidden cell is None.

    `reasons[row][column]` is why a cell is hidden, "" if it is not. The reasons are for the Unit: publish one sign for
    them all, because telling small cells from the others tells the reader about the small ones.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    reasons: tuple[tuple[str, ...], ...]


def protected_table(counts: Mapping[str, Mapping[str, int]], threshold: int) -> Protected:
    """Hide every count from 1 to `threshold − 1`, totals among them, and as many others as that takes.

    `counts[row][column]`, with the same columns in each row: rows are groups of files, columns what was found.
    Afterwards a reader who knows every published cell must think a small one may be 0 and may be `threshold` or more,
    and of a group whose files all fell in one column, that one may have fallen in another (0 % and 100 %).
    Refused: a threshold below 2, a count below 0, rows whose columns differ, no rows or columns.

    >>> table = protected_table({"North": {"Good": 3, "Poor": 9}, "South": {"Good": 8, "Poor": 7}}, 6)
    >>> table.cells
    ((None, None, 12), (None, None, 15), (11, 16, 27))
    """
    table, rows, columns = with_totals(counts, threshold)
    hidden = {cell: SMALL for cell in _cells(table) if 0 < _at(table, cell) < threshold}
    for cell in list(hidden):
        for up, amount in ((True, threshold - _at(table, cell)), (False, _at(table, cell))):
            for other in _move(table, hidden, cell, amount, up=up)[1]:
                hidden.setdefault(other, HIDES_ANOTHER)
    for row in range(len(table) - 1):
        _protect_group(table, hidden, row)
    cells = tuple(
        tuple(None if (i, j) in hidden else count for j, count in enumerate(line)) for i, line in enumerate(table)
    )
    reasons = tuple(tuple(hidden.get((i, j), "") for j in range(len(line))) for i, line in enumerate(table))
    return Protected(rows, columns, cells, reasons)


def bounds(table: Table, hidden: Mapping[Cell, str], cell: Cell, most: int) -> tuple[int, int]:
    """The least and greatest count that a reader must think possible in a hidden cell; `most` where there is no limit.

    `table` has its totals, and `hidden` the cells that are not published.
    """
    value, shut = _at(table, cell), {other for other in _cells(table) if other not in hidden}
    down = _move(table, hidden, cell, value, up=False, shut=shut)[0]
    return value - down, value + _move(table, hidden, cell, max(0, most - value), up=True, shut=shut)[0]


def with_totals(
    counts: Mapping[str, Mapping[str, int]], threshold: int
) -> tuple[Table, tuple[str, ...], tuple[str, ...]]:
    columns = tuple(next(iter(counts.values()), ()))
    if threshold < 2:
        raise Refused(f"A threshold of {threshold} hides nothing: give 2 or more.")
    if not columns or any(tuple(line) != columns for line in counts.values()):
        raise Refused("A table needs at least one row and one column, and the same columns in every row.")
    table = [list(line.values()) for line in counts.values()]
    if any(count < 0 for line in table for count in line):
        raise Refused("A table of counts cannot hold a number below 0.")
    table = [[*line, sum(line)] for line in table]
    table.append([sum(column) for column in zip(*table, strict=True)])
    return table, (*counts, TOTAL), (*columns, TOTAL)


def _cells(table: Table) -> list[Cell]:
    return [(i, j) for i, line in enumerate(table) for j in range(len(line))]


def _at(table: Table, cell: Cell) -> int:
    return table[cell[0]][cell[1]]


def _protect_group(table: Table, hidden: dict[Cell, str], row: int) -> None:
    """If all of a row's files fell in one column, hide the cheapest of its noughts so that it may be one or more."""
    *counts, total = table[row]
    if total == 0 or total not in counts or len(counts) == 1:
        return
    noughts = [(row, column) for column, count in enumerate(counts) if count == 0]
    ways = {cell: _move(table, {**hidden, cell: ""}, cell, 1, up=True)[1] for cell in noughts}
    cell = min(ways, key=lambda one: sum(_cost(table, hidden, other) for other in {one, *ways[one]}))
    hidden.setdefault(cell, ALL_ALIKE)
    for other in ways[cell]:
        hidden.setdefault(other, HIDES_ANOTHER)


def _cost(table: Table, hidden: Mapping[Cell, str], cell: Cell) -> int:
    """What hiding one more cell loses: one cell and its count. Totals are the largest counts, so they go last."""
    return 0 if cell in hidden else 1 + _at(table, cell)


def _move(
    table: Table,
    hidden: Mapping[Cell, str],
    cell: Cell,
    amount: int,
    *,
    up: bool,
    shut: Sequence[Cell] | set[Cell] = (),
) -> tuple[int, set[Cell]]:
    """Move the count of `cell` by up to `amount` while every sum still holds and no count falls below 0.

    Gives how far it went and the other cells that had to change, cheapest first; `shut` cells may not.
    """
    now, moved, used = {each: _at(table, each) for each in _cells(table)}, 0, dict(hidden)
    arcs = [(each, *_ends(table, each)) for each in now if each != cell and each not in shut]
    tail, head = _ends(table, cell)
    start, goal = (head, tail) if up else (tail, head)
    while moved < amount:
        path = _cheapest_path(table, used, now, arcs, start, goal)
        if not path:
            break
        step = min([amount - moved, *(now[each] for each, sign in path if sign < 0)])
        for each, sign in path:
            now[each] += sign * step
            used.setdefault(each, HIDES_ANOTHER)
        moved += step
    return moved, set(used) - set(hidden)


def _ends(table: Table, cell: Cell) -> tuple[str, str]:
    """Where a cell's arc begins and ends: forward from row to column, but backward for a row's or a column's total."""
    totals = (cell[0] == len(table) - 1) + (cell[1] == len(table[0]) - 1)
    row, column = f"r{cell[0]}", f"c{cell[1]}"
    return (column, row) if totals == 1 else (row, column)


def _cheapest_path(
    table: Table,
    hidden: Mapping[Cell, str],
    now: Mapping[Cell, int],
    arcs: Sequence[tuple[Cell, str, str]],
    start: str,
    goal: str,
) -> list[tuple[Cell, int]]:
    """Dijkstra from `start` to `goal`, each arc forward (+1, without limit) or, if it has flow, backward (−1)."""
    steps: dict[str, list[tuple[str, Cell, int]]] = {}
    for each, tail, head in arcs:
        steps.setdefault(tail, []).append((head, each, 1))
        if now[each]:
            steps.setdefault(head, []).append((tail, each, -1))
    queue: list[tuple[int, str, list[tuple[Cell, int]]]] = [(0, start, [])]
    seen: set[str] = set()
    while queue:
        cost, node, path = heapq.heappop(queue)
        if node == goal:
            return path
        if node in seen:
            continue
        seen.add(node)
        for other, each, sign in steps.get(node, []):
            if other not in seen:
                heapq.heappush(queue, (cost + _cost(table, hidden, each), other, [*path, (each, sign)]))
    return []
