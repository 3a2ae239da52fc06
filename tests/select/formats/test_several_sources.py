"""Sources that come in one file, or beside a case list; the return's smaller tables; staff's and carers' lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from goldenthread.select.formats import frame, read
from goldenthread.select.formats.model import CrossCheck, Frame, Mapping, NamedBytes
from tests.select.formats.framed import messages, refusal
from tests.select.formats.made_workbooks import AGE, BORN, ID, STARTED, STATUS, TEAM, WORKER, sheets_of, workbook
from tests.select.formats.test_returns import EPISODES, PLAN, census, child, framed, statuses
from tests.select.formats.test_returns import STARTED as REFERRED

EPISODE = ["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "DEC", "HOME_POST", "PL_POST"]
HEADER = ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"]
HEADED = "CHILD,SEX,DOB,ETHNIC,UPN\n"


def listed(kind: str, rows: list[list[Any]], name: str = "list.xlsx") -> Frame:
    return frame(read([NamedBytes(name, sheets_of({"Sheet1": rows}))], kind=kind), None, Mapping())


def test_a_return_is_read_from_one_workbook_with_a_sheet_for_each_table() -> None:
    data = sheets_of(
        {
            "About": [["The return of 2024"]],
            "Header": [HEADER, [1, 1, date(2010, 1, 1), "WBRI", "A1"], [2, 2, date(2023, 5, 1), "WBRI", "A2"]],
            "Episodes": [
                EPISODE,
                [1, date(2023, 1, 1), "S", "C2", "N1", "K2", date(2024, 1, 1), "SW1A 1AA", ""],
                [1, date(2024, 1, 1), "P", "C2", "N1", "U4", "", "SW1A 1AA", ""],
                [2, date(2024, 2, 1), "S", "V3", "N2", "K2", "", "", ""],
            ],
            "UASC": [["CHILD", "SEX", "DOB", "DUC"], [1, 1, date(2010, 1, 1), date(2028, 1, 1)]],
            "SW_Episodes": [["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC"], [1, "", "SW9", date(2024, 1, 1), ""]],
        }
    )
    found = framed(r_xlsx=data)
    assert [(c.ref, c.status, c.tags, c.worker, c.age_band, c.sheet, c.row) for c in found.cases] == [
        ("1", "looked_after", ("fostering", "looked_after", "uasc"), "SW9", "10 to 15", "Episodes", 3),
        ("2", "child_in_need", ("child_in_need", "short_breaks"), "", "under 1", "Episodes", 4),
    ]
    assert (found.source, found.rows, found.faults) == ("ssda903", 7, ())


def test_a_child_is_unaccompanied_until_the_day_the_return_says() -> None:
    found = framed(
        e_csv=EPISODES + "".join(f"{ref},01/01/2024,S,C2,N1,K2,,,\n" for ref in (1, 2, 3)),
        h_csv=HEADED + "".join(f"{ref},1,01/01/2010,WBRI,\n" for ref in (1, 2, 3)),
        u_csv="CHILD,SEX,DOB,DUC\n1,1,01/01/2010,01/01/2028\n2,1,01/01/2010,01/06/2023\n",
    )
    assert {case.ref for case in found.cases if "uasc" in case.tags} == {"1"}


def test_annex_a_is_the_list_and_the_census_and_the_return_are_held_against_it() -> None:
    rows = [
        {ID: 1, STATUS: "a) Looked after child", TEAM: "N", WORKER: "Ann", STARTED: date(2024, 1, 2), AGE: 4},
        {ID: 2, STATUS: "c) Child in need plan", TEAM: "S", STARTED: date(2024, 1, 2), AGE: 5},
        {ID: 3, STATUS: "e) Closed episode", TEAM: "S", STARTED: date(2023, 1, 2), AGE: 5},
    ]
    found = framed(
        a_xlsx=workbook({6: rows, 9: [{ID: 8, BORN: date(2004, 1, 1)}]}),
        c_xml=census(child("1", REFERRED), child("2", PLAN), child("3", REFERRED)),
        e_csv=EPISODES + "1,01/01/2024,S,C2,N1,U1,,,\n4,01/01/2024,S,C2,N1,U1,,,\n",
        h_csv=HEADED + "1,1,,WBRI,\n4,1,,WBRI,\n",
    )
    assert found.source == "annex_a"
    assert statuses(found) == {"1": "looked_after", "2": "child_in_need", "8": "care_leaver"}
    assert {(case.ref, case.team, case.worker) for case in found.cases} == {
        ("1", "N", "Ann"),
        ("2", "S", ""),
        ("8", "", ""),
    }
    assert found.cross_checks == (
        CrossCheck("cin_census", 2, ("3",), (), (("2", "child_in_need", "child_protection"),)),
        CrossCheck("ssda903", 1, ("4",), (), ()),
    )
    assert {(fault.file, fault.message) for fault in found.faults if fault.file != "a.xlsx"} == {
        ("c.xml", "Child 3 is open in the census but not in the case list."),
        ("c.xml", "Child 2 is child protection in the census but child in need in the case list."),
        ("e.csv", "Child 4 is open in the SSDA903 but not in the case list."),
    }


def test_supervision_files_are_of_staff_who_have_not_left() -> None:
    found = listed(
        "supervision_file",
        [
            ["Staff, October"],
            ["Staff Number", "Name", "Team", "Line Manager", "Start Date", "Leaving Date", "Shoe size"],
            ["007", "Ada Ash", "Duty", "Bea Birch", date(2020, 1, 6), "", 5],
            [8.0, "Cy Cole", "Court", "Bea Birch", date(2021, 1, 4), date(2024, 1, 5), 6],
            ["", "Total", "", "", "", "", ""],
            [9, "Dee Dunn", "Court", "", date(2024, 9, 2), "", 7],
        ],
    )
    assert [(c.ref, c.status, c.worker, c.team, c.reviewer, c.opened_on) for c in found.cases] == [
        ("007", "supervision_file", "Ada Ash", "Duty", "Bea Birch", date(2020, 1, 6)),
        ("9", "supervision_file", "Dee Dunn", "Court", "", date(2024, 9, 2)),
    ]
    assert messages(found) == ["This row has no Staff Number, so it is not counted as a member of staff."]
    assert (found.by_status, found.by_tag, found.unmapped) == (
        {"supervision_file": 2}, {"supervision_file": 2}, (),
    )  # fmt: skip


def test_carers_files_are_of_carers_still_approved() -> None:
    found = listed(
        "carer_file",
        [
            [
                "Household ID",
                "Carer name",
                "Team",
                "Supervising Social Worker",
                "Approval Date",
                "Deregistered",
                "Area",
            ],
            ["H1", "One Carer", "Fostering", "Cy", date(2020, 2, 1), "", "East"],
            ["H2", "Two Carer", "Fostering", "Cy", date(2019, 2, 1), date(2020, 2, 1), "West"],
        ],
    )
    assert [(c.ref, c.status, c.worker, c.opened_on, c.locality, c.linked) for c in found.cases] == [
        ("H1", "carer_file", "Cy", date(2020, 2, 1), "East", ())
    ]


def test_no_carer_is_kept_by_name() -> None:
    table = [["Carer Reference", "Name", "Supervising Worker"], ["C1", "Olive Oak", "Cy"]]
    assert "Olive" not in repr(read([NamedBytes("c.xlsx", sheets_of({"Carers": table}))], kind="carer_file"))


def test_a_list_without_what_says_whose_file_each_is_is_refused() -> None:
    assert refusal(b"Name,Team\nAda,Duty\n", "s.csv", kind="supervision_file") == (
        "No table of s.csv has a column 'Staff number', which says whose file each is.",
    )
