"""A pack opens in Chromium from a folder, with no network: every page, every link, nothing asked of anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, sync_playwright

from tests import chromium
from tests.learn.packing.packed import made, told, unzipped

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_every_page_opens_offline_and_every_link_leads_to_a_file_of_the_pack(tmp_path: Path) -> None:
    told()
    to = unzipped(made(), tmp_path)
    asked: list[str] = []
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=chromium.executable(), args=chromium.FLAGS)
        page = browser.new_context(offline=True, viewport={"width": 320, "height": 640}).new_page()
        page.on("request", lambda request: asked.append(address(request)))
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        pages = sorted(to.rglob("*.html"))
        broken = [link for each in pages for link in broken_links(page, each)]
        browser.close()

    assert len(pages) > 8
    assert broken == []
    assert faults == []
    assert [each for each in asked if not each.startswith(to.as_uri())] == []


def address(request: Request) -> str:
    return request.url


def broken_links(page: Page, file: Path) -> list[str]:
    """Opens the page; which of its links lead nowhere, and whether it is wider than a small telephone."""
    page.goto(file.as_uri())
    assert page.locator("main h1").count() == 1
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    links = page.eval_on_selector_all("a[href]", "found => found.map(each => each.getAttribute('href'))")
    there = [link for link in links if not link.startswith("#")]
    broken = [f"{file.name}: {link}" for link in there if not (file.parent / link).resolve().is_file()]
    return broken + ([f"{file.name} is too wide"] if wide else [])
