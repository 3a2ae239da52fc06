"""However a council mixes the ways of writing Annex A that the invented council knows, the same children are read."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.home.demonstration.council import Council, invent_council
from goldenthread.home.demonstration.dialects import DIALECTS, Dialect
from goldenthread.home.demonstration.workbook import Sheet, annex_a
from goldenthread.select.formats import frame, read
from goldenthread.select.formats.model import Mapping, NamedBytes
from tests.select.formats.made_workbooks import sheets_of

TODAY = date(2026, 11, 23)
RENAMED = sorted({pair for dialect in DIALECTS.values() for pair in dialect.renamed.items()})

dialects = st.builds(
    Dialect,
    name=st.sampled_from(["here", "there", "elsewhere", "nowhere"]),  # other faults are planted under each
    says=st.just("a mixture"),
    sheet=st.sampled_from(sorted({dialect.sheet for dialect in DIALECTS.values()})),
    has_title_row=st.booleans(),
    codes=st.sampled_from(["preferred", "bare", "short"]),
    dates=st.sampled_from(["excel", "uk", "iso", "serial"]),
    ages=st.sampled_from(["whole", "exact", "words"]),
    ids=st.sampled_from(["text", "number"]),
    front_sheets=st.booleans(),
    totals=st.booleans(),
    lost_workers=st.sampled_from([0.0, 0.02, 0.5]),
    renamed=st.sets(st.sampled_from(RENAMED)).map(dict),
)
containers = st.sampled_from(["xlsx", "xls", ",", ";", "\t"])


@cache
def council() -> Council:
    return invent_council(today=TODAY, scale=0.03)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dialect=dialects, container=containers, backwards=st.booleans())
def test_any_mixture_of_dialects_reads_back_to_the_same_children(
    dialect: Dialect, container: str, backwards: bool
) -> None:
    made = annex_a(council(), as_at=TODAY, dialect=dialect)
    sheets = made.sheets[::-1] if backwards else made.sheets
    found = frame(read(files(sheets, container)), TODAY, Mapping())
    wanted = {str(dialect.reference(child.ref)): child.status for child in council().open_children(TODAY)}
    assert {case.ref: case.status for case in found.cases} == wanted
    assert {status: count for status, count in found.by_status.items() if count} == Counter(wanted.values())
    assert (found.rows, found.undecided) == (sum(made.rows.values()), 0)
    assert {case.ref: case.age_band for case in found.cases} == bands(dialect)


@cache
def bands_in_the_template() -> dict[str, str]:
    """Each child's age band as Ofsted's own workbook gives it."""
    made = annex_a(council(), as_at=TODAY, dialect=DIALECTS["template"])
    return {case.ref: case.age_band for case in frame(read(files(made.sheets, "xlsx")), TODAY, Mapping()).cases}


def bands(dialect: Dialect) -> dict[str, str]:
    return {str(dialect.reference(ref)): band for ref, band in bands_in_the_template().items()}


def files(sheets: Sequence[Sheet], container: str) -> list[NamedBytes]:
    """A workbook of these sheets, or a CSV file of each."""
    rows = {sheet.name: [["" if cell is None else cell for cell in row] for row in sheet.rows] for sheet in sheets}
    if container == "xlsx":
        return [NamedBytes("annex-a.xlsx", sheets_of(rows))]
    if container == "xls":
        return [NamedBytes("annex-a.xls", _old(rows))]
    return [NamedBytes(f"{name}.csv", _csv(grid, container)) for name, grid in rows.items()]


def _old(sheets: dict[str, list[list[Any]]]) -> bytes:
    book, buffer = xlwt.Workbook(), io.BytesIO()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets.items():
        page = book.add_sheet(name)
        for n, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write(n, place, cell, day)
                elif cell != "":
                    page.write(n, place, cell)
    book.save(buffer)
    return buffer.getvalue()


def _csv(rows: list[list[Any]], delimiter: str) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue().encode("utf-8-sig")
