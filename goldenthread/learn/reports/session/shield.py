"""Which counts the readers of this edition may see: every one, or those that protection leaves.

Tables that share their totals are protected together: what one of them hides, another must not give away. So a headline
is protected first, breakdowns keep its totals, and one that cannot is left out whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.learn.queries.session_facts import SessionFigures
from goldenthread.method.disclosure import protected_table
from goldenthread.method.framework import Protection

Counts = Mapping[str, int]
Shown = dict[str, int | None]

OTHERS = "Other teams together"


@dataclass(frozen=True, slots=True)
class Shield:
    """`rule` is the framework's protection, or None within the unit, where nothing is hidden."""

    rule: Protection | None

    @property
    def up(self) -> bool:
        return self.rule is not None

    def shows_whole(self, count: int) -> bool:
        """Whether a number may be said that nothing else gives away: a sum, such as of all tasks."""
        return self.rule is None or count == 0 or count >= self.rule.suppress_below

    def row(self, counts: Counts) -> Shown:
        """The parts of one whole whose sum every reader knows; None for a part that is hidden."""
        if self.rule is None or not counts:
            return dict(counts)
        return self._row(counts, self.rule)

    def _row(self, counts: Counts, rule: Protection) -> Shown:
        """With a known sum a lone row is a column of groups: it hides a second part wherever it hides one."""
        cells = protected_table({"all": dict(counts)}, rule.suppress_below).cells[0]
        return dict(zip(counts, cells, strict=False))

    def number(self, count: int, of: int) -> int | None:
        """A count of files among so many; hidden too when those it leaves are few."""
        return self.row({"these": count, "the others": of - count})["these"]

    def breakdown(self, counts: Mapping[str, Counts]) -> dict[str, Shown] | None:
        """Groups of files (rows) by what was found, under totals that every reader knows.

        None when it cannot be shown: when a total would have to be hidden that stands elsewhere in the report.
        """
        if self.rule is None or not counts:
            return {name: dict(row) for name, row in counts.items()}
        least = self.rule.suppress_below
        protected = protected_table(counts, least)
        groups = zip(counts.values(), protected.cells, strict=False)
        # How many files a group has may stand elsewhere too: a section of the template applies to one status alone.
        if None in protected.cells[-1] or any(
            cells[-1] is None and sum(row.values()) >= least for row, cells in groups
        ):
            return None
        return {
            name: dict(zip(counts[name], cells, strict=False))
            for name, cells in zip(protected.rows[:-1], protected.cells, strict=False)
        }

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


def shield_for(figures: SessionFigures) -> Shield:
    return Shield(figures.framework.protection if figures.circulated else None)


def in_words(count: int | None) -> str:
    return "not shown" if count is None else f"{count:,}"
