"""How a person goes through the product: she comes in, arrives on pages that are sound, and is told what is wrong."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, expect

from goldenthread.people.models import Person
from tests.browsing import signed_in
from tests.journeys import accessibility


def arrived(page: Page, heading: str) -> None:
    """She is on the page of this heading, and nothing on it shuts anybody out."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    accessibility.axe(page)
    accessibility.error_summary(page)


def refused(page: Page, sentence: str) -> None:
    """What she sent was refused with this sentence, and its link takes her to the field."""
    link = page.get_by_role("alert").get_by_role("link", name=sentence)
    expect(link).to_be_visible()
    assert page.title().startswith("Error: ")
    accessibility.axe(page)
    accessibility.error_summary(page)
    link.click()
    assert page.evaluate("document.activeElement.matches('input, select, textarea')")


def told(page: Page, sentence: str) -> None:
    """What she did was done, and the page says so."""
    expect(page.locator("#main")).to_contain_text(sentence)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def go(page: Page, area: str) -> None:
    page.get_by_role("navigation", name="The audit cycle").get_by_role("link", name=area, exact=True).click()


def come_in(page: Page, name: str) -> None:
    """Choose this person from the demonstration's cast."""
    page.goto("/sign-in/")
    press(page, f"Sign in as {name}")
    arrived(page, "Your work")


def already_in(page: Page, person: Person) -> None:
    """She came in before the test began."""
    name = settings.SESSION_COOKIE_NAME
    session = signed_in(person).cookies[name].value
    page.context.add_cookies([{"name": name, "value": session, "domain": "localhost", "path": "/"}])


def go_out(page: Page) -> None:
    follow(page, "Sign out")
    page.locator("#main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who would you like to be?")


def downloaded(page: Page, link: str, folder: Path) -> Path:
    """The file that this link gives, kept in the folder under the name it comes with."""
    with page.expect_download() as coming:
        follow(page, link)
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path
