"""Case lists as a person gives them: a small table of one's own, uploaded and loaded by the real steps."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from goldenthread.select.formats.model import NamedBytes
from goldenthread.select.models import CaseList
from goldenthread.select.services.case_lists import load_case_list, upload_case_list
from tests import make

HEADINGS = ("Child ID", "Case Status", "Allocated Team", "Allocated Worker", "Start date")
AS_AT = date(2026, 9, 30)
Row = Sequence[str]

ROWS: Sequence[Row] = (
    ("C1", "CLA", "Duty 2", "Ffion Carrow", "01/03/2026"),
    ("C2", "CP", "Safeguarding 1", "Kwame Larkfield", "02/03/2026"),
    ("C3", "CIN", "Safeguarding 1", "Larkfield, Kwame", "03/03/2026"),
)


def table(rows: Sequence[Row] = ROWS, headings: Row = HEADINGS) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()


def uploaded(rows: Sequence[Row] = ROWS, as_at: date | None = AS_AT, headings: Row = HEADINGS) -> CaseList:
    files = [NamedBytes("cases.csv", table(rows, headings))]
    return upload_case_list(by=make.council().maya, files=files, as_at=as_at, now=make.NOW)


def loaded(rows: Sequence[Row] = ROWS, as_at: date = AS_AT) -> CaseList:
    return load_case_list(by=make.council().maya, case_list=uploaded(rows, as_at), now=make.NOW)
