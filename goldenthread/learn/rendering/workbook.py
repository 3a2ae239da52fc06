"""A report as an Excel workbook: a first sheet that says what it is and leads to the others, then a sheet a table.

Each sheet is one tidy table: its header in the first row, a thing in each row below, numbers as numbers, nothing merged
and no total hidden in a heading. Every text is written as text, so none is ever run as a formula.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, time
from typing import Any

import xlsxwriter

from goldenthread.learn.rendering.model import Report
from goldenthread.learn.rendering.pdf import COLOUR
from goldenthread.learn.rendering.tables import Cell, Taken, tables_of

UNPUBLISHED = datetime(2000, 1, 1, tzinfo=UTC)  # as in a Word document: the clock is not read
WIDEST = 60  # characters
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def as_workbook(report: Report, *, colour: str = COLOUR) -> bytes:
    """The whole report as one .xlsx. The same report gives the same bytes."""
    made, taken = io.BytesIO(), tables_of(report)
    with xlsxwriter.Workbook(made, OPTIONS) as book:
        day = datetime.combine(report.published_on, time(), UTC) if report.published_on else UNPUBLISHED
        book.set_properties(
            {
                "title": f"{report.title}: {report.subtitle}",
                "author": report.council,
                "created": day.replace(tzinfo=None),
            }
        )
        looks = _Looks(book, colour)
        names = [_sheet_name(each) for each in taken]
        _contents(book.add_worksheet("Contents"), report, list(zip(names, taken, strict=True)), looks)
        for name, each in zip(names, taken, strict=True):
            _table(book.add_worksheet(name), each, looks)
    return made.getvalue()


class _Looks:
    """The few ways in which a cell is set."""

    def __init__(self, book: Any, colour: str) -> None:
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": colour})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.link = book.add_format({"underline": 1, "font_color": "#1d70b8", "valign": "top", "text_wrap": True})
        self.whole = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.broken = book.add_format({"num_format": "#,##0.0##", "valign": "top"})


def _sheet_name(taken: Taken) -> str:
    """Excel's own rules: at most 31 characters, none of []:*?/\\, no two alike; the number in front sees to that.

    >>> _sheet_name(Taken(3, "Grades", "Grades by team: every one [of 40]", (), ()))
    '3 Grades by team every one of 4'
    """
    plain = re.sub(r"[\[\]:*?/\\']", "", taken.caption)
    return f"{taken.number} {plain}"[:31].rstrip()


def _contents(sheet: Any, report: Report, taken: list[tuple[str, Taken]], looks: _Looks) -> None:
    sheet.set_column(0, 0, 50)
    sheet.set_column(1, 1, WIDEST)
    sheet.write_string(0, 0, f"{report.title}: {report.subtitle}", looks.title)
    row = 1
    for name, value in (("Council", report.council), *report.facts):
        sheet.write_string(row, 0, name, looks.text)
        sheet.write_string(row, 1, value, looks.text)
        row += 1
    row += 1
    for place, name in enumerate(("Table", "What to know about it")):
        sheet.write_string(row, place, name, looks.head)
    for name, each in taken:
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks.link, string=f"{each.number}. {each.caption}"[:255])
        sheet.write_string(row, 1, each.note, looks.text)


def _table(sheet: Any, taken: Taken, looks: _Looks) -> None:
    for place, name in enumerate(taken.head):
        longest = max((len(_shown(row[place])) for row in taken.rows), default=0)
        sheet.set_column(place, place, min(WIDEST, max(10, longest + 2, len(name) + 2)))
        sheet.write_string(0, place, name, looks.head)
    for number, row in enumerate(taken.rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, float):
                sheet.write_number(number, place, cell, looks.whole if cell == int(cell) else looks.broken)
            else:
                sheet.write_string(number, place, cell, looks.text)
    sheet.freeze_panes(1, 0)
    if taken.rows:
        sheet.autofilter(0, 0, len(taken.rows), len(taken.head) - 1)


def _shown(cell: Cell) -> str:
    return f"{cell:,.1f}" if isinstance(cell, float) else cell
