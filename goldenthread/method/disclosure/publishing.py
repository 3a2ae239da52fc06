"""What must be hidden of a new table once earlier ones are out, and whether it may be published at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from goldenthread.method.disclosure.attacker import Breach, attack, breaches
from goldenthread.method.disclosure.near import near
from goldenthread.method.disclosure.released import Released
from goldenthread.method.disclosure.suppression import HIDES_ANOTHER, Protected, protected_table, with_totals
from goldenthread.method.refusal import Refused

Place = tuple[int, int]
Value = TypeVar("Value")


def protect(
    counts: Mapping[str, Mapping[str, int]],
    threshold: int,
    *,
    population: str,
    by: tuple[str, str] = ("row", "column"),
    scope: Mapping[str, str] | None = None,
    parts: Mapping[str, tuple[str, ...]] | None = None,
    round_to: int = 1,
    earlier: Sequence[Released] = (),
) -> Released:
    """The true `counts[row][column]` as a table fit to publish beside all `earlier` ones.

    `threshold` is the first number that may be shown. What one table needs is hidden first. If the attacker still finds
    something with the earlier tables, everything is hidden, and what can be shown again is: totals before the rest,
    large counts before small ones, each only if she then finds nothing. Small counts stay hidden.

    Refused: a table of which nothing at all can be published, and whatever `protected_table` and `Released` refuse.
    """
    whole = protected_table(counts, threshold)
    new = Released(
        population,
        whole.rows[:-1],
        whole.columns[:-1],
        tuple(tuple(_rounded(count, round_to) for count in line) for line in whole.cells),
        by=by,
        scope=dict(scope or {}),
        parts=dict(parts or {}),
        round_to=round_to,
        reasons=whole.reasons,
    )
    before = Before(near([new], earlier), threshold)
    if not before.gives_away(new):
        return new
    return _shown_again(_all_hidden(new, whole), _all_large(new, with_totals(counts, threshold)[0]), before)


def safe_to_publish(
    new: Released | Sequence[Released], earlier: Sequence[Released], threshold: int
) -> tuple[str, ...]:  # fmt: skip
    """Why the new tables may not be published beside the earlier ones, a sentence each; none: they may.

    What the earlier tables gave away among themselves already is not held against the new ones.
    """
    tables = [new] if isinstance(new, Released) else list(new)
    try:
        before = Before(near(tables, earlier), threshold)
        found = sorted(before.added(tables), key=lambda each: each.table)
    except Refused as refusal:
        return refusal.sentences
    return tuple(_sentence(each, tables, len(before.tables)) for each in found)


@dataclass(frozen=True)
class Before:
    """The earlier tables that a new one is held against, and what they give away without it."""

    tables: tuple[Released, ...]
    threshold: int

    @cached_property
    def known(self) -> list[Breach]:
        return attack(self.tables, self.threshold) if self.tables else []

    def added(self, tables: Sequence[Released]) -> Iterator[Breach]:
        """What a reader works out with new tables and could not without; they come first in the places of tables."""
        for each in breaches([*tables, *self.tables], self.threshold):
            if replace(each, table=each.table - len(tables)) not in self.known:
                yield each

    def gives_away(self, table: Released) -> bool:
        return any(True for _ in self.added([table]))


def _sentence(found: Breach, tables: Sequence[Released], earlier: int) -> str:
    if found.table < len(tables):
        where = f"In table {found.table + 1}" if len(tables) > 1 else "In this table"
    else:
        where = "In a table published before"
    together = f", from this and {earlier} earlier table{'' if earlier == 1 else 's'} together" if earlier else ""
    return f"{where}{together}: {found.why}"


def _rounded(count: int | None, to: int) -> int | None:
    """To the nearest multiple, halves upwards."""
    return None if count is None else (count + to // 2) // to * to


def _all_hidden(new: Released, whole: Protected) -> Released:
    return replace(
        new,
        cells=tuple(tuple(None for _ in line) for line in new.cells),
        reasons=tuple(tuple(reason or HIDES_ANOTHER for reason in line) for line in whole.reasons),
    )


def _all_large(new: Released, counts: Sequence[Sequence[int]]) -> Released:
    """The table with every count that is hidden only for another's sake."""
    other = [[reason in ("", HIDES_ANOTHER) for reason in line] for line in new.reasons]
    return replace(
        new,
        cells=tuple(
            tuple(_rounded(count, new.round_to) if shown else None for count, shown in zip(line, marks, strict=True))
            for line, marks in zip(counts, other, strict=True)
        ),
        reasons=tuple(
            tuple("" if shown else reason for reason, shown in zip(line, marks, strict=True))
            for line, marks in zip(new.reasons, other, strict=True)
        ),
    )


def _shown_again(hidden: Released, whole: Released, before: Before) -> Released:
    """`hidden` with as many of the counts that `whole` shows as the attacker allows."""
    if before.gives_away(hidden):
        raise Refused(
            "Nothing of this table can be published: beside what was published before, even a table with every count "
            "hidden would give a small number away. Leave it out, or make it of larger groups or a longer time."
        )
    table = hidden
    for place in _by_worth(whole):
        tried = _with(table, whole, place)
        if not before.gives_away(tried):
            table = tried
    return table


def _by_worth(whole: Released) -> list[Place]:
    """The shown cells: the grand total, the totals, then the others; large before small."""
    shown = [
        (-((row == len(whole.rows)) + (column == len(whole.columns))), -count, row, column)
        for row, line in enumerate(whole.cells)
        for column, count in enumerate(line)
        if count is not None
    ]
    return [(row, column) for _, _, row, column in sorted(shown)]


def _with(table: Released, whole: Released, place: Place) -> Released:
    row, column = place
    return replace(
        table,
        cells=_put(table.cells, place, whole.cells[row][column]),
        reasons=_put(table.reasons, place, whole.reasons[row][column]),
    )


def _put(lines: tuple[tuple[Value, ...], ...], place: Place, value: Value) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        tuple(value if (row, column) == place else each for column, each in enumerate(line))
        for row, line in enumerate(lines)
    )
