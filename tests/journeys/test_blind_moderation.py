"""A second look that is truly blind: graded unseen, both shown, agreed; then challenged by the team, and decided."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from goldenthread.act.services.returning import return_to_team
from goldenthread.audit.models import Audit
from goldenthread.people.models import Person
from goldenthread.web import clock
from tests import make
from tests.audit import moderating
from tests.journeys.keyboard import Keyboard
from tests.journeys.walking import already_in, arrived, press, refused, told

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("PICTURES", "")  # a folder: the guide's pictures are made anew there
FIRST = "Inadequate"  # the auditor's grade throughout
REASON = "Seen in the case notes."  # the auditor's reason, in the words of tests.make
CASES = [make.Line(f"D{place}") for place in range(1, 9)]  # all held in Duty 2, which Rafiq manages


def test_a_file_is_graded_blind_agreed_challenged_and_decided(page: Page) -> None:
    here = make.council()
    vera = moderating.who_reads_everything()
    audit = make.submitted_audit(
        make.audit(make.drawn_session(1, cases=CASES, of=make.session(seats=[here.grace]))), grade="inadequate"
    )
    already_in(page, here.maya)
    allot_it(page, audit, vera)
    already_in(page, vera)
    find_the_first_grade_nowhere(page, audit)
    grade_it(page, audit)
    agree_it(page)
    audit.refresh_from_db()
    return_to_team(by=here.maya, audit=audit, now=clock.now(), today=clock.today())
    already_in(page, here.rafiq)
    challenge_it(page, audit)
    already_in(page, here.helena)
    decide_it(page, audit)
    assert moderating.standing(audit)[""] == "requires_improvement"


def pictured(page: Page, name: str) -> None:
    if PICTURES:
        page.set_viewport_size({"width": 1280, "height": 1300})
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def allot_it(page: Page, audit: Audit, to: Person) -> None:
    """The audit went to moderation by itself; the unit chooses who looks at it again."""
    page.goto("/audit/moderation/")
    arrived(page, "Moderation")
    expect(page.get_by_role("row", name=audit.ref)).to_contain_text("Waiting for a moderator")
    pictured(page, "moderation-list")
    page.get_by_role("link", name=f"Allot who moderates {audit.ref}").click()
    arrived(page, f"Who moderates {audit.ref}")
    page.get_by_label(to.name).check()
    press(page, "Allot this moderation")
    told(page, f"{audit.ref} is allotted to {to.name}, who has been told.")


def find_the_first_grade_nowhere(page: Page, audit: Audit) -> None:
    """Neither the page nor any address or export says what the auditor gave, though she may read every audit else."""
    moderation = f"/audit/moderation/{moderating.of(audit).code}/"
    page.goto(moderation)
    arrived(page, f"Grade {audit.ref}")
    assert page.url.endswith(f"{moderation}grade/")
    assert REASON not in page.content()
    assert page.locator("input:checked").count() == 0
    for hidden in (f"/audit/{audit.code}/read/", f"/audit/{audit.code}/", f"/audit/{audit.code}/history/"):
        answer = page.request.get(hidden)
        assert (answer.status, REASON in answer.text(), FIRST in answer.text()) == (404, False, False)
    for export in ("/audit/moderation/export/?state=all", "/audit/agreement/export/"):
        said = page.request.get(export).text()
        assert (FIRST in said, "overall grade" in said, REASON in said) == (False, False, False)
    page.goto("/audit/")
    assert audit.ref not in page.locator("#main").inner_text()


def grade_it(page: Page, audit: Audit) -> None:
    """Saved as typed: a page left and opened again has it; what is missing is said at its field; by keyboard."""
    grade = f"/audit/moderation/{moderating.of(audit).code}/grade/"
    page.goto(grade)
    keys = Keyboard(page)
    keys.choose(page.locator("#q-plan_grade"), 1)
    keys.tab_to(page.locator("#q-plan_rationale"))
    keys.write("The plan is dated and signed.")
    expect(page.locator("#q-plan_rationale-state")).to_contain_text("Saved ")
    page.goto(grade)
    arrived(page, f"Grade {audit.ref}")
    expect(page.locator("#q-plan_rationale")).to_have_value("The plan is dated and signed.")
    pictured(page, "moderation-blind")
    keys.use(page.get_by_role("button", name="Submit my grades"))
    refused(page, "The whole file: no grade was given. Choose one.")
    for group in page.locator("fieldset").all():
        if group.locator("input:checked").count() == 0:
            group.get_by_label(FIRST, exact=True).check()
    for box in page.locator("textarea").all():
        if not box.input_value():
            box.fill("As I read it.")
    press(page, "Submit my grades")
    arrived(page, f"Moderation of {audit.ref}")
    told(page, "Your grades are submitted. Now you see both")


def agree_it(page: Page) -> None:
    """Both grades stand side by side; the change needs its reason."""
    expect(page.get_by_role("row", name="Plan and review")).to_contain_text("They differ")
    told(page, REASON)
    pictured(page, "moderation-both")
    press(page, "Agree the grades")
    arrived(page, "Agree the grades")
    page.get_by_label("Good", exact=True).check()
    press(page, "Agree these grades")
    expect(page.get_by_role("alert")).to_contain_text("Say why the grade was changed")
    arrived(page, "Agree the grades")
    page.get_by_label("Why, where it differs from the auditor’s?").fill("We read the plan together.")
    press(page, "Agree these grades")
    told(page, "The grades are agreed. The auditor has been told.")
    told(page, "We read the plan together.")


def challenge_it(page: Page, audit: Audit) -> None:
    page.goto(f"/audit/challenges/{moderating.of(audit).code}/")
    arrived(page, "Challenge of a grade")
    press(page, "Challenge a grade")
    arrived(page, "Challenge a grade")
    press(page, "Challenge the grade")
    refused(page, "Say which grade is wrong, and why.")
    page.get_by_label("Which grade is wrong, and why?").fill("The visits of June are on record.")
    press(page, "Challenge the grade")
    arrived(page, "Challenge of a grade")
    told(page, "The grade is challenged. Those who decide have been told, and by when.")


def decide_it(page: Page, audit: Audit) -> None:
    page.goto("/")
    page.goto(f"/audit/challenges/{moderating.of(audit).code}/")
    told(page, "The visits of June are on record.")
    press(page, "Decide this challenge")
    arrived(page, "Decide the challenge")
    whole = page.get_by_role("group", name="The whole file")
    whole.get_by_label("Requires improvement to be good", exact=True).check()
    page.get_by_label("Why do you decide so?").fill("They are, and they were purposeful.")
    pictured(page, "challenge-decide")
    press(page, "Decide the challenge")
    arrived(page, "Challenge of a grade")
    told(page, "The challenge is decided. The team and the auditors have been told.")
