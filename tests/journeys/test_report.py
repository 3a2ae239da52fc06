"""A session's report in the browser: written, looked at, published and read, each page accessible at any width."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from goldenthread.learn.queries.editions import draft_of
from goldenthread.learn.reports import session as session_report
from goldenthread.learn.services import draft_edition, save_words
from goldenthread.plan.models import Session
from tests import make
from tests.journeys import accessibility
from tests.learn.session_round import audited_session

DESK, NARROWEST = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


@pytest.fixture
def session(page: Page, live_server) -> Session:
    """The session that went all the way, and its report's writer signed in."""
    found, client = audited_session(), Client()
    client.force_login(make.council().maya)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    return found


def accessible(page: Page) -> None:
    for size in (DESK, NARROWEST):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        accessibility.axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"], page.url


def test_a_report_is_written_looked_at_published_and_read(page: Page, session: Session) -> None:
    page.goto("/learn/")
    accessible(page)
    page.get_by_role("link", name="Safeguarding and child protection, 6 October 2026").click()
    accessible(page)
    page.get_by_label("Your words on: Summary").fill("Children were met with warmth.")
    page.get_by_role("button", name="Save and look at the report").click()
    accessible(page)
    page.get_by_role("button", name="Publish this report").click()
    accessible(page)
    page.get_by_role("button", name="Show it as it will be published").click()
    accessibility.axe(page)
    accessibility.error_summary(page)
    page.get_by_label("The Quality Assurance Unit only").check()
    page.get_by_role("button", name="Show it as it will be published").click()
    accessible(page)
    page.get_by_role("button", name="Publish edition 1").click()

    expect(page.get_by_text("Edition 1 is published and can no longer be changed.")).to_be_visible()
    expect(page.get_by_text("Children were met with warmth.")).to_be_visible()
    accessible(page)
    page.goto("/learn/")
    accessible(page)


def test_words_are_saved_as_they_are_typed(page: Page, session: Session) -> None:
    page.goto(f"/learn/sessions/{session.code}/report/")
    page.get_by_label("Your words on: Grades").press_sequentially("Steady.")

    expect(page.get_by_text("All your words are saved.")).to_be_visible()
    with page.expect_response("**/save/"):
        page.get_by_label("Your words on: Grades").press_sequentially(" And true.")
    draft = draft_of("session", session_report.of(session))
    assert draft is not None
    assert draft.words == {"grades": "Steady. And true."}


def test_two_who_write_at_once_are_told_and_see_both_texts(page: Page, session: Session) -> None:
    page.goto(f"/learn/sessions/{session.code}/report/")
    idris = make.council().idris
    draft = draft_edition(by=idris, report="session", subject=session_report.of(session), now=make.NOW)
    save_words(by=idris, edition=draft, words={"grades": "His view."}, seen_version=1, now=make.NOW)
    page.get_by_label("Your words on: Grades").fill("Her view.")

    expect(page.get_by_text("Not saved. Idris Penhallow saved this report after you opened it")).to_be_visible()
    page.get_by_role("button", name="Save and go on writing").click()

    expect(page.get_by_text("His view.")).to_be_visible()
    expect(page.get_by_label("Your words on: Grades")).to_have_value("Her view.")
    accessible(page)
