"""The audits go back to their teams: the task is done, signed off and accepted."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from goldenthread.act.models import Return
from tests.journeys.round.auditing import ACTION, GOOD
from tests.journeys.walking import arrived, follow, go, press, refused, told

EVIDENCE = "Chronology brought up to date; see the case note of 6 October."


def return_the_audits(page: Page) -> None:
    """From Your work; all of it is shown once more before it is done."""
    page.locator("#main").get_by_role("link", name="Frontline duty, Tuesday 6 October 2026").first.click()
    arrived(page, "Return audits to their teams")
    told(page, "6 submitted audits go back")
    told(page, ACTION)
    press(page, "Return these 6 audits")
    told(page, "6 audits are returned.")
    arrived(page, "Returned audits")


def practitioner_of(ref: str) -> str:
    """Whom the audit was returned to, by name; she joins the cast, so that she too comes in by one click."""
    practitioner = Return.objects.select_related("practitioner").get(audit__ref=ref).practitioner
    assert practitioner is not None
    practitioner.about = "Holds the case that was audited."
    practitioner.save()
    return practitioner.name


def do_the_task(page: Page, ref: str) -> None:
    follow(page, ACTION)
    arrived(page, f"Returned audit of {ref}")
    told(page, GOOD)
    press(page, "Mark task 1 done")
    arrived(page, "Mark this task done")
    press(page, "Mark as done")
    refused(page, "Say what was done.")
    page.get_by_label("What was done?").fill(EVIDENCE)
    page.get_by_label("Where does the council’s record show it?").fill("Case note of that day")
    press(page, "Mark as done")
    told(page, "Every task is done; the section can be signed off.")
    arrived(page, f"Returned audit of {ref}")


def try_to_sign_off(page: Page, ref: str) -> None:
    """Before the task is done, the sentence that refuses stands where the button would be."""
    open_return(page, ref)
    told(page, "One task is still to do, so the section cannot be signed off.")
    expect(page.get_by_role("button", name="Sign off")).to_have_count(0)


def sign_off(page: Page, ref: str, name: str) -> None:
    open_return(page, ref)
    expect(page.get_by_role("region", name="Tasks completed")).to_contain_text(EVIDENCE)
    page.get_by_label("Who are you?").select_option(label=name)
    press(page, "Sign off and return to the Quality Assurance Unit")
    told(page, "signed off")
    arrived(page, f"Returned audit of {ref}")


def accept(page: Page, ref: str) -> None:
    back = page.get_by_role("heading", name="Come back from the teams").locator("xpath=following-sibling::ul[1]")
    back.get_by_role("link", name=f"Case {ref}").click()
    arrived(page, f"Returned audit of {ref}")
    told(page, EVIDENCE)
    press(page, "Accept")
    told(page, f"{ref} is accepted. Nothing more is asked of the team.")
    arrived(page, "Returned audits")


def open_return(page: Page, ref: str) -> None:
    go(page, "Act")
    arrived(page, "Returned audits")
    follow(page, ref)
    arrived(page, f"Returned audit of {ref}")


def read_the_history(page: Page, ref: str, practitioner: str) -> None:
    """All that was done with this file, as sentences, whoever did it."""
    go(page, "Audit")
    arrived(page, "Audits")
    follow(page, ref)
    follow(page, "History")
    arrived(page, "History")
    for sentence in ("Allotted the file", "Added a finding", "Submitted the audit, graded Good", "Returned the audit"):
        told(page, sentence)
    open_all_returns(page, ref)
    follow(page, "History")
    arrived(page, "History")
    for sentence in (
        "Marked a task done",
        practitioner,
        "Signed off the tasks completed section",
        "Accepted the signed",
    ):
        told(page, sentence)


def open_all_returns(page: Page, ref: str) -> None:
    go(page, "Act")
    page.get_by_label("How far").select_option(label="Accepted")
    press(page, "Show these")
    follow(page, ref)
