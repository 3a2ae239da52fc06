"""Excel, a row at a time; text is written as text, so nothing typed by anybody is ever a formula.

A sheet ends at 1,048,576 rows, so a longer table goes on in a second sheet. A cell ends at 32,767 characters: what is
longer is cut there, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any, BinaryIO

import xlsxwriter

from goldenthread.learn.feeds.formats import Format
from goldenthread.learn.feeds.model import Batch, Column

ROWS, LONGEST = 1_048_576, 32_767
CUT = " … (cut here: a cell of Excel holds no more)"
SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


class Excel:
    def __init__(self, file: BinaryIO, title: str, columns: Sequence[Column]) -> None:
        self._book = xlsxwriter.Workbook(file, SETTINGS)
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._head = self._book.add_format({"bold": True})
        self._title, self._columns, self._sheets = title, columns, 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        name = self._title if self._sheets == 1 else f"{self._title[:26]} ({self._sheets})"
        self._sheet, self._row = self._book.add_worksheet(name[:31]), 1
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            self._sheet.write_string(0, place, column.name, self._head)

    def write(self, batch: Batch) -> None:
        for row in zip(*batch, strict=True):
            if self._row == ROWS:
                self._begin()
            for place, (value, column) in enumerate(zip(row, self._columns, strict=True)):
                self._cell(place, value, column.kind)
            self._row += 1

    def _cell(self, place: int, value: Any, kind: str) -> None:
        if value is None:
            return
        if kind in ("text", "key"):
            text = value if len(value) <= LONGEST else value[: LONGEST - len(CUT)] + CUT
            self._sheet.write_string(self._row, place, text)
        elif kind == "moment":
            self._sheet.write_datetime(self._row, place, value.astimezone(UTC).replace(tzinfo=None), self._moment)
        elif kind == "date":
            self._sheet.write_datetime(self._row, place, value)
        elif kind == "yes_no":
            self._sheet.write_boolean(self._row, place, value)
        else:
            self._sheet.write_number(self._row, place, value)

    def close(self) -> None:
        self._book.close()


FORMAT = Format("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Excel)
