"""A template from disk: a folder and a workbook say the same, and what is neither is refused in a sentence."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from contextlib import suppress
from random import Random

import openpyxl
import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from pyxform.xls2xform import convert as pyxform_convert

from goldenthread.framework.management.commands.template import KIND_WORDS
from goldenthread.framework.template_files import SHIPPED, rows_in, template_in, to_workbook, workbook_rows
from goldenthread.method.refusal import Refused
from goldenthread.method.template import COLUMNS, KINDS, read_template, template_source

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
    assert lines[1:7] == [
        "60 questions: 48 judged, 12 of compliance.",
        "",
        "The child's record and chronology",
        "  1. Is the child's record complete and up to date? [yes, partly, no or not applicable]",
        "       where the answer include “no”, suggests to practitioner: Bring the child’s record up to date: "
        "household, school, GP, legal status and the last visits.",
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
        "accepted_where": "",
        "worked_out_as": "",
        "task": "Write a chronology of what happened and what each event meant for the child.",
        "task_for": "practitioner",
        "task_where": "the answer include “no”",
    }


def test_the_command_says_what_is_worked_out_and_which_tasks_are_suggested(folder, capsys):
    rows = (
        "type,name,label,calculation,task_if,task",
        "begin_group,own,Your own view,,,",
        "begin_group,visits,Visits,,,",
        "integer,planned,Visits planned,,,",
        "integer,made,Visits made,,. < ${planned},Say when the visits will be made.",
        "calculate,gap,,${planned} - ${made},,",
        "end_group,,,,,",
        "end_group,,,,,",
    )
    (folder / "survey.csv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "settings.csv").write_text("form_title,form_id,version,instrument\nYours,own,1,part\n", encoding="utf-8")
    call_command("template", "check", str(folder))
    assert capsys.readouterr().out.splitlines()[1:] == [
        "2 questions: 0 judged, 2 of compliance.",
        "For a part of an audit: no grade of the audit is asked.",
        "",
        "Your own view",
        "     Visits [heading]",
        "  1. Visits planned [whole number; may stay empty]",
        "  2. Visits made [whole number; may stay empty]",
        "       where the answer is less than planned, suggests to practitioner: Say when the visits will be made.",
        "     gap [worked out]",
        "       = planned minus made",
    ]


def test_every_kind_of_question_has_words():
    assert set(KIND_WORDS) == set(KINDS.values())


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


# --- as spreadsheets leave them -----------------------------------------------------------------------


def touched(book, tmp_path):
    return template_in(saved(book, tmp_path / "ours.xlsx"))


def test_formats_of_blank_cells_and_rows_up_to_the_sheets_end_mean_nothing(book, tmp_path):
    for cell in ("XFD3", "A1048576", "CA12", "C90000"):
        book["survey"][cell].font = Font(bold=True)
        book["choices"][cell] = None
    book["choices"]["Z40"] = "  "
    assert touched(book, tmp_path) == template_in(CASE_FILE)


@pytest.mark.parametrize("cell", ["A2000", "BI2", "AAA1", "A99999", "XFD1"])
def test_a_cell_that_holds_anything_far_outside_is_refused(cell, book, tmp_path):
    book["survey"][cell] = "here"
    with pytest.raises(Refused, match="has cells far outside any template"):
        touched(book, tmp_path)


def test_a_row_that_only_says_where_it_is_far_outside_is_refused(book, tmp_path):
    path = saved(book, tmp_path / "ours.xlsx")
    with zipfile.ZipFile(path) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    far = b'<row r="1048576"><c s="0"></c><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    members["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", far)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    with pytest.raises(Refused, match="has cells far outside any template"):
        template_in(path)


def test_the_case_and_the_spaces_of_headings_and_of_sheets_mean_nothing(book, tmp_path):
    for sheet in SHEETS:
        for cell in book[sheet][1]:
            cell.value = f" {cell.value.replace('_', ' ').title()} "
        book[sheet].title = f" {sheet.upper()}"
    assert touched(book, tmp_path) == template_in(CASE_FILE)


def test_words_partly_in_bold_are_read_whole(book, tmp_path):
    label = book["survey"]["C6"].value
    book["survey"]["C6"] = CellRichText(label[:10], TextBlock(InlineFont(b=True), label[10:]))
    assert touched(book, tmp_path) == template_in(CASE_FILE)


def test_truths_and_numbers_are_read_as_what_they_say(book, tmp_path):
    for cell in book["survey"]["E"][1:]:
        cell.value = True if cell.value == "yes" else None
    book["settings"]["C2"] = 1.0
    assert touched(book, tmp_path) == template_in(CASE_FILE)


def test_another_sheet_hidden_or_not_means_nothing(book, tmp_path):
    book.create_sheet("notes")["A1"] = "Ask Priya about row 12"
    book["notes"].sheet_state = "hidden"
    book["settings"].sheet_state = "hidden"
    assert touched(book, tmp_path) == template_in(CASE_FILE)


def test_a_template_in_one_named_language_is_read(book, tmp_path):
    for sheet, cell in (("survey", "C1"), ("survey", "D1"), ("choices", "C1")):
        book[sheet][cell] = f"{book[sheet][cell].value}::English (en)"
    book["survey"]["T1"] = "label::Polski (pl)"
    assert touched(book, tmp_path) == template_in(CASE_FILE)


def test_a_template_in_two_languages_is_refused_by_their_names(book, tmp_path):
    book["survey"]["C1"] = "label::English (en)"
    book["choices"]["C1"] = "label::Polski (pl)"
    assert refusal_of(saved(book, tmp_path / "ours.xlsx")) == (
        "ours.xlsx: is written in English (en) and Polski (pl); a template is in one language, so leave out the rest."
    )


def test_every_fault_of_the_shape_is_told_at_once(book, tmp_path):
    book["survey"]["T7"] = "stray"
    book["settings"]["D1"], book["settings"]["D2"] = "version", "2"
    book["choices"]["F3"] = "stray"
    assert refusal_of(saved(book, tmp_path / "ours.xlsx")).splitlines() == [
        "ours.xlsx, sheet survey, row 7: “stray” stands under no column name.",
        "ours.xlsx, sheet choices, row 3: “stray” stands under no column name.",
        "ours.xlsx, sheet settings, row 1: has the column version twice.",
    ]


def test_curved_quotation_marks_of_a_spreadsheet_are_told(book, tmp_path):
    book["survey"]["F19"] = "${status} = ‘open_assessment’"
    told = refusal_of(saved(book, tmp_path / "ours.xlsx"))
    assert "has a curved quotation mark; write straight ones, as in 'yes'." in told


# --- and back -----------------------------------------------------------------------------------------


def folders():
    return sorted(folder for folder in SHIPPED.iterdir() if (folder / "survey.csv").exists())


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_template_that_is_written_as_a_workbook_reads_back_the_same(folder):
    source = template_source(*rows_in(folder))
    back = workbook_rows("back.xlsx", to_workbook(source))
    assert template_source(*back) == source
    assert read_template(*back) == template_in(folder)


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_another_program_of_xlsform_takes_what_is_written(folder, tmp_path):
    path = tmp_path / f"{folder.name}.xlsx"
    path.write_bytes(to_workbook(template_source(*rows_in(folder))))
    compiled = pyxform_convert(path).xform
    assert [name for name in template_in(folder).questions if f"/{name}" not in compiled] == []


# --- mutilated ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_mutilated_workbooks_are_read_or_refused_and_nothing_else(seed):
    whole = to_workbook(template_source(*rows_in(CASE_FILE)))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chance = Random(seed)
    for _ in range(40):
        name = chance.choice([*members, "whole"])
        wrong = mutilated(whole if name == "whole" else members[name], chance)
        data = wrong if name == "whole" else zipped({**members, name: wrong})
        with suppress(Refused):
            read_template(*workbook_rows("wrong.xlsx", data))


def mutilated(content, chance):
    at, length = chance.randrange(len(content)), chance.randrange(1, 40)
    ways = [
        content[:at],
        content[:at] + content[at + length :],
        content[:at] + bytes(chance.randrange(256) for _ in range(length)) + content[at + length :],
        content[:at] + content[at : at + length] * 30 + content[at + length :],
    ]
    return chance.choice(ways)


def zipped(members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


@given(st.data())
def test_cells_of_any_text_are_read_or_refused_with_their_place(data):
    rows = [dict(row) for row in rows_in(CASE_FILE).survey]
    row = data.draw(st.sampled_from(rows))
    column = data.draw(st.sampled_from(COLUMNS["survey"]))
    words = st.sampled_from(["${status}", "'yes'", "=", "and", "(", ")", "selected(", ",", ".", "no", "1", "${nobody}"])
    row[column] = data.draw(st.text(max_size=30) | st.lists(words, max_size=8).map(" ".join))
    shipped = rows_in(CASE_FILE)
    assert [one for one in faults_of(rows, shipped) if not one.startswith("ours.xlsx, sheet survey")] == []


def faults_of(rows, shipped):
    try:
        read_template(rows, shipped.choices, shipped.settings, "ours.xlsx")
    except Refused as refusal:
        return refusal.sentences
    return ()
