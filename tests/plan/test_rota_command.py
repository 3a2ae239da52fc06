"""`goldenthread rota PROBLEM.json`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.shell import Run, shell

pytestmark = pytest.mark.slow

PROBLEM: dict[str, Any] = {
    "people": [
        {"id": "grace", "name": "Grace Adewole", "posts": ["independent_reviewing_officer"], "away": ["2026-05-14"]},
        {"id": "tom", "name": "Tom Reed", "posts": ["independent_reviewing_officer"], "weight": 0.5},
    ],
    "groups": [
        {"id": "cp", "name": "Child protection", "seats": {"independent_reviewing_officer": 1}},
        {"id": "duty", "name": "Frontline duty", "seats": {"independent_reviewing_officer": 1}},
    ],
    "sessions": [
        {"id": "cp-1", "group": "cp", "date": "2026-05-14"},
        {"id": "duty-1", "group": "duty", "date": "2026-06-25"},
        {"id": "duty-2", "group": "duty", "date": "2026-05-14"},
    ],
    "already": [{"session": "duty-2", "post": "independent_reviewing_officer", "person": "tom"}],
}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command as from the shell; gives exit code, standard output, standard error."""

    return shell(monkeypatch, capsys, "rota")


@pytest.fixture
def problem_json(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(PROBLEM), encoding="utf-8")
    return path


def test_the_answer_has_the_promised_keys(run: Run, problem_json: Path) -> None:
    code, out, err = run(problem_json, "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer["status"] == "optimal"
    assert answer["seats"] == [
        {"session": "duty-2", "post": "independent_reviewing_officer", "person": "tom"},
        {"session": "duty-1", "post": "independent_reviewing_officer", "person": "grace"},
    ]
    [unfilled] = answer["unfilled"]
    assert (unfilled["session"], unfilled["post"]) == ("cp-1", "independent_reviewing_officer")
    assert unfilled["why"].startswith(
        "No independent reviewing officer is free on 14 May 2026: Grace Adewole is away and Tom Reed sits in "
        "Frontline duty."
    )
    assert answer["load"] == {"grace": 1, "tom": 1}
    assert answer["bound"] == answer["objective"] > 0


def test_the_words_name_each_session_its_seats_and_what_would_fill_the_empty_ones(run: Run, problem_json: Path) -> None:
    code, out, err = run(problem_json)
    assert (code, err) == (0, "")
    assert out == (
        "14/05/2026  Child protection\n"
        "  independent reviewing officer: (empty)\n"
        "  No independent reviewing officer is free on 14 May 2026: Grace Adewole is away and Tom Reed sits in "
        "Frontline duty. That day 2 independent reviewing officer seats have one person who could take them. "
        "Moving the session to 15 May 2026 frees two: Grace Adewole and Tom Reed.\n\n"
        "14/05/2026  Frontline duty\n"
        "  independent reviewing officer: Tom Reed\n\n"
        "25/06/2026  Frontline duty\n"
        "  independent reviewing officer: Grace Adewole\n\n"
        "Seats of each person, of a fair share:\n"
        "  Grace Adewole    1 of 1.0\n"
        "  Tom Reed         1 of 1.0\n\n"
        "2 seats filled, 1 empty, 0 moved, 0 twice running in a group. No rota is better: this is proven.\n"
    )


def test_each_fault_is_a_sentence_and_exit_1(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "problem.json"
    wrong = PROBLEM | {"sessions": [{"id": "1", "group": "cp", "date": "soon"}, {"id": "2", "date": "2026-05-14"}]}
    path.write_text(json.dumps(wrong), encoding="utf-8")
    code, out, err = run(path, "--json")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "sessions[0].date: “soon” is given, a date as 2026-05-04 is expected.",
        "sessions[1]: “group” is missing.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "is not JSON: line 1, column 2: Expecting property name enclosed in double quotes."),
        (b"\xff\xfe\x00", "is not text in UTF-8."),
        (b"[" * 100_000, "is not a rota's problem: it is nested too deeply."),
        (b'{"people": [' + b"9" * 5_000 + b"]}", "holds a number too long to read."),
    ],
)
def test_what_is_not_json_is_refused(run: Run, tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(content)
    assert run(path) == (1, "", f"{path} {sentence}\n")


def test_a_file_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    assert run(path) == (1, "", f"{path} cannot be read: No such file or directory.\n")


def test_wrong_usage_is_exit_2(run: Run) -> None:
    assert run()[0] == 2


def test_nothing_but_the_document_and_the_same_whatever_order_hashes_have(problem_json: Path) -> None:
    """In processes of their own: what a solver prints by itself, and the order of sets, would show."""
    command = [Path(sys.executable).with_name("goldenthread"), "rota", problem_json, "--json"]
    said = {
        subprocess.run(
            command, check=True, capture_output=True, text=True, env=os.environ | {"PYTHONHASHSEED": seed}
        ).stdout
        for seed in "123"
    }
    assert len(said) == 1
    assert json.loads(said.pop())["status"] == "optimal"
