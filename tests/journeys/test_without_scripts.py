"""What an auditor and the unit press at the end of a round, where the browser runs no script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import Page

from goldenthread.audit.models import Answer, Audit
from tests import make
from tests.journeys.walking import already_in, press, told

WORDS = "The record is clear and up to date."


@pytest.fixture
def audit(live_server) -> Iterator[Audit]:
    """One file, answered but for its first section, on the day of its session."""
    with time_machine.travel(make.NOW):
        allotted = make.audit()
        first = make.opened(allotted).template.sections[0]
        yield make.answered_audit(allotted, answers={question.name: "" for question in first.questions})


def test_an_audit_is_answered_submitted_and_returned_by_its_buttons(page_without_scripts: Page, audit: Audit) -> None:
    page = page_without_scripts
    already_in(page, make.auditor_of(audit))
    page.goto(f"/audit/{audit.code}/sections/record/")
    for group in page.locator("#answers fieldset").all():
        group.get_by_role("radio").first.check()
    page.get_by_label("Why this grade for the record?").fill(WORDS)
    press(page, "Save and go on to")
    assert Answer.objects.get(question="record_rationale").value == WORDS
    press(page, "Save and go to the section list")
    press(page, "Check and submit")
    press(page, "Submit the audit")
    told(page, "The audit is submitted.")

    already_in(page, make.council().maya)
    page.goto(f"/audit/sessions/{audit.session.code}/")
    press(page, "Return audits to their teams")
    press(page, "Return this audit")
    told(page, "1 audit is returned.")
