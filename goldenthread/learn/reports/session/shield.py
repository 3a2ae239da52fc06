"""Which counts the readers of this edition may see: every one, or those that protection leaves.

Whatever is shown of a count goes through here, as a table that is protected in sight of those before it: the ones of
this edition, and of earlier editions of the same session. What one of them hides, another does not give away, and all
of them are handed to the attacker before the edition is circulated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from goldenthread.learn.queries.session_facts import SessionFigures
from goldenthread.method.disclosure import Released, protect
from goldenthread.method.framework import Protection
from goldenthread.method.refusal import Refused

Counts = Mapping[str, int]
Shown = dict[str, int | None]
Parts = Mapping[str, tuple[str, ...]]

OTHERS = "Other teams together"


@dataclass(slots=True)
class Shield:
    """`rule` is the framework's protection, or None within the unit, where nothing is hidden.

    `of` names the session in a stable word; `earlier` is what was circulated of it before. `shown` keeps every table
    that was asked for, None where nothing of it may be shown: asked for again, it is the same.
    """

    rule: Protection | None
    of: str = "session"
    earlier: Sequence[Released] = ()
    shown: dict[tuple[str, ...], Released | None] = field(default_factory=dict)

    @property
    def up(self) -> bool:
        return self.rule is not None

    @property
    def released(self) -> list[Released]:
        """The tables of numbers that this edition shows."""
        return [table for table in self.shown.values() if table]

    @property
    def differs(self) -> bool:
        """Whether an earlier edition showed one of these tables with other numbers."""
        before = {_asked(table): table.cells for table in self.earlier}
        return any(before.get(_asked(table), table.cells) != table.cells for table in self.released)

    def shows_whole(self, count: int) -> bool:
        """Whether a number may be said that nothing else gives away: a sum, such as of all tasks."""
        return self.rule is None or count == 0 or count >= self.rule.suppress_below

    def row(self, name: str, counts: Counts) -> Shown:
        """The parts of one whole whose sum every reader knows; None for a part that is hidden."""
        if self.rule is None or not counts:
            return dict(counts)
        table = self._table(self.rule, name, ("what", "found"), {name: counts}, {})
        return dict(zip(counts, table.cells[0], strict=False)) if table else dict.fromkeys(counts)

    def number(self, name: str, count: int, of: int) -> int | None:
        """A count of files among so many; hidden too when those it leaves are few."""
        return self.row(name, {"these": count, "the others": of - count})["these"]

    def grades(self, by: str, counts: Mapping[str, Counts], parts: Parts) -> dict[str, Shown] | None:
        """Groups of files (rows) by their overall grade; `parts` says what a group or a class of grades is made of.

        None when it cannot be shown: when nothing of it may be, or a total would be hidden that stands elsewhere.
        """
        if self.rule is None or not counts:
            return {name: dict(row) for name, row in counts.items()}
        table = self._table(self.rule, "grade", (by, "grade"), counts, parts)
        if table is None:
            return None
        return {
            name: dict(zip(row, cells, strict=False))
            for (name, row), cells in zip(counts.items(), table.cells, strict=False)
        }

    def _table(
        self, rule: Protection, name: str, by: tuple[str, str], counts: Mapping[str, Counts], parts: Parts
    ) -> Released | None:
        asked = (name, *by, *next(iter(counts.values())))
        if asked not in self.shown:
            self.shown[asked] = self._protected(rule, name, by, counts, parts)
        return self.shown[asked]

    def _protected(
        self, rule: Protection, name: str, by: tuple[str, str], counts: Mapping[str, Counts], parts: Parts
    ) -> Released | None:
        """Beside what was circulated before, or as if nothing were: the attacker then says why it may not be."""
        for earlier in (self.earlier, ()):
            with suppress(Refused):
                table = protect(
                    counts, rule.suppress_below, population=f"{self.of}:{name}", by=by, parts=parts,
                    earlier=[*earlier, *self.released],
                )  # fmt: skip
                return None if len(counts) > 1 and _hides_a_total(table, counts, rule) else table
        return None

    def large_enough(self, counts: Mapping[str, Counts]) -> dict[str, Counts]:
        """Teams with as many files as the framework asks for; the others together, as one row that has as many too."""
        if self.rule is None:
            return dict(counts)
        least, others = self.rule.team_minimum, list[str]()
        for name in sorted(counts, key=lambda name: sum(counts[name].values())):
            together = sum(sum(counts[other].values()) for other in others)
            if sum(counts[name].values()) < least or (others and together < least):
                others.append(name)
        shown = {name: row for name, row in counts.items() if name not in others}
        if others:
            columns = counts[others[0]]
            shown[OTHERS] = {column: sum(counts[other][column] for other in others) for column in columns}
        return shown


def _asked(table: Released) -> tuple[object, ...]:
    return table.population, table.by, table.rows, table.columns


def _hides_a_total(table: Released, counts: Mapping[str, Counts], rule: Protection) -> bool:
    """How many files a group has may stand elsewhere too: a section of the template applies to one status alone."""
    groups = zip(counts.values(), table.cells, strict=False)
    return None in table.cells[-1] or any(
        cells[-1] is None and sum(row.values()) >= rule.suppress_below for row, cells in groups
    )


def shield_for(figures: SessionFigures) -> Shield:
    return Shield(figures.framework.protection if figures.circulated else None, figures.of, figures.earlier)


def in_words(count: int | None) -> str:
    return "not shown" if count is None else f"{count:,}"
