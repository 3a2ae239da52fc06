"""A template written in a spreadsheet, imported, audited with and revised: the old audit stays as it was."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from goldenthread.audit.models import Audit
from goldenthread.framework.models import Correspondence, TemplateVersion
from tests import make
from tests.journeys.keyboard import Keyboard
from tests.journeys.walking import already_in, arrived, downloaded, follow, press, refused, told

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("PICTURES", "")  # a folder: the guide's pictures are made anew there

SURVEY = [
    ["type", "name", "label", "hint", "required", "relevant", "role"],
    ["begin_group", "seen", "Seeing the child", "The last three visits.", None, None, None],
    ["select_one yes_no", "seen_alone", "Was the child seen alone?", None, "yes", None, None],
    ["text", "said", "What did the child say?", "In the child's words.", "yes", "${status} = 'child_in_need'", None],
    ["text", "carer", "What did the carers say?", None, None, "${status} = 'looked_after'", None],
    ["select_one grades", "seen_grade", "How well is the child seen?", None, None, None, "section_grade"],
    ["text", "seen_rationale", "Why this grade?", None, None, None, "section_rationale"],
    ["end_group", "seen", None, None, None, None, None],
    ["begin_group", "overall", "Overall judgement", None, None, None, None],
    ["select_one grades", "overall_grade", "What is your overall grade?", None, None, None, "overall_grade"],
    ["text", "overall_rationale", "Why this overall grade?", None, None, None, "overall_rationale"],
    ["end_group", "overall", None, None, None, None, None],
]
CHOICES = [
    ["list_name", "name", "label"],
    *(["yes_no", name, label] for name, label in [("yes", "Yes"), ("partly", "Partly"), ("no", "No")]),
    *(
        ["grades", name, label]
        for name, label in [
            ("outstanding", "Outstanding"), ("good", "Good"),
            ("requires_improvement", "Requires improvement to be good"), ("inadequate", "Inadequate"),
        ]
    ),
]  # fmt: skip


def workbook(folder: Path, name: str, survey: list[list[str | None]]) -> Path:
    """The workbook as a spreadsheet program saves it."""
    book = openpyxl.Workbook()
    sheets = {"survey": survey, "choices": CHOICES}
    sheets["settings"] = [["form_title", "form_id", "version"], ["Our file audit", "case_file", 2]]
    del book["Sheet"]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / name)
    return folder / name


def changed(**cells: tuple[str, str]) -> list[list[str | None]]:
    """The survey with one cell of some rows changed: row's name → (column, what stands there)."""
    rows = [list(row) for row in SURVEY]
    for row in rows:
        if row[1] in cells and row[0] != "end_group":
            column, text = cells[row[1]]
            row[SURVEY[0].index(column)] = text
    return rows


def test_a_template_is_written_imported_audited_with_and_revised(page: Page, tmp_path: Path) -> None:
    here = make.council()
    already_in(page, here.maya)
    find_what_is_wrong(page, tmp_path)
    import_it(page, tmp_path)
    audit = make.audit()
    already_in(page, make.auditor_of(audit))
    audit_with_it(page, audit)
    read = as_read(page, audit)
    already_in(page, here.maya)
    revise_it(page, tmp_path)
    follow_the_question(page)
    take_both_home(page, tmp_path)
    already_in(page, make.auditor_of(audit))
    assert as_read(page, audit) == read


def pictured(page: Page, name: str) -> None:
    if PICTURES:
        page.set_viewport_size({"width": 1280, "height": 1300})
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def choose(page: Page, path: Path) -> None:
    page.get_by_label("Template file").set_input_files(path)
    press(page, "Check and preview")


def find_what_is_wrong(page: Page, folder: Path) -> None:
    """A misspelt question and an unknown role: nothing is adopted, and each is in the table by its place."""
    page.goto("/settings/templates/")
    arrived(page, "Audit templates")
    press(page, "Adopt a template from a workbook")
    choose(page, workbook(folder, "wrong.xlsx", changed(said=("relevant", "${sttus} = 'x'"), carer=("role", "tea"))))
    refused(page, "wrong.xlsx: 2 places have to be mended first. Each is in the table below.")
    table = page.get_by_role("table", name="What to mend in wrong.xlsx")
    expect(table.get_by_role("row").nth(1)).to_contain_text("survey")
    assert [table.get_by_role("row").nth(row).get_by_role("cell").all_inner_texts()[:3] for row in (1, 2)] == [
        ["survey", "4", "relevant"], ["survey", "5", "role"],
    ]  # fmt: skip
    pictured(page, "template-faults")
    assert TemplateVersion.objects.count() == 1


def import_it(page: Page, folder: Path) -> None:
    """Mended, it is previewed for two example children, and adopted by keyboard once it was looked through."""
    choose(page, workbook(folder, "ours.xlsx", SURVEY))
    arrived(page, "Our file audit")
    told(page, "Against version 1, which is in use")
    page.get_by_label("Status").select_option("looked_after")
    press(page, "Show it for this child")
    arrived(page, "Our file audit")
    expect(page.locator("#q-carer")).to_be_disabled()
    expect(page.locator("#q-said")).to_have_count(0)
    pictured(page, "template-preview")
    keys = Keyboard(page)
    keys.use(page.get_by_role("button", name="Adopt this template"))
    refused(page, "Look through the preview and the changes, and tick the box when you have.")
    keys.tab_to(page.get_by_label("I have looked through the preview and the changes"))
    keys.press("Space")
    keys.use(page.get_by_role("button", name="Adopt this template"))
    arrived(page, "Our file audit")
    told(page, "Our file audit, version 2 is adopted. Audits allotted from now on use it.")


def audit_with_it(page: Page, audit: Audit) -> None:
    """Two sections by keyboard alone, and submitted."""
    page.goto(f"/audit/{audit.code}/sections/seen/")
    arrived(page, "Seeing the child")
    keys = Keyboard(page)
    keys.choose(page.locator("#q-seen_alone"), 0)
    keys.tab_to(page.locator("#q-said"))
    keys.write("He likes it here.")
    keys.choose(page.locator("#q-seen_grade"), 1)
    keys.tab_to(page.locator("#q-seen_rationale"))
    keys.write("Seen on 3 May, alone.")
    keys.use(page.get_by_role("button", name="Save and go on to Overall judgement"))
    keys.choose(page.locator("#q-overall_grade"), 1)
    keys.tab_to(page.locator("#q-overall_rationale"))
    keys.write("He is safer.")
    keys.use(page.get_by_role("button", name="Save and go to the section list"))
    keys.use(page.get_by_role("button", name="Check and submit"))
    keys.use(page.get_by_role("button", name="Submit"))
    audit.refresh_from_db()
    assert audit.state == "submitted"


def as_read(page: Page, audit: Audit) -> str:
    page.goto(f"/audit/{audit.code}/read/")
    arrived(page, audit.ref)
    told(page, "What did the child say?")
    return page.locator("#main").inner_text()


def revise_it(page: Page, folder: Path) -> None:
    """One question gets another name and words, one is dropped that the audit answered: said, and confirmed."""
    survey = [row for row in changed(said=("name", "childs_words")) if row[1] != "seen_alone"]
    page.goto("/settings/templates/adopt/")
    choose(page, workbook(folder, "revised.xlsx", survey))
    told(page, "“Was the child seen alone?” is dropped, and 1 past audit answered it")
    pictured(page, "template-dropped")
    page.get_by_label("I have looked through the preview and the changes").check()
    press(page, "Adopt this template")
    expect(page.get_by_role("alert")).to_contain_text("This template drops questions that past audits answered.")
    page.get_by_label("I have looked through the preview and the changes").check()
    page.get_by_label("These questions are dropped on purpose").check()
    press(page, "Adopt this template")
    told(page, "version 3 is adopted.")


def follow_the_question(page: Page) -> None:
    """The renamed question is proposed as going on from the old one, and is once the unit keeps the map."""
    follow(page, "Say which questions go on from version 2")
    arrived(page, "Which questions go on?")
    pictured(page, "template-map")
    press(page, "Keep this map")
    told(page, "The map is kept.")
    assert Correspondence.objects.get().questions["said"] == "childs_words"
    follow(page, "Compare it with another version")
    arrived(page, "Compare two versions")


def take_both_home(page: Page, folder: Path) -> None:
    """Saved as a workbook, a version is what was imported."""
    page.goto("/settings/templates/")
    saved = downloaded(page, "Workbook of Our file audit, version 2", folder)
    rows = [list(row) for row in openpyxl.load_workbook(saved)["survey"].iter_rows(values_only=True)]
    asked = [(row[0], row[1], row[2]) for row in rows[1:]]
    assert asked == [(row[0], row[1], row[2]) for row in SURVEY[1:]]
