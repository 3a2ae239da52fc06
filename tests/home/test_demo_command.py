from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell import shell

pytestmark = pytest.mark.slow

SMALL = ["--as-at", "2026-11-23", "--scale", "0.1"]
FILES = [
    "annex-a-template.xlsx",
    "annex-a-plain.xlsx",
    "annex-a-pivot.xlsx",
    "annex-a-csv",
    "extract.csv",
    "people.csv",
    "README.txt",
]


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    return shell(monkeypatch, capsys, "demo")(*words)


def test_demo_writes_its_files_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = run(monkeypatch, capsys, "--out", str(tmp_path), *SMALL, "--json")
    answer = json.loads(out)

    assert (code, err) == (0, "")
    assert (answer["council"], answer["seed"], answer["as_at"]) == ("Ambermere Council", 2009, "2026-11-23")
    assert (answer["cases"], sum(answer["by_status"].values()), answer["files"]) == (230, 230, FILES)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)


def test_demo_says_that_all_is_invented(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(monkeypatch, capsys, "--out", str(tmp_path), *SMALL)

    assert "Everything in this folder is invented." in (tmp_path / "README.txt").read_text(encoding="utf-8")


def test_demo_writes_the_same_files_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("one", "two"):
        run(monkeypatch, capsys, "--out", str(tmp_path / name), *SMALL)
    one, two = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "one", tmp_path / "two")
    )

    assert one == two


def test_demo_refuses_a_folder_that_is_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")

    assert run(monkeypatch, capsys, "--out", str(tmp_path / "taken"), *SMALL) == (
        1,
        "",
        f"{tmp_path / 'taken'} cannot be written: File exists.\n",
    )


@pytest.mark.parametrize("words", [[], ["--out", "x", "--as-at", "23/11/2026"], ["--out", "x", "--scale", "0"]])
def test_demo_used_wrongly_is_exit_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    code, out, err = run(monkeypatch, capsys, *words)

    assert (code, out, "Traceback" in err) == (2, "", False)


def test_a_database_without_tables_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    run = subprocess.run(
        [sys.executable, "-c", "from goldenthread.config.command_line import main; main()", "demo", "--load"],
        env=environment | {"GOLDENTHREAD_DATA": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (run.returncode, run.stderr) == (
        1, "The database does not have this version’s tables yet: run `goldenthread migrate` first.\n",
    )  # fmt: skip
