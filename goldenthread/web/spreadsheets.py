"""What a page shows as a file for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A response that is saved as a CSV file of this name, with the mark by which spreadsheets know UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return response


def harmless(cell: object) -> object:
    """What somebody typed, made text where a spreadsheet would take it for a formula.

    >>> harmless("=1+1"), harmless("Duty 2"), harmless(-1)
    ("'=1+1", 'Duty 2', -1)
    """
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULAS else cell
