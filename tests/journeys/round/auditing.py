"""The files are shared out; Grace audits one of them without ever touching a mouse."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from goldenthread.audit.models import Audit
from tests import make
from tests.journeys import accessibility
from tests.journeys.keyboard import Keyboard
from tests.journeys.walking import arrived, press, told

LEFT_OUT = "overall_rationale"
GOOD, TO_IMPROVE = "The worker saw the child on her own each week.", "The chronology stops in June."
ACTION = "Bring the chronology up to date."
STEPS = {"outstanding": 1, "0": 6}  # from the first choice of a question on to Good, and to 6 of 10; else the first


def share_out(page: Page) -> None:
    press(page, "Share the files out")
    arrived(page, "Files of this session")
    press(page, "Share out the files evenly")
    told(page, "6 files are shared out.")
    arrived(page, "Files of this session")


def see_who_may_not(page: Page) -> None:
    """Of a file of Duty 2: its own manager and its own worker are named with the reason, and cannot be chosen."""
    row = page.get_by_role("row").filter(has_text="Duty 2").first
    row.get_by_role("link", name="Change who audits").click()
    arrived(page, "Who audits")
    told(page, "Rafiq Alderton manages the team that holds this case.")
    expect(
        page.get_by_text(re.compile("^Ffion Carrow (holds this case|is in the team that holds this case).$"))
    ).to_be_visible()
    expect(page.get_by_role("checkbox", name="Rafiq Alderton")).to_have_count(0)


def allot_to(page: Page, name: str) -> str:
    """This file to this person alone; its reference."""
    ref = page.get_by_role("heading", level=1).inner_text().split()[-1]
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("checkbox", name=name).check()
    press(page, "Allot this file")
    told(page, f"{ref} is allotted to {name}.")
    return ref


# --- keyboard only -----------------------------------------------------------------------------------------


def come_in_by_keyboard(keys: Keyboard, name: str) -> None:
    keys.page.goto("/sign-in/")
    keys.use(keys.page.get_by_role("button", name=f"Sign in as {name}"))
    arrived(keys.page, "Your work")


def audit_by_keyboard(keys: Keyboard, ref: str) -> None:
    page = keys.page
    keys.use(page.get_by_role("link", name=f"Case {ref}"))
    arrived(page, f"Audit of {ref}")
    keys.use(page.locator(".govuk-task-list a").first)
    while not (heading := page.get_by_role("heading", level=1).inner_text()).startswith("Audit of"):
        accessibility.axe(page)
        if heading.endswith("chronology"):
            note_findings(keys)
        answer_the_section(keys)
    finish_and_submit(keys, ref)


def answer_the_section(keys: Keyboard) -> None:
    """Tab through the section and answer what comes; the last button saves it and goes on."""
    page, form = keys.page, keys.page.locator("#answers")
    keys.tab_to(form.locator("input:not([type=hidden]), textarea").first)
    while (here := keys.on())["tag"] != "BUTTON":
        if here["type"] == "radio":
            keys.press("Space")
            keys.press("ArrowDown", STEPS.get(here["value"], 0))
        elif here["type"] == "text":
            keys.write("1/9/2026")
        elif here["tag"] == "TEXTAREA" and here["name"] != f"q-{LEFT_OUT}":
            keys.write("Seen.")
        keys.tab()
    with page.expect_navigation():
        keys.press("Enter")


def note_findings(keys: Keyboard) -> None:
    add_a_finding(keys, sort=0, text=GOOD)
    add_a_finding(keys, sort=1, text=TO_IMPROVE, action=ACTION)


def add_a_finding(keys: Keyboard, *, sort: int, text: str, action: str = "") -> None:
    page = keys.page
    keys.use(page.get_by_role("button", name="Add a finding"))
    arrived(page, "Add a finding")
    keys.choose(page.get_by_role("radio").first, sort)
    keys.tab_to(page.get_by_label("Theme"))
    keys.press("ArrowDown")  # the first theme of the list
    keys.tab_to(page.get_by_label("What did you find?"))
    keys.write(text)
    keys.tab_to(page.get_by_label("What must be put right on this file?"))
    keys.write(action)
    keys.use(page.get_by_role("button", name="Save this finding"))
    expect(page.get_by_text(text)).to_be_visible()


def finish_and_submit(keys: Keyboard, ref: str) -> None:
    """One answer is missing: the page leads to it, and back."""
    page = keys.page
    keys.use(page.get_by_role("button", name="Check and submit"))
    arrived(page, "Check and submit")
    told(page, "1 question still needs an answer")
    expect(page.get_by_role("button", name="Submit the audit")).to_have_count(0)
    keys.use(page.locator(f"a[href$='#q-{LEFT_OUT}']"))
    expect(page.locator(f"#q-{LEFT_OUT}")).to_be_in_viewport()
    keys.tab_to(page.locator(f"#q-{LEFT_OUT}"), most=3)
    keys.write("Safe, seen and heard; the record lags behind.")
    keys.use(page.get_by_role("button", name="Save and go to the section list"))
    keys.use(page.get_by_role("button", name="Check and submit"))
    keys.use(page.get_by_role("button", name="Submit the audit"))
    told(page, "The audit is submitted.")
    arrived(page, f"Audit of {ref}")


# --- the rest ------------------------------------------------------------------------------------------------


def submit_the_others() -> None:
    """The other auditors' files, through the services: their pages are the same. One of them has a task."""
    actions: tuple[str, ...] = ("Hold the strategy meeting.",)
    for audit in Audit.objects.filter(state="allotted").order_by("pk"):
        make.submitted_audit(audit, grade="requires_improvement", actions=actions)
        actions = ()
