"""What real Annex A files look like: every way councils write them is read, and nothing is dropped unsaid."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwt

from goldenthread.select.formats import frame, read
from goldenthread.select.formats.model import Fault, Mapping, NamedBytes
from tests.select.formats.framed import AS_AT, framed, framed_lists, messages, reading, refusal
from tests.select.formats.made_workbooks import (
    BORN,
    CLOSED,
    HEADERS,
    ID,
    STARTED,
    STATUS,
    TEAM,
    WORKER,
    children,
    grid,
    sheets_of,
    workbook,
)

SAMPLES = Path(__file__).parent / "samples"


def as_csv(rows: list[list[Any]], *, delimiter: str = ",", line_end: str = "\n", encoding: str = "utf-8") -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return buffer.getvalue().encode(encoding)


@pytest.mark.parametrize("sheet", ["List_{}", "List {}", "list{}", "LIST {} ", "Sheet{}", "Children, part {}"])
def test_a_list_is_known_by_its_headers_whatever_its_sheet_is_called(sheet: str) -> None:
    read_ = reading(workbook({6: children(3), 7: [{ID: 1001}]}, sheet=sheet))
    assert [(table.list, table.rows) for table in read_.tables] == [("List 6", 3), ("List 7", 1)]


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
def test_an_empty_list_is_legal(number: int) -> None:
    assert [(table.list, table.rows) for table in reading(workbook({number: []})).tables] == [(f"List {number}", 0)]


def test_list_1_is_not_taken_for_lists_10_or_11() -> None:
    read_ = reading(workbook({1: [{ID: 1}], 10: [{ID: 2}], 11: [{"Individual adopter identifier": 3}]}))
    assert [(table.list, table.rows) for table in read_.tables] == [("List 1", 1), ("List 10", 1), ("List 11", 1)]
    assert [row.ref for row in read_.rows] == ["2"]
    assert [(sheet.sheet, sheet.why) for sheet in read_.ignored] == [
        ("List_11", "List 11 holds adopters, not children")
    ]


@pytest.mark.parametrize("above", [0, 1, 3, 8])
def test_the_header_is_found_below_titles_and_notes(above: int) -> None:
    notes = [["Produced by the performance team", "", "for 30 June 2024"]] * above
    frame_ = framed(sheets_of({"List_6": [*notes, *grid(6, children(2))]}))
    assert [case.row for case in frame_.cases] == [above + 2, above + 3]


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("Case status", "Case Status"),
        ("Case status", "CaseStatus"),
        ("Case status", "CASE STATUS "),
        (ID, "ChildUniqueID"),
        (ID, "Child unique\xa0ID"),
        (CLOSED, "CINClosureDate"),
        (STARTED, "Sum of CIN Start Date"),
        (TEAM, "AllocatedTeam"),
        (WORKER, "Allocated  worker"),
    ],
)
def test_headers_are_known_however_they_are_written(header: str, written: str) -> None:
    rows = grid(6, children(1, **{TEAM: "Duty 1", WORKER: "A. Worker", CLOSED: ""}))
    rows[0][rows[0].index(header)] = written
    (case,) = framed(sheets_of({"List_6": rows})).cases
    assert (case.ref, case.status, case.team, case.worker) == ("1001", "child_in_need", "Duty 1", "A. Worker")


def test_other_sheets_are_left_alone_and_said() -> None:
    guidance = [["List 6: Children in Need", "Child Unique ID"], ["", "Case status"], ["", "CIN Start Date"]]
    codes = [["Ethnicity", "Case status", "CIN Start Date", "Eligibility Category"], ["a) WBRI", "a) CLA", "", ""]]
    data = sheets_of({"Guidance": guidance, "Codes_used": codes, "List_6": grid(6, children(1))})
    assert [(sheet.sheet, sheet.why) for sheet in reading(data).ignored] == [
        ("Guidance", "not one of the lists"),
        ("Codes_used", "not one of the lists"),
    ]


def test_columns_that_are_not_used_are_said() -> None:
    (table,) = reading(workbook({6: children(1)})).tables
    assert table.ignored_columns == ("Gender", "Ethnicity", "Reason for Closure")


def test_a_missing_column_is_a_fault_of_the_sheet() -> None:
    headers = [header for header in HEADERS[6] if header != CLOSED]
    frame_ = framed(sheets_of({"List_6": grid(6, children(1), headers)}))
    assert frame_.faults == (Fault("annex-a.xlsx", "List_6", None, "", "", "List 6 has no column 'CIN Closure Date'."),)


@pytest.mark.parametrize(
    ("written", "ref"),
    [
        (1001, "1001"),
        (1001.0, "1001"),
        ("1001.0", "1001"),
        ("00511554", "00511554"),
        ("RND000215205141", "RND000215205141"),
        (" 4471_351 ", "4471_351"),
        ("\xa0778", "778"),
    ],
)
def test_references_are_text_with_their_zeros(written: Any, ref: str) -> None:
    (case,) = framed_lists({6: [{ID: written, STATUS: "CIN"}]}).cases
    assert case.ref == ref


@pytest.mark.parametrize("footer", ["Total", "Grand Total", "TOTALS:", "", "NULL", "#N/A", "nan"])
def test_a_row_without_a_reference_is_a_fault_and_not_a_child(footer: str) -> None:
    frame_ = framed_lists({6: [*children(2), {ID: footer, STATUS: 2}]})
    assert (len(frame_.cases), frame_.rows) == (2, 3)
    assert [(fault.row, fault.column, fault.message) for fault in frame_.faults] == [
        (5, ID, "This row has no Child Unique ID, so it is not counted as a child.")
    ]


def test_a_header_repeated_half_way_is_a_fault_and_not_a_child() -> None:
    rows = grid(6, children(2))
    frame_ = framed(sheets_of({"List_6": [*rows, rows[0], *grid(6, [{ID: 7, STATUS: "CP"}])[1:]]}))
    assert [case.ref for case in frame_.cases] == ["1001", "1002", "7"]
    assert messages(frame_) == ["The header is repeated here, so this row is not counted as a child."]


def test_wholly_empty_rows_are_no_rows() -> None:
    rows = grid(6, children(1))
    frame_ = framed(sheets_of({"List_6": [rows[0], [""], rows[1], ["", " "], [""]]}))
    assert (frame_.rows, len(frame_.cases), frame_.faults) == (1, 1, ())


def test_nothing_that_identifies_a_child_is_kept() -> None:
    headers = [*HEADERS[6], "Forename", "Surname", "Address", "Postcode", "NHS number"]
    rows = grid(6, [{**children(1)[0], BORN: date(2011, 3, 9), "Surname": "Hazlett", "Postcode": "L36 9YU"}], headers)
    kept = repr(reading(sheets_of({"List_6": rows})))
    assert not [word for word in ("Hazlett", "L36 9YU", "2011") if word in kept]


def test_the_postcode_of_a_placement_is_never_kept() -> None:
    data = workbook({6: [], 8: [{ID: 1, "Placement postcode": "L36 9YU", "LA of Placement": "NIR"}]})
    assert "L36 9YU" not in repr(reading(data))


def test_a_bad_date_is_said_where_it_stands_and_the_rest_is_read() -> None:
    rows = children(40_000)
    rows[31_337][STARTED] = "31/02/2024"
    frame_ = framed(as_csv(grid(6, rows)), "list_6.csv")
    assert len(frame_.cases) == 40_000
    assert frame_.faults == (
        Fault("list_6.csv", "", 31_339, STARTED, "31/02/2024", "31/02/2024 is not a date (day/month/year)."),
    )


def test_dates_of_events_are_checked_in_lists_that_give_no_children() -> None:
    frame_ = framed_lists({1: [{ID: 5, "Date of Contact": "soon"}], 6: children(1)})
    assert [(fault.sheet, fault.row, fault.value) for fault in frame_.faults] == [("List_1", 3, "soon")]


def test_an_old_workbook_gives_the_same_cases_as_a_new_one() -> None:
    rows = grid(6, [{**child, STARTED: 45_292.0 + n} for n, child in enumerate(children(5))])
    book = xlwt.Workbook()
    sheet = book.add_sheet("List_6")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    buffer = io.BytesIO()
    book.save(buffer)
    old = framed(buffer.getvalue(), "annex-a.xls").cases
    new = framed(sheets_of({"List_6": grid(6, children(5))})).cases
    assert [(c.ref, c.status, c.opened_on) for c in old] == [(c.ref, c.status, c.opened_on) for c in new]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_csv_is_read_however_it_was_saved(encoding: str, delimiter: str, line_end: str) -> None:
    rows = grid(6, [{ID: "007", STATUS: "CIN", TEAM: "Equipe café – 2", STARTED: "03/04/2024"}])
    data = as_csv(rows, delimiter=delimiter, line_end=line_end, encoding=encoding)
    (case,) = framed(data, "list_6.csv").cases
    assert (case.ref, case.team, case.opened_on) == ("007", "Equipe café – 2", date(2024, 4, 3))


def test_one_csv_per_list_makes_one_case_list() -> None:
    six = NamedBytes("Children in need.csv", as_csv(grid(6, [{ID: 1, STATUS: "CP"}])))
    seven = NamedBytes("Child protection.csv", as_csv(grid(7, [{ID: 1}, {ID: 2}])))
    frame_ = frame(read([six, seven]), AS_AT, Mapping())
    assert [(case.ref, case.status) for case in frame_.cases] == [("1", "child_protection"), ("2", "child_protection")]


def test_an_index_that_a_program_left_in_the_first_column_is_ignored_and_said() -> None:
    rows = [[str(n - 1) if n else "", *row] for n, row in enumerate(grid(6, children(2)))]
    read_ = reading(as_csv(rows), "list_6.csv")
    assert [row.ref for row in read_.rows] == ["1001", "1002"]
    assert read_.tables[0].ignored_columns[0] == "(unnamed)"


def test_a_value_beyond_the_last_header_is_said() -> None:
    rows = grid(6, children(2))
    rows[2].append("spilt")
    assert [(fault.row, fault.value) for fault in framed(as_csv(rows), "list_6.csv").faults] == [(3, "spilt")]


def test_two_sheets_of_one_list_are_refused() -> None:
    data = sheets_of({"List_6": grid(6, children(1)), "List_6 (2)": grid(6, children(1))})
    assert refusal(data) == (
        "List 6 is given twice (sheet 'List_6' of annex-a.xlsx and sheet 'List_6 (2)' of annex-a.xlsx); keep one.",
    )


def test_a_list_6_whose_header_cannot_be_found_is_refused() -> None:
    assert refusal(sheets_of({"List_6": [["1001", "CIN"], ["1002", "CP"]]})) == (
        "No header row with 'Child Unique ID' was found at the top of sheet 'List_6' of annex-a.xlsx (List 6).",
    )


def test_another_list_without_a_header_is_said_and_the_rest_is_read() -> None:
    frame_ = framed(sheets_of({"List_6": grid(6, children(1)), "List_3": [["List 3: Referral"], ["Nil return"]]}))
    assert len(frame_.cases) == 1
    assert messages(frame_) == [
        "No header row with 'Child Unique ID' was found at the top of sheet 'List_3' of annex-a.xlsx (List 3)."
        " It is not read."
    ]


def test_without_a_date_given_the_newest_plausible_date_in_the_files_is_used() -> None:
    rows = [*children(90), {ID: 9, STATUS: "CIN", STARTED: date(2024, 12, 25)}]
    frame_ = frame(reading(workbook({6: rows})), None, Mapping())
    assert (frame_.as_at, frame_.as_at_said) == (date(2024, 3, 30), "the newest date in the files")
    assert messages(frame_) == ["The case starts on 25 December 2024, after the date of the list."]


def test_newer_lists_of_care_leavers_give_the_personal_adviser_where_there_is_no_worker() -> None:
    headers = [*HEADERS[9], "UASC or formerly UASC", "Allocated Personal Advisor"]
    rows = [
        {ID: 1, "UASC or formerly UASC": "a) Yes", "Allocated Personal Advisor": "P. Adviser"},
        {ID: 2, WORKER: "A. Worker", "Allocated Personal Advisor": "P. Adviser"},
    ]
    frame_ = framed(sheets_of({"List_9": grid(9, rows, headers)}))
    assert [(case.worker, case.tags) for case in frame_.cases] == [
        ("P. Adviser", ("care_leaver", "uasc")),
        ("A. Worker", ("care_leaver",)),
    ]
    assert frame_.faults == ()


@pytest.mark.parametrize(
    ("sample", "rows", "faults"),
    [
        ("2015-01-sample.xlsx", 5, []),
        ("2016-01-sample.xlsx", 0, []),
        ("example-B-2004.xlsx", 11, ["May be 8 Jan 2000"]),
    ],
)
def test_published_samples_are_read_whole(sample: str, rows: int, faults: list[str]) -> None:
    frame_ = frame(read([SAMPLES / sample]), None, Mapping())
    assert (frame_.source, frame_.rows, frame_.cases) == ("annex_a", rows, ())
    assert [fault.value for fault in frame_.faults] == faults
