"""Every piece of the look in the browser: accessible in each state, at desk width and on the narrowest telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys import accessibility

pytestmark = pytest.mark.urls("tests.web.catalogue")

DESK, NARROWEST = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
PAGES = ["/catalogue/", "/accounts/login/", "/about/", "/accessibility/", "/nothing/"]


@pytest.mark.parametrize("size", [DESK, NARROWEST], ids=["desk", "narrowest"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_and_keeps_to_the_screen(page: Page, address: str, size) -> None:
    page.set_viewport_size(size)
    page.goto(address)

    accessibility.axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


def test_the_form_with_its_errors_is_accessible_and_each_error_leads_to_its_field(page: Page) -> None:
    page.goto("/catalogue/")
    page.get_by_role("button", name="Return to the team").click()

    assert page.title() == "Error: Catalogue – Goldenthread"
    accessibility.axe(page)
    accessibility.error_summary(page)


def test_the_error_summary_takes_the_reader_to_the_field(page: Page) -> None:
    page.goto("/catalogue/")
    page.get_by_role("button", name="Return to the team").click()
    page.get_by_role("link", name="Date of the session").click()

    assert page.evaluate("document.activeElement.id") == "held_on-day"


def test_what_an_answer_reveals_is_shown_when_it_is_chosen(page: Page) -> None:
    page.goto("/catalogue/")
    revealed = page.get_by_text("What must happen today?")
    before = revealed.is_visible()
    page.get_by_label("Inadequate", exact=True).last.check()

    assert (before, revealed.is_visible()) == (False, True)


def test_the_first_tab_skips_to_the_main_content(page: Page) -> None:
    page.goto("/about/")
    page.locator("[data-govuk-skip-link-init]").wait_for(state="attached")  # its script runs after the page is loaded
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_the_look_is_the_council_s_own(page: Page) -> None:
    page.goto("/catalogue/")
    fonts = page.evaluate(
        "() => [...new Set([...document.querySelectorAll('body *')].map(e => getComputedStyle(e).fontFamily))]"
    )
    button = page.get_by_role("button", name="Return to the team")

    assert [font for font in fonts if "Transport" in font] == []
    assert button.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(122, 82, 0)"


def test_without_scripts_the_form_still_says_what_is_wrong(browser, live_server) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/catalogue/")
    page.get_by_role("button", name="Return to the team").click()

    assert page.get_by_text("There is a problem").is_visible()
    assert page.get_by_role("link", name="Learn").is_visible()
    context.close()
