"""The tables of a report, taken out of it: in reading order, each with a name; and all of them as CSV in one zip.

A cell is text or, in a numeric column, the number it shows: "1,204" is 1204, "23%" is 0.23. What was held back stays
the words that say so. A text that a spreadsheet would run as a formula is marked as text.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.learn.rendering.model import Chart, Figures, Report, Table

Cell = str | float
NUMBER = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?%?|-?\d+(\.\d+)?%?")
RUN = ("=", "+", "-", "@", "\t", "\r")  # how a text begins that a spreadsheet would run (OWASP, CSV injection)


@dataclass(frozen=True, slots=True)
class Taken:
    """One table of a report: its number in reading order, the part it stands in, and its rows."""

    number: int
    part: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def tables_of(report: Report) -> tuple[Taken, ...]:
    """Every table of the report, those behind its charts and its key figures among them."""
    return tuple(
        Taken(number, part, table.caption, table.head, tuple(_cells(table)), table.note)
        for number, (part, table) in enumerate(_tables(report), start=1)
    )


def _tables(report: Report) -> Iterator[tuple[str, Table]]:
    for part in report.parts:
        for block in part.blocks:
            if isinstance(block, Table):
                yield part.title, block
            elif isinstance(block, Chart):
                yield part.title, block.table
            elif isinstance(block, Figures):
                rows = tuple((figure.label, figure.number, figure.detail) for figure in block.items)
                yield part.title, Table("Key figures", ("What", "How many", "More"), rows, (1,))


def _cells(table: Table) -> Iterator[tuple[Cell, ...]]:
    for row in table.rows:
        yield tuple(number_of(cell) if place in table.numeric_columns else cell for place, cell in enumerate(row))


def number_of(text: str) -> Cell:
    """The number that a cell shows, or its text where it shows none.

    >>> number_of("1,204"), number_of("23%"), number_of("not shown"), number_of("9 of 40")
    (1204.0, 0.23, 'not shown', '9 of 40')
    """
    if not NUMBER.fullmatch(text):
        return text
    plain = text.replace(",", "").rstrip("%")
    return round(float(plain) / 100, 6) if text.endswith("%") else float(plain)


def as_csv_tables(report: Report, *, colour: str = "") -> bytes:
    """A zip with one CSV file for each table and a first that lists them. The same report gives the same bytes."""
    made, taken = io.BytesIO(), tables_of(report)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        index = [(f"{each.number:02}.csv", each.part, each.caption, each.note) for each in taken]
        _write(packed, "contents.csv", [("File", "Part", "Table", "Note"), *index])
        for each in taken:
            _write(packed, f"{each.number:02}.csv", [each.head, *each.rows])
    return made.getvalue()


def _write(packed: zipfile.ZipFile, name: str, rows: list[tuple[Cell, ...]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([_safe(cell) for cell in row] for row in rows)
    # The mark at the start is what makes a spreadsheet read the file as UTF-8.
    packed.writestr(zipfile.ZipInfo(name), ("\ufeff" + text.getvalue()).encode(), zipfile.ZIP_DEFLATED)


def _safe(cell: Cell) -> str:
    """
    >>> _safe("=1+1"), _safe(1204.0), _safe(0.23)
    ("'=1+1", '1204', '0.23')
    """
    if isinstance(cell, float):
        return f"{cell:g}" if abs(cell) < 1e6 else f"{cell:.0f}"
    return f"'{cell}" if cell.startswith(RUN) else cell
