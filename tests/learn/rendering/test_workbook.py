"""The workbook and the tables opened again: one tidy table a sheet, numbers as numbers, nothing run as a formula."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest

from goldenthread.learn.rendering.model import Section, Table
from goldenthread.learn.rendering.tables import as_csv_tables, tables_of
from goldenthread.learn.rendering.workbook import as_workbook
from tests.learn.sample_report import sample_report

NASTY = Table(
    "=1+1 [a/b]: *?", ("Team", "Files", "Share"), (("=HYPERLINK(1)", "1,204", "23%"), ("-x", "not shown", "–")), (1, 2)
)  # noqa: RUF001
REPORT = sample_report(summary=(), sections=(Section("Grades", (NASTY,)),), about=())


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(as_workbook(sample_report())))


def test_the_first_sheet_says_what_it_is_and_leads_to_every_other(book: openpyxl.Workbook) -> None:
    contents = book["Contents"]
    links = [link.location for row in contents.iter_rows() for cell in row if (link := cell.hyperlink)]

    assert contents["A1"].value.startswith("Session report: ")
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_every_table_of_the_report_has_a_sheet_with_its_header_in_the_first_row(book: openpyxl.Workbook) -> None:
    taken = tables_of(sample_report())

    assert len(book.sheetnames) == len(taken) + 1
    for name, each in zip(book.sheetnames[1:], taken, strict=True):
        assert tuple(cell.value for cell in book[name][1]) == each.head
        assert book[name].max_row == len(each.rows) + 1
        assert book[name].freeze_panes == "A2"


def test_numbers_are_numbers_and_what_looks_like_a_formula_is_text() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook(REPORT))).worksheets[1]

    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=HYPERLINK(1)", "s"), (1204, "n"), (0.23, "n")]
    assert [cell.value for cell in sheet[3]] == ["-x", "not shown", "–"]  # noqa: RUF001
    assert sheet.title == "1 =1+1 ab "[:31].rstrip()


def test_the_same_report_is_the_same_workbook_and_the_same_zip() -> None:
    assert as_workbook(sample_report()) == as_workbook(sample_report())
    assert as_csv_tables(sample_report()) == as_csv_tables(sample_report())


def test_the_zip_has_a_file_for_each_table_and_one_that_lists_them() -> None:
    with zipfile.ZipFile(io.BytesIO(as_csv_tables(REPORT))) as packed:
        read = {
            name: list(csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig")))) for name in packed.namelist()
        }

    assert read["contents.csv"] == [["File", "Part", "Table", "Note"], ["01.csv", "Grades", "'=1+1 [a/b]: *?", ""]]
    assert read["01.csv"] == [
        ["Team", "Files", "Share"], ["'=HYPERLINK(1)", "1204", "0.23"], ["'-x", "not shown", "–"],  # noqa: RUF001
    ]  # fmt: skip
