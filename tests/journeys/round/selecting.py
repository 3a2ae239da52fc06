"""Maya loads a case list, arranges a session and draws its files before two witnesses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.walking import arrived, downloaded, follow, go, press, refused, told

DICE = "31625 44213 56612 34561"
DRAWN_FROM = {"Open assessment, Duty 2": 3, "Open assessment, Duty 1": 3}


def load_the_case_list(page: Page, workbook: Path, wrong_kind: Path) -> None:
    go(page, "Select")
    arrived(page, "Case lists and draws")
    press(page, "Upload a case list")
    arrived(page, "Upload a case list")
    press(page, "Read these files")
    refused(page, "Files")
    page.get_by_label("Files", exact=True).set_input_files(wrong_kind)
    press(page, "Read these files")
    refused(page, wrong_kind.name)
    page.get_by_label("Files", exact=True).set_input_files(workbook)
    the_day(page, "5", "10", "2026")
    press(page, "Read these files")
    arrived(page, "Check the list of case files of 5 October 2026")
    expect(page.get_by_role("table", name="Read", exact=True)).to_contain_text("List_6")
    expect(page.get_by_role("table", name="Faults")).to_contain_text("12/2019")
    say_what_a_word_means(page)
    press(page, "Load this case list")
    arrived(page, "Case list of 5 October 2026")


def say_what_a_word_means(page: Page) -> None:
    """Asked once; after it is said, the question is gone."""
    asked = page.get_by_label("Code 'Q' is not mapped")
    asked.select_option(index=1)
    press(page, "Keep these meanings")
    arrived(page, "Check the list of case files of 5 October 2026")
    expect(asked).to_have_count(0)


def arrange_a_session(page: Page) -> None:
    go(page, "Plan")
    arrived(page, "Sessions")
    press(page, "Arrange a session")
    arrived(page, "Arrange a session")
    page.get_by_label("Auditing group").select_option(label="Frontline duty")
    the_day(page, "31", "9", "2026")
    page.get_by_label("Venue").fill("Civic Centre, room 4")
    page.get_by_label("Focus").fill("The first ten days")
    press(page, "Arrange this session")
    refused(page, "Date of the session")
    the_day(page, "6", "10", "2026")
    seats = {
        "Independent Reviewing Officer": "Grace Adewole", "Family Centre Manager": "Sunita Marchbank",
        "Team Manager (1 of 2)": "Rafiq Alderton", "Senior Practitioner or Social Worker (1 of 2)": "Kwame Larkfield",
        "Senior Practitioner or Social Worker (2 of 2)": "Ffion Carrow",
    }  # fmt: skip
    for seat, name in seats.items():
        place = page.get_by_label(seat)
        place.select_option(value=place.locator("option", has_text=name).get_attribute("value"))
    press(page, "Arrange this session")
    arrived(page, "6 October 2026")
    expect(page.get_by_role("table", name="Who sits")).to_contain_text("Grace Adewole")


def the_day(page: Page, day: str, month: str, year: str) -> None:
    for part, value in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_role("textbox", name=part, exact=True).fill(value)


def draw_the_files(page: Page, folder: Path) -> None:
    follow(page, "Draw the files")
    arrived(page, "Draw the files")
    for box in page.get_by_role("textbox", name="To draw: ").all():
        box.fill("0")
    for stratum, number in DRAWN_FROM.items():
        page.get_by_role("textbox", name=f"To draw: {stratum}").fill(str(number))
    press(page, "Freeze this list")
    arrived(page, "Draw for")
    roll(page, "31625 44213")
    refused(page, "Dice")
    roll(page, DICE)
    told(page, "Cases drawn (6)")
    arrived(page, "Draw for")
    check_the_draw(page, folder)
    replace_one(page)


def roll(page: Page, dice: str) -> None:
    page.get_by_label("Dice, in the order they were read out").fill(dice)
    page.get_by_label("First witness").fill("Designated nurse")
    page.get_by_label("Second witness").fill("Police DI")
    press(page, "Draw the cases")


def check_the_draw(page: Page, folder: Path) -> None:
    """As somebody outside the council would, with the three files and nothing else."""
    for name in ("list.csv", "record.json", "verifier.py"):
        assert downloaded(page, name, folder).name == name
    command = [sys.executable, "-I", "verifier.py", "record.json", "list.csv"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    assert "follow" in said.stdout


def replace_one(page: Page) -> None:
    page.get_by_role("row", name="Duty 1").get_by_role("link", name="Replace").first.click()
    arrived(page, "Replace case")
    press(page, "Replace this case")
    refused(page, "Say why this file cannot be audited")
    page.get_by_label("Why can this file not be audited?").fill("The file is with the court.")
    press(page, "Replace this case")
    arrived(page, "Draw for")
    told(page, "The file is with the court.")
    told(page, "Takes the place of")
