"""Extracts: any table with a header and one row per child, its columns known by alias or given by the person."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.method.refusal import Refused
from goldenthread.select.formats import frame
from goldenthread.select.formats.model import Mapping
from tests.select.formats.framed import AS_AT, framed, messages, reading, refusal
from tests.select.formats.made_workbooks import sheets_of


def lines(*rows: str) -> bytes:
    return "\n".join(rows).encode()


@pytest.mark.parametrize(
    "header",
    [
        "Child Unique ID,Case Status,Allocated Team,Allocated Worker",
        "Person ID,Status,Team,Case Holder",
        "DIM_PERSON_ID,CaseStatus,DIM_DEPARTMENT_ID_DESC,DIM_WORKER_ID_DESC",
        "LCS ID,Category,Team Name,Key Worker",
        "pers_person_id,Status,dept_team_name,prof_professional_name",
        "LAchildID,Plan Type,Current Team,Social Worker",
    ],
)
def test_columns_are_known_by_the_names_systems_use(header: str) -> None:
    frame_ = framed(lines(header, "0042,CIN,Duty 1,A. Worker"), "cases.csv")
    assert frame_.source == "extract"
    assert [(c.ref, c.status, c.team, c.worker) for c in frame_.cases] == [
        ("0042", "child_in_need", "Duty 1", "A. Worker")
    ]


def test_a_person_may_say_what_the_columns_are() -> None:
    mapping = Mapping(columns={"Pupil": "ref", "Where": "team", "How": "status"})
    frame_ = framed(lines("Pupil,Where,How,Team", "7,North,CP,South"), "cases.csv", mapping)
    assert [(c.ref, c.status, c.team) for c in frame_.cases] == [("7", "child_protection", "North")]


def test_a_column_given_to_nothing_is_left_alone() -> None:
    mapping = Mapping(columns={"Team": ""})
    frame_ = framed(lines("Child ID,Status,Team", "7,CP,South"), "cases.csv", mapping)
    assert frame_.by_team == {"(no team)": 1}


def test_a_person_may_say_what_the_values_mean() -> None:
    mapping = Mapping(values={"status": {"Tier 4": "looked_after", "CIN": "closed"}, "team": {"N1": "North 1"}})
    frame_ = framed(lines("Child ID,Status,Team", "1,tier 4,N1", "2,CIN,N1"), "cases.csv", mapping)
    assert [(c.ref, c.status, c.team) for c in frame_.cases] == [("1", "looked_after", "North 1")]
    assert (frame_.closed, frame_.unmapped) == (1, ())


def test_a_case_with_an_end_date_is_closed() -> None:
    frame_ = framed(lines("Child ID,Status,Start Date,End Date", "1,CIN,01/02/2024,30/06/2024", "2,CIN,,"), "cases.csv")
    assert ([c.ref for c in frame_.cases], frame_.closed) == (["2"], 1)


def test_care_leavers_and_early_help_are_statuses_of_an_extract() -> None:
    frame_ = framed(lines("Child ID,Status", "1,Care Leaver", "2,Early Help"), "cases.csv")
    assert [c.status for c in frame_.cases] == ["care_leaver", "early_help"]


def test_a_restricted_record_is_marked() -> None:
    frame_ = framed(lines("Child ID,Status,Restricted", "1,CIN,Y", "2,CIN,N"), "cases.csv")
    assert [c.restricted for c in frame_.cases] == [True, False]


def test_a_child_on_short_breaks_is_not_looked_after() -> None:
    (case,) = framed(lines("Child ID,Status,Legal Status", "1,LAC,V4"), "cases.csv").cases
    assert (case.status, case.tags) == ("child_in_need", ("child_in_need", "short_breaks"))


def test_a_workbook_is_read_as_an_extract_when_it_is_no_annex_a() -> None:
    data = sheets_of(
        {"Notes": [["As at", date(2024, 6, 30)]], "Cases": [["My cases"], ["Child ID", "Status"], [12, "CP"]]}
    )
    read_ = reading(data, "cases.xlsx")
    assert (read_.source, [(row.ref, row.row) for row in read_.rows]) == ("extract", [("12", 3)])
    assert [(sheet.sheet, sheet.why) for sheet in read_.ignored] == [("Notes", "no column for a child's reference")]


def test_a_table_without_a_reference_is_refused_naming_its_columns() -> None:
    assert refusal(lines("Pupil,Where", "1,North"), "cases.csv") == (
        "No column of cases.csv is a child's reference; its columns are 'Pupil', 'Where'. Say which one it is.",
    )


def test_a_table_without_a_status_is_read_and_said_once() -> None:
    frame_ = framed(lines("Child ID,Team", "1,North", "2,North"), "cases.csv")
    assert (frame_.cases, frame_.undecided) == ((), 2)
    assert messages(frame_) == ["The extract has no column 'Case Status'."]


def test_a_second_column_for_the_team_is_said() -> None:
    assert messages(framed(lines("Child ID,Status,Team,Team Name", "1,CIN,N,S"), "cases.csv")) == [
        "A second column for 'Team'; only the first is used."
    ]


def test_a_mapping_to_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="The mapping gives a column to 'surname', which is not one of ref, age, "):
        framed(lines("Child ID,Name", "1,X"), "cases.csv", Mapping(columns={"Name": "surname"}))


def test_files_without_any_date_give_a_frame_without_one() -> None:
    frame_ = frame(reading(lines("Child ID,Status", "1,CIN"), "cases.csv"), None, Mapping())
    assert (frame_.as_at, frame_.as_at_said, len(frame_.cases)) == (None, "no date in the files", 1)
    assert framed(lines("Child ID,Status", "1,CIN"), "cases.csv").as_at == AS_AT
