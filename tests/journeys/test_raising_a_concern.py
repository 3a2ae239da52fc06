"""A child may be unsafe now: raised by keys alone from a half-written audit, heard of by mail, answered, closed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from goldenthread.act.models import Concern
from goldenthread.audit.models import Answer
from goldenthread.notices.models import Notice
from tests import make
from tests.act import concerned
from tests.journeys import accessibility
from tests.journeys.keyboard import Keyboard
from tests.journeys.walking import already_in, arrived, refused, told

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_concern_is_raised_by_keys_from_a_half_written_audit_heard_of_acknowledged_and_closed(page: Page) -> None:
    here, [audit] = make.council(), concerned.half_written()
    question = Answer.objects.get(part__audit=audit).question
    section = make.opened(audit).template.questions[question].section
    already_in(page, here.grace)
    page.goto(f"/audit/{audit.code}/sections/{section}/")
    arrived(page, "")

    link = page.get_by_role("link", name="Raise an immediate concern (opens in a new tab)")
    expect(link).to_have_attribute("accesskey", "c")
    Keyboard(page).tab_to(link)
    with page.context.expect_page() as beside:
        page.keyboard.press("Enter")
    raise_it(beside.value)

    concern = Concern.objects.get()
    assert page.locator(f"[name=q-{question}]").input_value() == "Half written."
    mail = Notice.objects.get(key__startswith=f"concern:{concern.code}:told", person_id=here.rafiq.pk)
    assert (audit.ref in mail.body, concerned.WORRY in mail.body) == (False, False)
    already_in(page, here.rafiq)
    answer_it(page, mail.body.split()[-1].partition("/act/")[2])
    concern.refresh_from_db()
    assert (concern.state, concern.closed_by) == ("closed", here.rafiq)


def raise_it(page: Page) -> None:
    """The form refuses half of it, is filled in, looked over and sent, all with the keyboard."""
    keys = Keyboard(page)
    arrived(page, "Raise an immediate concern")
    page.get_by_label("What worries you?").focus()
    keys.write(concerned.WORRY)
    keys.use(button(page, "Go on"))
    refused(page, "Say where in the record you saw it.")
    keys.write(concerned.SEEN)
    keys.use(button(page, "Go on"))
    arrived(page, "Look it over and raise it")
    keys.use(button(page, "Raise this concern now"))
    arrived(page, "Immediate concern")
    told(page, "The concern is raised.")


def answer_it(page: Page, address: str) -> None:
    """Whoever was told follows the link of the mail, has it in hand, and says what was done."""
    keys = Keyboard(page)
    page.goto(f"/act/{address}")
    arrived(page, "Immediate concern")
    keys.use(button(page, "Acknowledge this concern"))
    told(page, "The concern is acknowledged")
    accessibility.axe(page)
    keys.use(button(page, "Close it with what was done"))
    arrived(page, "Close this concern")
    page.get_by_label("What was done").focus()
    keys.write("Visited today, see the case note of 6 October.")
    keys.use(button(page, "Close this concern"))
    told(page, "The concern is closed.")
    expect(page.get_by_role("heading", name="What was done", exact=True)).to_be_visible()
    page.goto("/act/concerns/")
    arrived(page, "Concerns")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)
