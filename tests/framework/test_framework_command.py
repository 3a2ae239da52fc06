"""`goldenthread framework check` says a framework in plain words, or each fault; never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from goldenthread.config.command_line import main

KNOWSLEY = Path(__file__).parents[2] / "frameworks" / "knowsley_2009.toml"


def refused(file: Path | str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What is said on standard error by a check that ends with exit 1 and says nothing on standard output."""
    with pytest.raises(SystemExit) as ended:
        call_command("framework", "check", str(file))
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (1, "")
    return err.splitlines()


@pytest.mark.parametrize("file", sorted(KNOWSLEY.parent.glob("*.toml")), ids=lambda file: file.stem)
def test_every_framework_in_the_repository_is_sound(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("framework", "check", str(file), "--json")

    assert json.loads(capsys.readouterr().out)["framework"]["key"] == file.stem


def test_it_says_the_framework_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("framework", "check", str(KNOWSLEY))
    page = capsys.readouterr().out.splitlines()

    assert page[0] == "File Audit Framework, version 1 (knowsley_2009)"
    assert "- 8 people × 5 files × 4 sessions each are 160 files a year; the target is 120, 40 fewer." in page


def test_the_json_document_holds_the_rules_and_what_they_imply(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("framework", "check", str(KNOWSLEY), "--json")
    answer = json.loads(capsys.readouterr().out)

    assert (sorted(answer), answer["file"], answer["framework"]["seats"][4], answer["framework"]["in_force_from"]) == (
        ["file", "framework", "implied", "words"],
        "knowsley_2009.toml",
        {"posts": ["senior_practitioner", "social_worker"], "number": 2},
        "2009-11-01",
    )
    assert answer["implied"] == {
        "target": 120,
        "files_by_the_targets_sum": 160,
        "seats": 7,
        "people_by_the_targets_sum": 8,
        "sessions_a_year": 8.67,
        "capacity": 910,
        "people_a_group": 16,
        "owed": 120,
    }


def test_each_fault_is_a_line_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ours.toml"
    text = KNOWSLEY.read_text(encoding="utf-8")
    file.write_text(text.replace("files_a_day = 5", "files_a_day = 0").replace("round_to = 5", "round_to = 0"))

    assert [line.split(", ")[2] for line in refused(file, capsys)] == [
        "target.files_a_day: 0 is given",
        "protection.round_to: 0 is given",
    ]


def test_a_file_saved_by_windows_notepad_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes(b"\xef\xbb\xbf" + KNOWSLEY.read_bytes().replace(b"\n", b"\r\n"))
    call_command("framework", "check", str(file))

    assert capsys.readouterr().out.startswith("File Audit Framework, version 1")


def test_a_missing_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "none.toml"

    assert refused(file, capsys) == [f"{file}: there is no such file."]


def test_a_folder_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(tmp_path, capsys) == [f"{tmp_path}: this is a folder, a framework file (.toml) is expected."]


def test_a_name_no_file_can_have_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused("a" * 5000, capsys) == [f"{'a' * 5000}: this cannot be opened (File name too long)."]


def test_a_file_that_is_not_utf_8_is_one_sentence_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes('key = "a"\ntitle = "Café"\n'.encode("cp1252"))

    assert refused(file, capsys) == [
        f"{file}, line 2: this is not UTF-8 text, a framework file (.toml) is expected.",
    ]


def test_a_file_that_is_not_toml_is_one_sentence_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ours.toml"
    file.write_text("We audit\nas we see fit.\n")

    assert refused(file, capsys) == [
        "ours.toml, line 1, column 4: this is not TOML: Expected '=' after a key in a key/value pair.",
    ]


def test_a_huge_file_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes(b"#" * (1024 * 1024 + 1))

    assert refused(file, capsys) == [f"{file}: this is larger than 1 MB, a framework file of a few pages is expected."]


def test_another_action_is_wrong_usage(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["goldenthread", "framework", "burn", str(KNOWSLEY)])
    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 2
