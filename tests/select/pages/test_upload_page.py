"""Giving the files of a case list: every file that is none gets a sentence, beside the field, and nothing is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import msoffcrypto.format.ooxml
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from goldenthread.select.models import CaseList
from tests import make
from tests.browsing import faults, signed_in, words
from tests.select.formats.made_workbooks import children, sheets_of, workbook
from tests.select.lists import table

pytestmark = pytest.mark.django_db
PATH = "/select/lists/upload/"


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def sent(*files: tuple[str, bytes], **how: str):
    given = [SimpleUploadedFile(name, data) for name, data in files]
    return signed_in(make.council().maya).post(PATH, {"list_files": given, **how})


def locked() -> bytes:
    buffer = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(workbook({6: children(3)}))).encrypt("secret", buffer)
    return buffer.getvalue()


def zeros() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(200):
                sheet.write(bytes(2**20))
    return buffer.getvalue()


def with_entities() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "b">]><Message/>'


def two_lists_6() -> bytes:
    header = [
        "Child Unique ID",
        "Age of Child (Years)",
        "CIN Start Date",
        "CIN Closure Date",
        "Case Status",
        "Primary Need Code",
    ]
    row = ["1001", 4, date(2024, 1, 1), "", "c) Child in need plan", "N1"]
    return sheets_of({"List_6": [header, row], "List 6": [header, row]})


BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("a.pdf", lambda: b"%PDF-1.7", "a.pdf is not a spreadsheet; save the case list as .xlsx, .xls or .csv."),
    ("a.xlsx", lambda: sheets_of({"Sheet1": []}), "a.xlsx is a workbook with nothing in it."),
    ("a.xlsx", locked, "a.xlsx is password-protected; save it without a password."),
    ("a.xlsx", zeros, "a.xlsx unpacks to far more than a case list could hold, so it was not opened."),
    ("a.xml", with_entities, "a.xml brings its own XML entities, which a case list never does; it was not opened."),
    ("a.xlsx", two_lists_6, "List 6 is given twice (sheet 'List_6' of a.xlsx and sheet 'List 6' of a.xlsx); keep one."),
    (
        "a.csv",
        lambda: table([("C1",)], ("Something",)),
        "No column of a.csv is a child's reference; its columns are 'Something'. Say which one it is.",
    ),
]


@pytest.mark.parametrize(("name", "made", "sentence"), BAD)
def test_what_is_no_case_list_is_refused_beside_the_field_and_nothing_is_kept(
    name: str, made: Callable[[], bytes], sentence: str
) -> None:
    answer = sent((name, made()))

    assert faults(answer) == [sentence]
    assert 'href="#list_files"' in answer.content.decode()
    assert not CaseList.objects.exists()


def test_each_of_several_files_that_cannot_be_read_has_its_sentence() -> None:
    answer = sent(("a.pdf", b"%PDF-1.7"), ("b.csv", b"  \r\n"))

    assert faults(answer) == [
        "a.pdf is not a spreadsheet; save the case list as .xlsx, .xls or .csv.",
        "b.csv is empty.",
    ]


def test_no_file_at_all_is_said() -> None:
    assert faults(sent(column_ref="")) == ["Files: nothing was given. Choose a file."]


def test_files_that_are_too_large_together_are_not_read(settings) -> None:
    settings.CASE_LIST_MAX_BYTES = 2**20

    answer = sent(("a.csv", bytes(2**19)), ("b.csv", bytes(2**20)))

    assert faults(answer) == ["Files: together they are larger than 1 MB. Give less at once."]


def test_a_day_to_come_is_refused_and_kept_in_its_boxes() -> None:
    answer = sent(("a.csv", table()), **{"as_at-day": "7", "as_at-month": "10", "as_at-year": "2026"})

    assert faults(answer) == [
        "The day the list was taken: 7 October 2026 will not do. It must be on or before 6 October 2026."
    ]
    assert 'value="2026"' in answer.content.decode()


def test_one_bad_date_in_40_000_rows_is_one_fault_and_costs_no_child() -> None:
    rows = [(f"C{n}", "CIN", "Duty 2", "Ffion Carrow", "01/03/2026") for n in range(40_000)]
    rows[30_000] = ("C30000", "CIN", "Duty 2", "Ffion Carrow", "31/02/2026")

    answer = sent(("a.csv", table(rows)))

    summary = CaseList.objects.get().summary
    assert answer.url == f"/select/lists/{CaseList.objects.get().code}/check/"
    assert (summary["cases"], summary["fault_count"]) == (40_000, 1)
    assert [summary["faults"][0][name] for name in ("row", "column", "value")] == [30_002, "Start date", "31/02/2026"]


def test_the_page_says_in_plain_words_what_it_takes() -> None:
    page = words(signed_in(make.council().maya).get(PATH))

    assert ("as for an Ofsted inspection" in page, "the files themselves are never kept" in page) == (True, True)


def test_the_same_form_sent_twice_makes_one_list() -> None:
    client = signed_in(make.council().maya)
    for _ in range(2):
        file = SimpleUploadedFile("a.csv", table())
        client.post(PATH, {"list_files": [file], "token": "the-token-of-one-form"})

    assert CaseList.objects.count() == 1


def test_lists_are_the_units_to_upload() -> None:
    assert signed_in(make.council().rafiq).get(PATH).status_code == 403
