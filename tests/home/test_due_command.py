from __future__ import annotations

import json

import pytest

from tests.shell import shell


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    return shell(monkeypatch, capsys, "due")(*words)


def test_due_says_the_day_as_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(monkeypatch, capsys, "2026-12-18", "--days", "10", "--json")

    assert (code, json.loads(out), err) == (
        0,
        {"due": "2027-01-06", "weekday": "Wednesday", "start": "2026-12-18", "days": 10, "kind": "working"},
        "",
    )


def test_due_says_the_day_in_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, capsys, "2026-12-18", "--days", "1", "--kind", "calendar") == (
        0,
        "Saturday 19 December 2026: 1 calendar day after 2026-12-18\n",
        "",
    )


def test_due_refuses_years_it_does_not_know(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, capsys, "1999-12-31", "--days", "1") == (
        1,
        "",
        "1999-12-31 is outside the years whose bank holidays are known here, 2007 to 2040.\n",
    )


@pytest.mark.parametrize(
    "words",
    [["18/12/2026", "--days", "10"], ["2026-12-18"], ["2026-12-18", "--days", "-1"], ["2026-12-18", "--days", "x"]],
)
def test_due_used_wrongly_is_exit_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    code, out, err = run(monkeypatch, capsys, *words)

    assert (code, out, "Traceback" in err) == (2, "", False)
