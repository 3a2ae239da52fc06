from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from goldenthread.home.demonstration.annex_a import COLUMNS, annex_a_rows
from goldenthread.home.demonstration.codes import PREFERRED, SHORT
from goldenthread.home.demonstration.council import Council, invent_council
from goldenthread.home.demonstration.workbook import Written, write_annex_a, write_extract, write_people
from goldenthread.method.refusal import Refused
from goldenthread.select.formats import Mapping, frame, read
from tests.home.demonstration.old_workbook import write_old_annex_a

pytestmark = pytest.mark.slow

OPEN = {
    "looked_after": 550,
    "child_protection": 262,
    "child_in_need": 800,
    "open_assessment": 330,
    "care_leaver": 250,
    "early_help": 108,
}


def written(council: Council, folder: Path, dialect: str) -> Written:
    path = folder / ("annex-a" if dialect == "worksheet-csv" else f"{dialect}.xlsx")
    return write_annex_a(council, path, as_at=council.today, dialect=dialect)


@pytest.fixture(scope="module")
def made(council: Council, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    folder = tmp_path_factory.mktemp("annex-a")
    return {dialect: written(council, folder, dialect) for dialect in ("template", "plain", "pivot", "worksheet-csv")}


def by_status(paths: list[Path], as_at: date) -> dict[str, int]:
    """The open children by status, as the product reads those files."""
    return dict(frame(read(paths), as_at, Mapping()).by_status)


def statuses(rows: list[list[object]]) -> dict[str, int]:
    """The slow, obvious count of List 6: each reference once, by its case status as written."""
    header = next(n for n, row in enumerate(rows) if sum(bool(cell) for cell in row) > 3)
    column = [str(cell).replace(" ", "").lower() for cell in rows[header]].index("casestatus")
    meaning = {said: code for code, said in PREFERRED["status"].items()}
    meaning |= {said.split(") ")[1]: code for said, code in list(meaning.items())}
    meaning |= {said: code for code, said in SHORT["status"].items()}
    return Counter({row[0]: meaning[str(row[column])] for row in rows[header + 1 :] if row[column]}.values())


@pytest.mark.parametrize("dialect", ["template", "plain", "pivot"])
def test_list_6_holds_every_status_but_for_what_was_left_out(made: dict[str, Written], dialect: str) -> None:
    book = CalamineWorkbook.from_path(str(made[dialect].path))
    name = "List_6" if dialect == "template" else "List 6"
    left_out = Counter(fault.list_number for fault in made[dialect].planted if fault.kind == "not in List 6")

    assert statuses(book.get_sheet_by_name(name).to_python()) == {
        "looked_after": 550 - left_out[8],
        "child_protection": 262 - left_out[7],
        "child_in_need": 800,
        "open_assessment": 330,
        "closed": 560,
    }


@pytest.mark.parametrize("dialect", ["template", "plain", "pivot"])
def test_a_workbook_is_read_back_as_the_council_it_came_from(
    council: Council, made: dict[str, Written], dialect: str
) -> None:
    found = by_status([made[dialect].path], council.today)

    assert (found, made[dialect].open_by_status) == (OPEN, OPEN)


def test_one_csv_a_list_is_read_back_as_the_council_it_came_from(council: Council, made: dict[str, Written]) -> None:
    folder = made["worksheet-csv"].path

    assert sorted(path.name for path in folder.iterdir()) == sorted(f"List {n}.csv" for n in range(1, 12))
    assert by_status(sorted(folder.iterdir()), council.today) == OPEN


def test_the_old_xls_is_read_back_as_the_council_it_came_from(council: Council, tmp_path: Path) -> None:
    write_old_annex_a(council, tmp_path / "old.xls")

    assert by_status([tmp_path / "old.xls"], council.today) == OPEN


def test_an_extract_is_read_back_as_the_council_it_came_from(council: Council, tmp_path: Path) -> None:
    path = write_extract(council, tmp_path / "extract.csv")

    assert by_status([path], council.today) == OPEN


@pytest.mark.parametrize("dialect", ["template", "plain", "pivot"])
def test_the_same_council_gives_the_same_bytes(tmp_path: Path, dialect: str) -> None:
    council = invent_council(today=date(2026, 11, 23), scale=0.1)
    first = written(council, tmp_path, dialect).path.read_bytes()

    assert written(council, tmp_path, dialect).path.read_bytes() == first


def test_the_template_has_ofsteds_columns(made: dict[str, Written]) -> None:
    book = CalamineWorkbook.from_path(str(made["template"].path))
    title, header = book.get_sheet_by_name("List_6").to_python()[:2]

    assert title[0] == "List 6: Children in Need"
    assert header == [
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Does the Child have a Disability",
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "CIN Closure Date",
        "Reason for Closure",
        "Case status",
        "Allocated Team",
        "Allocated Worker",
    ]


def test_the_lists_have_as_many_columns_as_ofsteds() -> None:
    assert {number: len(columns) for number, columns in COLUMNS.items()} == {
        1: 7, 2: 8, 3: 11, 4: 12, 5: 14, 6: 14, 7: 17, 8: 34, 9: 17, 10: 16, 11: 19,
    }  # fmt: skip


def test_every_row_is_as_long_as_its_header(council: Council) -> None:
    rows = annex_a_rows(council, as_at=council.today)

    assert {number: {len(row) for row in found} for number, found in rows.items()} == {
        number: {len(columns)} for number, columns in COLUMNS.items()
    }


def test_the_faults_are_where_they_are_said_to_be(made: dict[str, Written]) -> None:
    faults = made["template"].planted
    book = CalamineWorkbook.from_path(str(made["template"].path))
    in_6 = [row[0] for row in book.get_sheet_by_name("List_6").to_python()[2:]]
    in_8 = {row[0] for row in book.get_sheet_by_name("List_8").to_python()[2:]}
    left_out = {fault.ref for fault in faults if (fault.kind, fault.list_number) == ("not in List 6", 8)}

    assert left_out <= in_8 - set(in_6)
    assert {ref for ref in in_6 if in_6.count(ref) > 1} == {fault.ref for fault in faults if fault.kind == "repeated"}
    assert in_6.count("") == 1
    assert Counter(fault.kind for fault in faults) == {
        "not in List 6": 4,
        "bad date": 6,
        "unknown code": 3,
        "repeated": 3,
        "note": 1,
    }


def test_a_pivot_has_totals_and_lost_workers(made: dict[str, Written]) -> None:
    book = CalamineWorkbook.from_path(str(made["pivot"].path))
    rows = book.get_sheet_by_name("List 6").to_python()

    assert rows[-1][0] == "Grand Total"
    assert 20 <= [row[-1] for row in rows].count("#N/A") <= 90


def test_no_postcode_of_a_placement_is_ever_written(council: Council) -> None:
    column = COLUMNS[8].index("Placement postcode")

    assert {row[column] for row in annex_a_rows(council, as_at=council.today)[8]} == {None}


def test_an_earlier_list_knows_nothing_of_what_came_later(council: Council) -> None:
    before = date(2026, 10, 1)
    dates = [
        value
        for rows in annex_a_rows(council, as_at=before).values()
        for row in rows
        for value in row[5:]
        if isinstance(value, date)
    ]

    assert max(dates) <= before


def test_a_list_of_a_later_day_is_refused(council: Council, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        write_annex_a(council, tmp_path / "later.xlsx", as_at=date(2027, 1, 4))

    assert str(refusal.value) == "The council was invented for 23 November 2026; it knows nothing of 04 January 2027."


def test_an_unknown_dialect_is_refused(council: Council, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        write_annex_a(council, tmp_path / "x.xlsx", as_at=council.today, dialect="welsh")

    assert str(refusal.value) == (
        "There is no dialect called 'welsh'; choose one of template, plain, worksheet-csv, pivot, old."
    )


def test_the_largest_council_has_12_000_children_in_40_000_rows() -> None:
    council = invent_council(today=date(2026, 11, 23), scale=5.2)
    rows = sum(len(found) for found in annex_a_rows(council, as_at=council.today).values())

    assert len(council.open_children()) == 11_960
    assert 40_000 <= rows <= 44_000
    assert 50 <= len(council.leaf_teams) <= 60


def test_the_staff_list_has_a_row_for_every_post(council: Council, tmp_path: Path) -> None:
    with write_people(council, tmp_path / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == len(council.posts)
    assert [row for row in rows if row["username"] == "maya.holt"] == [
        {
            "staff_id": "AM10001",
            "username": "maya.holt",
            "name": "Maya Holt",
            "post": "qa_service_manager",
            "title": "Service Manager, Quality Assurance",
            "team": "Quality Assurance Unit",
            "started_on": "2022-05-18",
            "ended_on": "",
            "share_of_week": "1.0",
            "auditor": "no",
        }
    ]
