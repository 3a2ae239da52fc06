"""Of all that was published before, what a new table can be held against: the tables of the same time, and no others.

Files of different periods are different files. Two tables that share no period tell nothing of each other, unless a
third ties their periods together by showing a sum of both: a year is tied to its quarters. What is not tied to the new
tables is left out, so that the hundredth edition is attacked as quickly as the first. A table of many periods whose
sums over them are all hidden ties none of them: only its lines of the same time are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from goldenthread.method.disclosure.family import OPEN_ENDED, leaves_of
from goldenthread.method.disclosure.released import Released
from goldenthread.method.disclosure.suppression import HIDES_ANOTHER

Leaves = Mapping[str, frozenset[str]]


def near(new: Sequence[Released], earlier: Sequence[Released]) -> tuple[Released, ...]:
    """The earlier tables of the populations of `new`, without whatever cannot tell anything of the new tables' files.

    A cell is worked out from these if and only if it is worked out from all of them. Refused: as `leaves_of`.
    """
    populations = {table.population for table in new}
    family = [table for table in earlier if table.population in populations]
    leaves = leaves_of([*new, *family])
    if any(_period_of(table) is None for table in (*new, *family)):
        return tuple(family)
    reached = {leaf for table in new for tied in _tied(table, leaves) for leaf in tied}
    ties = [tied for table in family for tied in _tied(table, leaves)]
    while further := [tied for tied in ties if tied & reached and not tied <= reached]:
        reached.update(*further)
    parts = {label: of for table in family for label, of in table.parts.items()}
    found = (_within(table, leaves, reached) for table in family)
    return tuple(replace(table, parts=parts) for table in found if table)


def _period_of(table: Released) -> str | None:
    """What of this table tells its files' time: the one thing of which there is always another."""
    return next((each for each in OPEN_ENDED if each in (*table.by, *table.scope)), None)


def _tied(table: Released, leaves: Leaves) -> list[frozenset[str]]:
    """The periods that the table tells sums of, a set for each; one set of them all where a sum over all is shown."""
    period = _period_of(table)
    assert period is not None
    if period in table.scope:
        return [leaves[table.scope[period]]]
    labels = table.rows if period == table.by[0] else table.columns
    sums = table.cells[-1] if period == table.by[0] else tuple(line[-1] for line in table.cells)
    sets = [leaves[label] for label in labels]
    return sets if all(each is None for each in sums) else [frozenset().union(*sets)]


def _within(table: Released, leaves: Leaves, reached: set[str]) -> Released | None:
    """The table, or its lines of these periods with the sums of all left hidden, or None: it is of other times."""
    period = _period_of(table)
    assert period is not None
    if period in table.scope:
        return table if leaves[table.scope[period]] & reached else None
    labels = table.rows if period == table.by[0] else table.columns
    places = [place for place, label in enumerate(labels) if leaves[label] & reached]
    if len(places) in (0, len(labels)):
        return table if places else None
    return _lines(table, places) if period == table.by[0] else _columns(table, places)


def _lines(table: Released, places: Sequence[int]) -> Released:
    """What is hidden of all lines together is no question of some of them: a sum of hidden parts has a hidden part."""
    reasons = table.reasons or tuple(("",) * len(line) for line in table.cells)
    hidden = (HIDES_ANOTHER,) * (len(table.columns) + 1)
    return replace(
        table,
        rows=tuple(table.rows[place] for place in places),
        cells=(*(table.cells[place] for place in places), table.cells[-1]),
        reasons=(*(reasons[place] for place in places), hidden),
    )


def _columns(table: Released, places: Sequence[int]) -> Released:
    return _turned(_lines(_turned(table), places))


def _turned(table: Released) -> Released:
    """Rows as columns."""
    return replace(
        table,
        rows=table.columns,
        columns=table.rows,
        by=(table.by[1], table.by[0]),
        cells=tuple(zip(*table.cells, strict=True)),
        reasons=tuple(zip(*table.reasons, strict=True)),
    )
