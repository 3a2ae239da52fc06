"""Writing an audit in a browser: saved as typed, through lost connections, lost answers and another pair of hands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route, expect

from goldenthread.audit import services
from goldenthread.audit.models import Answer, Audit
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.browsing import signed_in
from tests.journeys import accessibility

pytestmark = pytest.mark.django_db(transaction=True)
SAVE = re.compile(r"/save/$")
WORDS, DAY = "plan_rationale", "review_date"
SAVED = re.compile(r"^Saved \d\d:\d\d")


@pytest.fixture
def audit(live_server: Any) -> Audit:
    """A file that Grace and Sunita audit together."""
    here, made = make.council(), make.audit()
    return services.allot(by=here.maya, case=made.case, auditors=[here.grace, here.sunita], now=make.NOW)


def sign_in(page: Page, person: Person, home: str) -> None:
    cookie = signed_in(person).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": home}])


@pytest.fixture
def writing(page: Page, audit: Audit, live_server: Any) -> Page:
    """Grace, at the section on the plan."""
    sign_in(page, make.council().grace, live_server.url)
    page.goto(section(audit))
    return page


@pytest.fixture
def another(browser: Browser, audit: Audit, live_server: Any) -> Iterator[Page]:
    """Sunita, in a browser of her own, at the same section."""
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    sign_in(page, make.council().sunita, live_server.url)
    page.goto(section(audit))
    yield page
    context.close()


def section(audit: Audit) -> str:
    return f"/audit/{audit.code}/sections/plan/"


def field(page: Page, name: str = WORDS) -> Any:
    return page.locator(f"#q-{name}")


def told(page: Page) -> Any:
    return page.locator("[data-saving]")


def stored(name: str = WORDS) -> tuple[str, int, list[str]]:
    """The answer as the database has it: its words, their version, and what waits beside them."""
    answer = Answer.objects.get(question=name)
    return answer.value, answer.version, [rival["value"] for rival in answer.rivals.values()]


def answered_events() -> int:
    return Event.objects.filter(verb="answered").count()


def first_held_up(page: Page) -> list[Route]:
    """Keep the first save under way until its route is continued; all that were sent are in the list."""
    sent: list[Route] = []

    def hold(route: Route) -> None:
        sent.append(route)
        if len(sent) > 1:
            route.continue_()

    page.route(SAVE, hold)
    return sent


def test_words_are_saved_without_pressing_anything(writing: Page) -> None:
    field(writing).press_sequentially("Seen alone, twice.")
    expect(told(writing)).to_have_text(SAVED)

    writing.reload()

    expect(field(writing)).to_have_value("Seen alone, twice.")
    assert stored() == ("Seen alone, twice.", 1, [])


def test_a_choice_is_saved_at_once(writing: Page) -> None:
    writing.locator("input[type=radio][value=good]").first.check()

    expect(told(writing)).to_have_text(SAVED)
    assert Answer.objects.get().value == "good"


def test_a_lost_connection_is_told_and_the_words_are_kept_once_when_it_is_back(writing: Page) -> None:
    writing.route(SAVE, lambda route: route.abort())
    field(writing).press_sequentially("Seen alone.")
    expect(told(writing)).to_have_text("Not saved yet: no connection. Keep this page open; it tries again by itself.")
    assert Answer.objects.count() == 0

    writing.unroute(SAVE)

    expect(told(writing)).to_have_text(SAVED)
    assert (stored(), answered_events()) == (("Seen alone.", 1, []), 1)


def test_a_save_whose_answer_was_lost_is_no_quarrel_with_oneself(writing: Page) -> None:
    def kept_but_unheard(route: Route) -> None:
        route.fetch()
        route.abort()

    writing.route(SAVE, kept_but_unheard)
    field(writing).press_sequentially("Seen alone.")
    expect(told(writing)).to_contain_text("no connection")
    field(writing).press_sequentially(" Twice.")
    writing.unroute(SAVE)

    expect(told(writing)).to_have_text(SAVED)
    expect(field(writing)).to_have_value("Seen alone. Twice.")
    writing.wait_for_function("() => document.querySelector('[name=seen-plan_rationale]').value === '2'")
    assert stored() == ("Seen alone. Twice.", 2, [])


def test_what_is_typed_while_a_save_is_under_way_is_saved_after_it(writing: Page) -> None:
    sent = first_held_up(writing)
    field(writing).press_sequentially("Seen")
    expect(told(writing)).to_have_text("Saving")
    field(writing).press_sequentially(" alone.")
    writing.wait_for_timeout(900)
    assert len(sent) == 1

    sent[0].continue_()

    writing.wait_for_function("() => document.querySelector('[name=seen-plan_rationale]').value === '2'")
    assert stored() == ("Seen alone.", 2, [])


def test_one_answer_that_cannot_be_kept_holds_no_other_back_and_is_not_sent_again_and_again(writing: Page) -> None:
    sent = first_held_up(writing)
    writing.locator("input[type=radio][value=good]").first.check()  # this save is held up: the next two go together
    field(writing, DAY).fill("31/2/2026")
    field(writing).fill("Seen alone.")
    field(writing).blur()
    sent[0].continue_()

    expect(writing.locator(f"#q-{DAY}-state")).to_contain_text("“31/2/2026” is not a date")
    expect(writing.locator(f"#q-{WORDS}-state")).to_have_text(SAVED)
    expect(told(writing)).to_contain_text("but for what is marked in red")
    writing.wait_for_timeout(1500)
    assert (stored(), len(sent)) == (("Seen alone.", 1, []), 3)
    accessibility.axe(writing)

    field(writing, DAY).fill("28/2/2026")
    field(writing, DAY).blur()
    expect(told(writing)).to_have_text(SAVED)
    assert stored(DAY) == ("2026-02-28", 1, [])


def test_the_button_pressed_while_a_save_is_under_way_waits_for_it(writing: Page, audit: Audit) -> None:
    sent = first_held_up(writing)
    field(writing).press_sequentially("Seen")
    expect(told(writing)).to_have_text("Saving")
    field(writing).press_sequentially(" alone.")
    writing.get_by_role("button", name="Save and go on").click()
    sent[0].continue_()

    writing.wait_for_url(re.compile("/sections/(?!plan)"))
    assert stored() == ("Seen alone.", 2, [])


def test_control_and_enter_save_and_go_on(writing: Page) -> None:
    field(writing).press_sequentially("Seen alone.")
    field(writing).press("Control+Enter")

    writing.wait_for_url(re.compile("/sections/(?!plan)"))
    assert stored() == ("Seen alone.", 1, [])


def test_of_two_who_write_at_once_neither_loses_a_word_and_one_chooses(writing: Page, another: Page) -> None:
    field(writing).press_sequentially("Seen alone.")
    expect(told(writing)).to_have_text(SAVED)
    field(another).press_sequentially("Not seen.")
    expect(told(another)).to_have_text("Kept, beside somebody else’s answer. Choose which to keep.")
    field(another).press_sequentially(" Not once.")
    another.wait_for_timeout(1500)
    assert stored() == ("Seen alone.", 1, ["Not seen. Not once."])

    another.get_by_role("link", name="choose which to keep").click()
    expect(another.get_by_text("Two different answers were written to this question.")).to_be_visible()
    accessibility.axe(another)
    another.get_by_role("button", name="Keep both, one after the other").click()

    expect(another.get_by_text("That answer is settled.")).to_be_visible()
    assert stored() == ("Seen alone.\n\nNot seen. Not once.", 2, [])


def test_who_is_signed_out_is_told_and_goes_on_after_signing_in_elsewhere(
    writing: Page, audit: Audit, live_server: Any
) -> None:
    writing.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    field(writing).press_sequentially("Seen alone.")
    expect(told(writing)).to_contain_text("you have been signed out")
    assert Answer.objects.count() == 0

    writing.context.add_cookies([{"name": settings.CSRF_COOKIE_NAME, "value": "a" * 32, "url": live_server.url}])
    sign_in(writing, make.council().grace, live_server.url)

    expect(told(writing)).to_have_text(SAVED)
    writing.get_by_role("button", name="Save and go on").click()
    writing.wait_for_url(re.compile("/sections/(?!plan)"))
    assert stored() == ("Seen alone.", 1, [])


def test_an_audit_submitted_meanwhile_is_told_and_the_words_stay_on_the_page(
    writing: Page, another: Page, audit: Audit
) -> None:
    make.submitted_audit(audit)
    field(writing).press_sequentially("One thing more.")

    expect(told(writing)).to_have_text("This audit is “submitted”, so there is nothing to write in.")
    writing.get_by_role("button", name="Save and go on").click()
    expect(writing.get_by_role("alert")).to_contain_text("This audit is “submitted”")
    expect(field(writing)).to_have_value("One thing more.")


def test_without_a_script_the_button_saves(browser: Browser, audit: Audit, live_server: Any) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, make.council().grace, live_server.url)
    page.goto(section(audit))
    field(page).fill("Seen alone.")
    field(page, DAY).fill("28/2/2026")
    field(page, DAY).press("Enter")

    page.wait_for_url(re.compile("/sections/(?!plan)"))
    assert (stored(), stored(DAY)) == (("Seen alone.", 1, []), ("2026-02-28", 1, []))
    context.close()
