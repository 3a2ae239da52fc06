"""Reading the largest authority's Annex A into a frame, against the two libraries' bare reading of every cell."""

from __future__ import annotations

import io
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import python_calamine

from bench.measurement import Measurement, in_turns
from goldenthread.home.demonstration.council import invent_council
from goldenthread.home.demonstration.workbook import write_annex_a
from goldenthread.select import formats
from goldenthread.select.formats.model import Mapping, NamedBytes

NAME = "Reading a workbook of 12,000 children and 40,000 rows"
AS_AT = date(2026, 11, 2)
SCALE_OF_COUNCIL = 5.22  # times the median council: the largest authority's 12,000 open cases


def run() -> list[Measurement]:
    data = workbook()

    def ours() -> object:
        return formats.frame(formats.read([NamedBytes("annex-a.xlsx", data)]), as_at=AS_AT, mapping=Mapping())

    def calamine() -> object:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    def rival() -> object:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]

    taken, bare, openpyxls = in_turns(ours, calamine, rival, repeats=5)
    return [
        Measurement(f"{NAME}, checked, against calamine's bare read", taken, bare, at_most=2.5),
        Measurement(f"{NAME}, checked, against openpyxl's bare read", taken, openpyxls, at_most=1 / 6),
    ]


def workbook() -> bytes:
    council = invent_council(today=AS_AT, scale=SCALE_OF_COUNCIL)
    with tempfile.TemporaryDirectory() as directory:
        return write_annex_a(council, Path(directory) / "annex-a.xlsx", as_at=AS_AT).path.read_bytes()
