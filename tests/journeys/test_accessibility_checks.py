"""The checkers themselves, on pages with one planted fault each: a check that cannot fail shows nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.accessibility import dead_error_links, violations
from tests.journeys.conftest import Faults
from tests.journeys.keyboard import Keyboard

HOME = "http://planted.test"
SOUND = "<h1>Grade</h1><label for='grade'>Grade</label><input id='grade'>"
SUMMARY = "<div class='govuk-error-summary'><a href='{}'>Choose a grade</a></div>"


@pytest.fixture
def planted(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def show(page: Page, body: str) -> None:
    """Serve a page of this body under the product's kind of policy: no inline script, no eval."""
    html = f"<!doctype html><html lang='en'><title>Planted</title><body><main>{body}</main></body></html>"
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
    headers = {"Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8"}
    page.route(f"{HOME}/**", lambda route: route.fulfill(status=200, headers=headers, body=html))
    page.goto(f"{HOME}/")


def test_axe_finds_nothing_on_a_sound_page(planted: Page) -> None:
    show(planted, SOUND)

    assert violations(planted) == []


def test_axe_finds_a_field_without_a_label(planted: Page) -> None:
    show(planted, "<h1>Grade</h1><input id='grade'>")

    assert [line.split(":")[2].split()[0] for line in violations(planted)] == ["label"]


def test_an_error_link_to_its_field_is_alive(planted: Page) -> None:
    show(planted, SUMMARY.format("#grade") + SOUND)

    assert dead_error_links(planted) == []


def test_an_error_link_to_an_absent_field_is_dead(planted: Page) -> None:
    show(planted, SUMMARY.format("#id_grade") + SOUND)

    assert dead_error_links(planted) == ["#id_grade"]


def test_an_error_link_to_something_that_cannot_be_filled_in_is_dead(planted: Page) -> None:
    show(planted, SUMMARY.format("#words") + SOUND + "<p id='words'>Words</p>")

    assert dead_error_links(planted) == ["#words"]


def test_a_script_the_policy_refuses_is_a_fault(planted: Page) -> None:
    faults = Faults(home=HOME)
    faults.watch(planted)
    show(planted, SOUND + "<script>document.title = 'taken'</script>")

    assert len(faults.seen) == 1
    assert "Content Security Policy" in faults.seen[0]


def test_a_page_that_asks_another_server_is_a_fault(planted: Page) -> None:
    faults = Faults(home=HOME)
    faults.watch(planted)
    planted.route("http://elsewhere.test/**", lambda route: route.fulfill(status=200, body=""))
    body = "<img alt='' src='http://elsewhere.test/pixel.gif'>"
    planted.route(f"{HOME}/**", lambda route: route.fulfill(content_type="text/html", body=body))
    planted.goto(f"{HOME}/")

    assert faults.seen == ["left the product: http://elsewhere.test/pixel.gif"]


def tab_once(page: Page, style: str) -> None:
    """One step into a page of one link, drawn by this style."""
    page.set_content(f"<style>{style}</style><main><a href='#main'>Grade</a></main><footer></footer>")
    Keyboard(page).tab()


def test_a_focus_that_shows_is_passed(planted: Page) -> None:
    tab_once(planted, "a:focus { outline: 3px solid #000 }")


def test_a_focus_that_does_not_show_is_a_fault(planted: Page) -> None:
    with pytest.raises(AssertionError, match="cannot be seen to have the focus"):
        tab_once(planted, "a:focus { outline: none }")


def test_a_focus_behind_something_that_lies_over_it_is_a_fault(planted: Page) -> None:
    with pytest.raises(AssertionError, match="is hidden behind something while it has the focus"):
        tab_once(planted, "footer { position: fixed; inset: 0; background: #fff }")
