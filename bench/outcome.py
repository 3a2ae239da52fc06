"""What came out, on the screen and in docs/generated/benchmarks.md, where a row stays until it is measured again."""

from __future__ import annotations

import os
import platform
import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.table import Table

from bench.measurement import Measurement

KEPT = Path(__file__).parents[1] / "docs" / "generated" / "benchmarks.md"
COLUMNS = ["benchmark", "what", "ours", "floor", "ratio", "promise", "", "measured"]
HEAD = """# Benchmarks

<!-- Written by `make bench` and `make bench-scale`. A row stays until it is measured again. -->

Each ratio was taken within one run: ours and the floor in turns, the median of each, with the product's own durable
settings. Seconds differ from machine to machine; ratios hardly do.

"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One benchmark's measurements, or the sentence why there are none."""

    name: str
    words: str
    measurements: tuple[Measurement, ...]
    why_not: str = ""

    @property
    def kept(self) -> bool:
        return not self.why_not and all(found.kept for found in self.measurements)


def rows(outcome: Outcome) -> list[list[str]]:
    measured = f"{date.today():%d/%m/%Y}, {machine()}"
    if outcome.why_not:
        return [[outcome.name, outcome.words, "", "", "", "", f"NOT MEASURED: {outcome.why_not}", measured]]
    return [[outcome.name, *cells(found), measured] for found in outcome.measurements]


def cells(found: Measurement) -> list[str]:
    verdict = "kept" if found.kept else "NOT KEPT"
    amounts = [amount(found.ours, found.unit), amount(found.floor, found.unit)]
    return [found.what, *amounts, f"{found.ratio:.2f}", f"at most {found.at_most:.3g}", verdict]


def amount(value: float, unit: str) -> str:
    return f"{value * 1000:.3g} ms" if unit == "s" and value < 1 else f"{value:.3g} {unit}"


def machine() -> str:
    """What the figures depend on: cores and how many wished to use them, Python, SQLite."""
    busy = f"{os.cpu_count()} cores (load {os.getloadavg()[0]:.1f})"
    return f"{busy}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"


def shown(outcomes: list[Outcome]) -> Table:
    table = Table(*COLUMNS[:-1], title=f"{date.today():%d/%m/%Y}, {machine()}")
    for outcome in outcomes:
        for row in rows(outcome):
            table.add_row(*row[:-1], style="" if outcome.kept else "bold red")
    return table


def keep(outcomes: list[Outcome], path: Path = KEPT) -> None:
    """Write the rows of these outcomes in place of their old ones; the others stay as they were."""
    fresh = {outcome.name for outcome in outcomes}
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [line for line in lines if line.startswith("| ") and line.split(" | ")[0].removeprefix("| ") not in fresh]
    kept = [line for line in kept if not line.startswith(("| benchmark |", "| --- |"))]
    written = ["| " + " | ".join(row) + " |" for outcome in outcomes for row in rows(outcome)]
    head = ["| " + " | ".join(COLUMNS) + " |", "| " + " | ".join(["---"] * len(COLUMNS)) + " |"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + "\n".join([*head, *sorted([*kept, *written])]) + "\n", encoding="utf-8")
