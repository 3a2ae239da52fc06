"""A template from disk: a folder and a workbook say the same, and what is neither is refused in a sentence."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from django.core.management import call_command
from msoffcrypto.format.ooxml import OOXMLFile

from goldenthread.framework.template_files import SHIPPED, rows_in, template_in
from goldenthread.method.refusal import Refused
from goldenthread.method.template import template_source

CASE_FILE = SHIPPED / "case_file"
SHEETS = ("survey", "choices", "settings")


def refusal_of(path):
    with pytest.raises(Refused) as refusal:
        template_in(path)
    return str(refusal.value)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "ours"
    made.mkdir()
    for sheet in SHEETS:
        (made / f"{sheet}.csv").write_bytes((CASE_FILE / f"{sheet}.csv").read_bytes())
    return made


@pytest.fixture
def book():
    made = openpyxl.Workbook()
    made.remove(made.active)
    for sheet in SHEETS:
        written = made.create_sheet(sheet)
        with (CASE_FILE / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                written.append(row)
    return made


def saved(book, path):
    book.save(path)
    return path


def test_a_folder_and_a_workbook_give_the_same_template(book, tmp_path):
    assert template_in(saved(book, tmp_path / "ours.xlsx")) == template_in(CASE_FILE)


def test_numbers_truths_and_dates_of_a_workbook_are_read_as_the_text_they_show(book, tmp_path):
    book["settings"]["C2"] = 4
    book["survey"]["E6"] = True
    rows = rows_in(saved(book, tmp_path / "ours.xlsx"))
    assert (rows.settings[0]["version"], rows.survey[4]["required"]) == ("4", "yes")


def test_a_fault_in_a_workbook_is_told_at_the_row_the_spreadsheet_shows(book, tmp_path):
    book["survey"].insert_rows(4)
    book["survey"]["F7"] = "${nobody} = 1"
    assert refusal_of(saved(book, tmp_path / "ours.xlsx")) == (
        "ours.xlsx, sheet survey, row 7, column relevant: “${nobody} = 1” asks about “nobody”, which is neither an "
        "earlier question nor a case fact."
    )


def test_a_missing_sheet_is_named(book, tmp_path):
    del book["choices"]
    assert refusal_of(saved(book, tmp_path / "ours.xlsx")) == (
        "ours.xlsx: has no sheet choices; its sheets are survey, settings."
    )


def test_a_missing_file_of_a_folder_is_named(folder):
    (folder / "settings.csv").unlink()
    assert refusal_of(folder) == (
        "ours/settings.csv: is missing; a template's folder has survey.csv, choices.csv and settings.csv."
    )


def test_a_file_that_is_not_utf_8_is_told_at_its_row(folder):
    (folder / "choices.csv").write_bytes(b"list_name,name,label\ngrades,good,G\xf6od\n")
    assert refusal_of(folder) == "ours/choices.csv, row 2: is not UTF-8 text; save it as “CSV UTF-8”."


def test_a_cell_under_no_heading_is_told(folder):
    (folder / "settings.csv").write_text("form_title,form_id,version\nAudit,ours,1,more\n", encoding="utf-8")
    assert refusal_of(folder) == "ours/settings.csv, row 2: “more” stands under no column name."


def test_a_column_given_twice_is_told(folder):
    (folder / "settings.csv").write_text("version,form_id,version\n1,ours,2\n", encoding="utf-8")
    assert refusal_of(folder) == "ours/settings.csv, row 1: has the column version twice."


def test_broken_quotes_are_told(folder):
    (folder / "settings.csv").write_text('form_title\n"Audit" of\n', encoding="utf-8")
    assert refusal_of(folder).startswith("ours/settings.csv: cannot be read as CSV (")


def test_a_byte_order_mark_as_excel_writes_it_is_no_part_of_the_first_column(folder):
    settings = folder / "settings.csv"
    settings.write_bytes(b"\xef\xbb\xbf" + settings.read_bytes())
    assert template_in(folder).key == "case_file"


def test_what_is_not_there_or_of_another_kind_is_said(tmp_path):
    (tmp_path / "notes.docx").write_bytes(b"PK")
    assert refusal_of(tmp_path / "gone") == f"{tmp_path / 'gone'}: there is no such file or folder."
    assert refusal_of(tmp_path / "notes.docx") == (
        "notes.docx: is not a template file; expected a workbook (.xlsx), or a folder with survey.csv, choices.csv and "
        "settings.csv."
    )


def test_a_password_protected_workbook_is_refused(book, tmp_path):
    plain = io.BytesIO()
    book.save(plain)
    with (tmp_path / "ours.xlsx").open("wb") as locked:
        OOXMLFile(plain).encrypt("secret", locked)
    assert refusal_of(tmp_path / "ours.xlsx") == (
        "ours.xlsx: is protected with a password or of the old .xls kind; save it as a plain .xlsx."
    )


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 cut short"])
def test_what_only_bears_the_name_of_a_workbook_is_refused(content, tmp_path):
    (tmp_path / "ours.xlsx").write_bytes(content)
    assert refusal_of(tmp_path / "ours.xlsx") == (
        "ours.xlsx: is not an .xlsx workbook we can open, whatever its name says."
    )


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "ours.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusal_of(tmp_path / "ours.xlsx") == "ours.xlsx: is damaged and cannot be opened; save it again and retry."


def test_a_workbook_larger_than_any_template_is_refused_unread(tmp_path):
    (tmp_path / "ours.xlsx").write_bytes(bytes(5 * 2**20 + 1))
    assert refusal_of(tmp_path / "ours.xlsx") == "ours.xlsx: is larger than 5 MB, more than any template needs."


def test_a_file_that_cannot_be_opened_says_why(monkeypatch, folder):
    def closed(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", closed)
    assert refusal_of(folder) == "ours: cannot be opened (Permission denied)."


def test_two_hundred_megabytes_of_zeros_are_refused_unread(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "ours.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as member,
    ):
        for _ in range(200):
            member.write(bytes(2**20))
    assert refusal_of(tmp_path / "ours.xlsx") == "ours.xlsx: would unpack to more than 40 MB, and is no template."


def test_a_single_cell_in_the_last_corner_is_refused_before_it_fills_the_memory(book, tmp_path):
    book["survey"]["XFD1048576"] = "here"
    assert refusal_of(saved(book, tmp_path / "ours.xlsx")) == (
        "ours.xlsx: has cells far outside any template; copy what you need into a new workbook."
    )


def test_more_rows_than_any_template_has_are_refused(folder):
    (folder / "choices.csv").write_text("name\n" * 2001, encoding="utf-8")
    assert refusal_of(folder) == "ours/choices.csv: has more than 2000 rows or 60 columns, and is no template."


def test_the_kept_form_of_the_template_holds_every_word_of_its_files():
    rows = rows_in(CASE_FILE)
    words = sum(len(text.split()) for sheet in rows for row in sheet for text in row.values())
    kept = template_source(*rows)
    assert sum(len(text.split()) for sheet in kept.values() for row in sheet for text in row.values()) == words


# --- the command --------------------------------------------------------------------------------------


def test_the_command_says_a_template_in_plain_words(capsys):
    call_command("template", "check", str(CASE_FILE))
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:6] == [
        "60 questions: 48 judged, 12 of compliance.",
        "",
        "The child's record and chronology",
        "  1. Is the child's record complete and up to date? [yes, partly, no or not applicable]",
        "  2. Does the chronology show what happened and why it mattered to the child? [yes, partly, no or not "
        "applicable]",
    ]
    assert "Front door decision (only where status is “open_assessment”)" in lines
    assert " 20. When was the plan last reviewed? [date; may stay empty]" in lines


def test_the_command_gives_one_json_document(capsys):
    call_command("template", "check", str(CASE_FILE), "--json")
    answer = json.loads(capsys.readouterr().out)
    assert (answer["key"], answer["questions"], len(answer["sections"])) == ("case_file", 60, 12)
    assert answer["sections"][0]["questions"][1] == {
        "number": 2,
        "name": "chronology",
        "kind": "yes_no",
        "label": "Does the chronology show what happened and why it mattered to the child?",
        "required": True,
        "judged": True,
        "only_where": "",
        "choices": ["yes", "partly", "no", "not_applicable"],
        "outcomes": ["stay_safe"],
        "regional_point": "chronology",
        "early_help": False,
        "role": "",
    }


def test_the_command_exits_1_with_a_sentence_for_each_fault(folder, capsys):
    (folder / "settings.csv").write_text("form_title,form_id\nAudit,our audit\n", encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        call_command("template", "check", str(folder))
    said = capsys.readouterr()
    assert (left.value.code, said.out) == (1, "")
    assert said.err.splitlines() == [
        "ours, sheet settings, row 2, column version: is empty, and must not be.",
        "ours, sheet settings, row 2, column form_id: “our audit” is not a name; expected letters, digits and _, a "
        "letter first, at most 60.",
    ]
