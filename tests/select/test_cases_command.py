"""`goldenthread cases`: one JSON document, or words; refusals as sentences on standard error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.select.formats.made_workbooks import ID, STATUS, children, workbook
from tests.select.formats.test_returns import PLAN, census, child
from tests.shell import Run, shell

KEYS = {"source", "as_at", "rows", "cases", "by_status", "by_tag", "by_team", "closed", "faults", "unmapped"}


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command as from the shell; gives exit code, standard output, standard error."""

    return shell(monkeypatch, capsys, "cases")


@pytest.fixture
def annex_a(tmp_path: Path) -> Path:
    rows = [*children(3), {ID: 9, STATUS: "Tier 4"}, {ID: "Total"}, {ID: 5, STATUS: "Closed"}]
    path = tmp_path / "annex-a.xlsx"
    path.write_bytes(workbook({6: rows}))
    return path


def test_the_answer_is_one_document(cases: Run, annex_a: Path) -> None:
    code, out, err = cases(annex_a, "--json", "--as-at", "2024-06-30")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert set(answer) >= KEYS
    assert {key: answer[key] for key in ("source", "as_at", "rows", "cases", "closed")} == {
        "source": "annex_a",
        "as_at": "2024-06-30",
        "rows": 6,
        "cases": 3,
        "closed": 1,
    }
    assert answer["unmapped"] == [{"field": "status", "value": "Tier 4", "count": 1}]
    assert answer["faults"] == [
        {
            "file": "annex-a.xlsx",
            "sheet": "List_6",
            "row": 7,
            "column": "Child Unique ID",
            "value": "Total",
            "message": "This row has no Child Unique ID, so it is not counted as a child.",
        }
    ]


def test_a_mapping_says_what_the_values_mean(cases: Run, annex_a: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"status": {"Tier 4": "looked_after"}}')
    answer = json.loads(cases(annex_a, "--json", "--mapping", mapping)[1])
    assert (answer["cases"], answer["by_status"]["looked_after"], answer["unmapped"]) == (4, 1, [])


def test_the_kind_says_whose_files_the_lines_are(cases: Run, tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text("Staff Number,Name,Team,Supervisor\n7,Ada Ash,Duty,Bea\n8,Cy Cole,Court,Bea\n")
    answer = json.loads(cases(staff, "--json", "--kind", "supervision_file")[1])
    assert (answer["kind"], answer["cases"], answer["by_status"], answer["by_team"]) == (
        "supervision_file", 2, {"supervision_file": 2}, {"Court": 1, "Duty": 1},
    )  # fmt: skip
    assert "2 rows, 2 staff," in cases(staff, "--kind", "supervision_file")[1]
    code, out, err = cases(staff, "--json", "--kind", "carer_file")
    assert (code, out) == (1, "")
    assert err == "No table of staff.csv has a column 'Carer reference', which says whose file each is.\n"


def test_a_kind_that_is_none_is_wrong_usage(cases: Run, annex_a: Path) -> None:
    code, out, err = cases(annex_a, "--kind", "diary")
    assert (code, out) == (2, "")
    assert "invalid choice: 'diary'" in err


def test_other_sources_are_held_against_the_list_one_by_one(cases: Run, annex_a: Path, tmp_path: Path) -> None:
    returned = tmp_path / "census.xml"
    returned.write_bytes(census(child("1001", PLAN), child("77", PLAN)))
    answer = json.loads(cases(annex_a, returned, "--json", "--as-at", "2024-06-30")[1])
    assert (answer["source"], answer["kind"], answer["cases"]) == ("annex_a", "case_file", 3)
    assert answer["cross_checks"] == [
        {
            "source": "cin_census",
            "both": 1,
            "missing": ["77"],
            "extra": ["1002", "1003"],
            "disagree": [["1001", "child_in_need", "child_protection"]],
        }
    ]
    said = "Against cin_census: 1 open in both, 1 only there, 2 only here, 1 with another status."
    assert said in " ".join(cases(annex_a, returned, "--as-at", "2024-06-30")[1].split())


def test_in_words_the_counts_and_every_fault_are_shown(cases: Run, annex_a: Path) -> None:
    code, out, err = cases(annex_a)
    assert (code, err) == (0, "")
    for said in ("6 rows, 3 open children", "child_in_need", "Tier 4", "List_6, row 7, Child Unique ID"):
        assert said in out


def test_what_stands_in_a_file_is_not_read_as_markup(cases: Run, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("Child ID,Status\n1,[red]Tier[/red]\n")
    assert "[red]Tier[/red]" in cases(path)[1]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "m.json is not JSON: "),
        ("[]", 'm.json must be of the form {"status": {"their word": "looked_after"}}.'),
        ('{"status": ["x"]}', 'm.json must be of the form {"status": {"their word": "looked_after"}}.'),
        ('{"surname": {}}', "m.json maps 'surname', which is not one of "),
        ('{"status": {"X": "lost"}}', "m.json maps 'X' to 'lost', which is not a status."),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(
    cases: Run, annex_a: Path, tmp_path: Path, content: str, sentence: str
) -> None:
    mapping = tmp_path / "m.json"
    mapping.write_text(content)
    code, out, err = cases(annex_a, "--mapping", mapping)
    assert (code, out) == (1, "")
    assert err.startswith(sentence)


def test_a_file_that_cannot_be_read_is_one_sentence(cases: Run, tmp_path: Path) -> None:
    assert cases(tmp_path / "none.xlsx") == (1, "", "none.xlsx cannot be read: no such file or directory.\n")


def test_a_date_that_is_none_is_wrong_usage(cases: Run, annex_a: Path) -> None:
    code, out, err = cases(annex_a, "--as-at", "soon")
    assert (code, out) == (2, "")
    assert "'soon' is not a date such as 2024-03-31" in err
