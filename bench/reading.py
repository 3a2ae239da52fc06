"""Taking in the largest authority's Annex A, against the two libraries' bare reading of every cell.

Ours is all that happens between the file and lines to draw from: read, checked, each fault placed, compared with the
list of four weeks before, written to the database, durably and on the trail. The libraries only read the cells.

openpyxl is taken as it opens a workbook by default. Its read-only mode is about twice as fast as that; a sixth of it
would be 1.3 times calamine's bare read, which the promise beside it, 2.5 times, does not ask for.
"""

from __future__ import annotations

import io
import tempfile
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import python_calamine

from bench import product
from bench.measurement import Measurement, in_turns
from goldenthread.home.demonstration.council import invent_council
from goldenthread.home.demonstration.workbook import write_annex_a
from goldenthread.select import formats
from goldenthread.select.formats.model import Mapping, NamedBytes

NAME = "Reading a workbook of 12,000 children and 40,000 rows"
AS_AT = date(2026, 11, 2)
BEFORE = AS_AT - timedelta(weeks=4)
SCALE_OF_COUNCIL = 5.22  # times the median council: the largest authority's 12,000 open cases


def run() -> list[Measurement]:
    before, data = workbooks()

    def framed() -> object:
        return formats.frame(formats.read([NamedBytes("annex-a.xlsx", data)]), as_at=AS_AT, mapping=Mapping())

    def calamine() -> object:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    def rival() -> object:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]

    with product.installed():
        from goldenthread.select.services.case_lists import load_case_list, upload_case_list
        from tests import make

        maya = make.council().maya

        def loaded(file: bytes = data, as_at: date = AS_AT) -> object:
            files = [NamedBytes("annex-a.xlsx", file)]
            uploaded = upload_case_list(by=maya, files=files, as_at=as_at, now=make.NOW + timedelta(days=60))
            return load_case_list(by=maya, case_list=uploaded, now=make.NOW + timedelta(days=60))

        loaded(before, BEFORE)
        taken, read, bare, openpyxls = in_turns(loaded, framed, calamine, rival, repeats=5)
    return [
        Measurement(f"{NAME}, checked, compared and loaded, against calamine's bare read", taken, bare, at_most=2.5),
        Measurement(f"{NAME}, checked, compared and loaded, against openpyxl's", taken, openpyxls, at_most=1 / 6),
        Measurement(f"{NAME}, read and checked only, against calamine's", read, bare, at_most=2.5),
    ]


def workbooks() -> tuple[bytes, bytes]:
    """The council's file of four weeks ago and today's."""
    council = invent_council(today=AS_AT, scale=SCALE_OF_COUNCIL)
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "annex-a.xlsx"
        before, today = (write_annex_a(council, path, as_at=day).path.read_bytes() for day in (BEFORE, AS_AT))
        return before, today
