"""One table as its readers have it, and enough of what it counts to hold it against other tables of the same files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from goldenthread.method.refusal import Refused


@dataclass(frozen=True, slots=True)
class Released:
    """A table of counts of files, as published: with its totals, and None where a count is hidden.

    `population` names what is counted, in a stable word that every table of the same files and the same finding
    shares ("case_file:whole-file grade"); only tables of one population are held against each other. `by` names what
    the rows and the columns are ("team", "grade"; "period", "status"), `scope` what else the table is narrowed to
    ({"period": "2026-Q3"}). Every file of the scope is in one row and one column: rows and columns leave nobody out.
    Only of "period" may a table list some and say nothing of the rest.

    `rows` and `columns` are the labels without the totals; `cells` has one line and one column more, the totals.
    `parts` says what a label is made of, wherever it stands: {"2026": ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]}.
    `round_to`: every count shown is the multiple of it that is nearest (halves upwards); 1 is not rounded.
    `reasons` is why each cell is hidden, in the words of `suppression`, or nothing: for the Unit, never for readers.
    """

    population: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    by: tuple[str, str] = ("row", "column")
    scope: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    round_to: int = 1
    reasons: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.rows) + 1 or any(len(line) != len(self.columns) + 1 for line in self.cells):
            raise Refused("A released table needs a count, or none, for every row and column and their totals.")
        if self.round_to < 1:
            raise Refused(f"Counts cannot be rounded to {self.round_to}: 1 or more is expected.")
        if self.by[0] == self.by[1] or set(self.by) & set(self.scope):
            raise Refused("The rows, the columns and the scope of a released table must be different things.")

    def as_json(self) -> dict[str, Any]:
        """For `Edition.released`; `from_json` reads it back.

        >>> table = Released("files", ("North",), ("Good",), ((7, 7), (7, 7)), by=("team", "grade"))
        >>> Released.from_json(table.as_json()) == table
        True
        """
        return {
            "population": self.population,
            "rows": list(self.rows),
            "columns": list(self.columns),
            "cells": [list(line) for line in self.cells],
            "by": list(self.by),
            "scope": dict(self.scope),
            "parts": {label: list(parts) for label, parts in self.parts.items()},
            "round_to": self.round_to,
            "reasons": [list(line) for line in self.reasons],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Released:
        return cls(
            population=document["population"],
            rows=tuple(document["rows"]),
            columns=tuple(document["columns"]),
            cells=tuple(tuple(line) for line in document["cells"]),
            by=(document["by"][0], document["by"][1]),
            scope=dict(document["scope"]),
            parts={label: tuple(parts) for label, parts in document["parts"].items()},
            round_to=document["round_to"],
            reasons=tuple(tuple(line) for line in document["reasons"]),
        )
