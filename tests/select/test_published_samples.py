"""The samples that others have published, each tried: `goldenthread cases` against plain loops over the same files."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from goldenthread.method.refusal import Refused
from goldenthread.select.formats import read
from tests.shell import Run, shell

REAL = Path(os.environ.get("TEST_REAL_DATA", "/work/shared/data/real"))
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the published samples are not beside this repository")

ANNEX_A, CENSUS, EPISODES = "annex_a", "cin_census", "ssda903"
TABLE = "a table of the SSDA903 that says nothing without its episodes"
SCHEMA = "a schema, not a census"
NO_CASES = "no case list at all"
PART_TABLES = "header missing oc2 oc3 previous_permanence reviews uasc"
FOLDERS = (
    "cs-demand-model",
    "csc-validator-be-903",
    "csc-validator-be-cin",
    "liia-tools",
    "liia-tools-pipeline",
    "sfdata-annexa-clean",
)
WHAT_EACH_IS = {
    **{f"cs-demand-model/{year}-episodes.csv": EPISODES for year in (2017, 2018, 2019)},
    **{f"cs-demand-model/{year}-{name}.csv": TABLE for year in (2017, 2018, 2019) for name in PART_TABLES.split()},
    "csc-validator-be-903/episodes.csv": EPISODES,
    **{
        f"csc-validator-be-903/{name}.csv": TABLE
        for name in f"{PART_TABLES} DoLo ad1 placed_for_adoption sw_episodes".split()
    },
    **{
        f"csc-validator-be-cin/{name}.xml": CENSUS
        for name in ("CIN2rows", "CIN_Census_2021", "CIN_header_issues_100", "fake_CIN_data")
    },
    **{f"liia-tools-pipeline/CIN_schema_{year}.xsd": SCHEMA for year in (2023, 2025, 2026)},
    "liia-tools-pipeline/SSDA903_2020_header.csv": TABLE,
    "liia-tools-pipeline/annexa_observed_values_part.csv": NO_CASES,
    "liia-tools/SSDA903_2020_episodes.csv": EPISODES,
    **{f"sfdata-annexa-clean/{name}.xlsx": ANNEX_A for name in ("2015-01-sample", "2016-01-sample", "example-B-2004")},
    **{f"{folder}/README.md": NO_CASES for folder in FOLDERS},
}
REFUSALS = {
    TABLE: "this set of the SSDA903 has no table of episodes",
    SCHEMA: "is not a census: its outermost element is",
    NO_CASES: "is a child's reference; its columns are",
}
RETURNS = {
    **{year: [*sorted((REAL / "cs-demand-model").glob(f"{year}-*.csv"))] for year in ("2017", "2018", "2019")},
    "validator": [*sorted((REAL / "csc-validator-be-903").glob("*.csv"))],
    "of two folders": [
        REAL / "liia-tools" / "SSDA903_2020_episodes.csv",
        REAL / "liia-tools-pipeline" / "SSDA903_2020_header.csv",
    ],
}
WORKBOOKS = sorted((REAL / "sfdata-annexa-clean").glob("*.xlsx"))
AS_AT = date(2016, 1, 31)


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return shell(monkeypatch, capsys, "cases")


def counted(cases: Run, *arguments: Any) -> dict[str, Any]:
    code, out, err = cases(*arguments, "--json")
    assert (code, err) == (0, "")
    answer: dict[str, Any] = json.loads(out)
    return answer


def test_every_published_file_is_known_for_what_it_is() -> None:
    assert {str(path.relative_to(REAL)) for path in REAL.rglob("*") if path.is_file()} == set(WHAT_EACH_IS)


@pytest.mark.parametrize(("name", "what"), WHAT_EACH_IS.items())
def test_a_published_file_is_read_as_what_it_is_or_refused_for_it(name: str, what: str) -> None:
    if what in REFUSALS:
        with pytest.raises(Refused, match=REFUSALS[what]):
            read([REAL / name])
    else:
        assert read([REAL / name]).source == what


@pytest.mark.parametrize("named", RETURNS)
def test_a_published_return_counts_as_a_plain_loop_over_it(cases: Run, named: str) -> None:
    (episodes,) = [path for path in RETURNS[named] if WHAT_EACH_IS[str(path.relative_to(REAL))] == EPISODES]
    answer = counted(cases, *RETURNS[named])
    expected = still_in_care(episodes)
    assert {status: count for status, count in answer["by_status"].items() if count} == expected
    assert (answer["source"], answer["cases"]) == ("ssda903", sum(expected.values()))
    assert answer["rows"] == sum(map(rows_of, RETURNS[named]))
    assert answer["ignored"] == []


def still_in_care(episodes: Path) -> dict[str, int]:
    """By commands.md's rule: a child's latest episode has no end; V3 and V4 are short breaks and not care."""
    children: dict[str, tuple[date, str, str]] = {}
    with episodes.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            started = datetime.strptime(row["DECOM"], "%d/%m/%Y").date()
            before = children.get(row["CHILD"])
            if before is None or started > before[0] or (started == before[0] and (row["DEC"] == "" or before[1])):
                children[row["CHILD"]] = (started, row["DEC"], row["LS"])
    counts: Counter[str] = Counter()
    for _, ended, legal_status in children.values():
        if not ended:
            counts["child_in_need" if legal_status in ("V3", "V4") else "looked_after"] += 1
    return dict(counts)


def rows_of(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return sum(any(row) for row in csv.reader(stream)) - 1


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_a_published_workbook_counts_as_a_plain_loop_over_it(cases: Run, path: Path) -> None:
    answer = counted(cases, path, "--as-at", AS_AT)
    assert answer["by_status"] == plainly_open(path)
    assert answer["rows"] == sum(len(rows) for rows in plain_rows(path).values())
    assert {sheet["sheet"] for sheet in answer["ignored"]} == {
        "Front_Sheet", "FAQ_and_changes", "Guidance", "Codes_used", "List_11",
    }  # fmt: skip


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_a_published_workbook_that_is_filled_in_counts_as_a_plain_loop_over_it(
    cases: Run, path: Path, tmp_path: Path
) -> None:
    filled = fill(path, tmp_path / "filled.xlsx")
    answer = counted(cases, filled, "--as-at", AS_AT)
    assert answer["by_status"] == plainly_open(filled)
    assert min(answer["by_status"].values()) > 0
    assert answer["rows"] == sum(len(rows) for rows in plain_rows(filled).values())


NUMBERS = range(1, 12)
CODES = (
    "a) Looked after child",
    "b) Child Protection plan",
    "c) Child in need plan",
    "d) Open assessment",
    "e) Closed episode",
)


def fill(path: Path, to: Path) -> Path:
    """The published workbook with a hundred invented children typed under its own headers."""
    book = openpyxl.load_workbook(path)
    sheets = {sheet.title.replace(" ", "_"): sheet for sheet in book.worksheets}
    for n in range(100):
        days = {
            "CIN Start Date": date(2015, 3, 1) + timedelta(days=n),
            "Child Protection Plan Start Date": date(2015, 4, 1),
            "Date Started to be Looked After": date(2015, 5, 1),
            "Assessment start date": date(2015, 6, 1),
        }
        child = {"Child Unique ID": 5000 + n, "Age of Child (Years)": n % 18, **days}
        late, past = date(2016, 3, 1), date(2016, 1, 1 + n % 31)
        if n % 11:
            ended = past if n % 5 == 4 else late if n % 7 == 0 else None
            type_in(sheets["List_6"], {**child, "Case status": CODES[n % 5], "CIN Closure Date": ended})
        if n % 5 == 0 or n % 13 == 0:
            legal = "V3" if n % 10 == 0 else "C2"
            left = past if n % 4 == 0 else None
            type_in(sheets["List_8"], {**child, "Child's Legal Status": legal, "Date Ceased to be Looked After": left})
        if n % 5 == 1 or n % 17 == 0:
            type_in(sheets["List_7"], {**child, "Child Protection Plan End Date": past if n % 3 == 0 else None})
        if n % 6 == 0:
            type_in(sheets["List_9"], {**child, "Child Unique ID": 5060 + n})
        if n % 6 == 1:
            done = past if n % 4 == 1 else None
            type_in(sheets["List_2"], {**child, "Child Unique ID": 5070 + n, "Assessment completion date": done})
    book.save(to)
    return to


def type_in(sheet: Any, values: dict[str, Any]) -> None:
    headers = [str(cell.value or "").strip().replace("’", "'") for cell in sheet[2]]
    row = next(n for n in range(3, 1000) if all(cell.value is None for cell in sheet[n]))
    for place, header in enumerate(headers, start=1):
        if values.get(header) is not None:
            sheet.cell(row, place, values[header])


def plain_rows(path: Path) -> dict[int, list[dict[str, Any]]]:
    """The rows of each list that hold anything, by the headers on its second row."""
    lists = {}
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        title = sheet.title.replace(" ", "_")
        if title.startswith("List_"):
            grid = list(sheet.iter_rows(values_only=True))
            headers = [str(value or "").strip().replace("’", "'") for value in grid[1]]
            rows = [dict(zip(headers, row, strict=True)) for row in grid[2:] if any(v is not None for v in row)]
            lists[int(title[5:])] = rows
    assert set(lists) == set(NUMBERS)
    return lists


def plainly_open(path: Path) -> dict[str, int]:
    """commands.md's rule in plain loops."""
    lists = plain_rows(path)
    says: dict[Any, set[str]] = {}
    closed = set()
    words = {"a": "looked_after", "b": "child_protection", "c": "child_in_need", "d": "open_assessment"}
    for row in lists[6]:
        if row["Case status"][0] in words and not over(row["CIN Closure Date"]):
            says.setdefault(row["Child Unique ID"], set()).add(words[row["Case status"][0]])
        else:
            closed.add(row["Child Unique ID"])
    for number, status, end in (
        (8, "looked_after", "Date Ceased to be Looked After"),
        (7, "child_protection", "Child Protection Plan End Date"),
    ):
        for row in lists[number]:
            if not over(row[end]) and row["Child Unique ID"] not in closed:
                found = says.setdefault(row["Child Unique ID"], set())
                if number == 8 and str(row["Child's Legal Status"])[:2] in ("V3", "V4"):
                    found.discard("looked_after")
                    found.add("child_in_need")
                else:
                    found.add(status)
    for row in lists[9]:
        says.setdefault(row["Child Unique ID"], set()).add("care_leaver")
    for row in lists[2]:
        if row["Assessment completion date"] is None:
            says.setdefault(row["Child Unique ID"], set()).add("early_help")
    order = [*words.values(), "care_leaver", "early_help"]
    counts = dict.fromkeys(order, 0)
    for found in says.values():
        counts[min(found, key=order.index)] += 1
    return counts


def over(ended: Any) -> bool:
    return ended is not None and ended.date() <= AS_AT
