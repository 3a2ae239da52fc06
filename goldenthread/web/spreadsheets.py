"""What a page shows as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from xlsxwriter import Workbook

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A response that is saved as a CSV file of this name, with the mark by which spreadsheets know UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return response


def xlsx_file(name: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """The same as an Excel workbook of one sheet, a row as it comes: text stays text whatever it begins with."""
    response = HttpResponse(content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    made = io.BytesIO()
    with Workbook(made, {"constant_memory": True, **AS_TEXT}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_row(0, 0, columns, bold)
        sheet.freeze_panes(1, 0)
        for place, row in enumerate(rows, start=1):
            sheet.write_row(place, 0, list(row))
        sheet.autofilter(0, 0, 0, len(columns) - 1)
    response.write(made.getvalue())
    return response


def harmless(cell: object) -> object:
    """What somebody typed, made text where a spreadsheet would take it for a formula.

    >>> harmless("=1+1"), harmless("Duty 2"), harmless(-1)
    ("'=1+1", 'Duty 2', -1)
    """
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULAS else cell
