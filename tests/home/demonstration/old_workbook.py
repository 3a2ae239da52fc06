"""Writes Annex A as the binary .xls of before 2007, which some councils still send."""

from __future__ import annotations

from pathlib import Path

import xlwt

from goldenthread.home.demonstration.council import Council
from goldenthread.home.demonstration.dialects import DIALECTS
from goldenthread.home.demonstration.workbook import AnnexA, annex_a


def write_old_annex_a(council: Council, path: Path) -> AnnexA:
    """The dialect "old": dates as serial numbers, references as numbers with a point."""
    made = annex_a(council, as_at=council.today, dialect=DIALECTS["old"])
    book = xlwt.Workbook()
    for sheet in made.sheets:
        page = book.add_sheet(sheet.name)
        for n, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if value is not None:
                    page.write(n, column, value)
    book.save(str(path))
    return made
