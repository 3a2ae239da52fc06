"""The browser of the journeys, and a page that fails its test when anything goes wrong behind the scenes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect, sync_playwright

from tests import chromium

PATIENCE = 10_000  # milliseconds: long for a page, short for a test that hangs


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.executable()
    if path is None:
        sentence = f"No browser was found: none of {', '.join(chromium.NAMES)} is on the path."
        pytest.fail(sentence) if os.environ.get("CI") == "true" else pytest.skip(sentence)
    # Playwright keeps an event loop in this thread, and Django would refuse to touch the database beside one.
    expect.set_options(timeout=PATIENCE)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield chrome
        chrome.close()


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A page on the running product, at desk width, with its content security policy in force."""
    with tab(browser, live_server.url) as opened:
        yield opened


@pytest.fixture
def page_without_scripts(browser: Browser, live_server) -> Iterator[Page]:
    """The same where the reader's browser runs no script."""
    with tab(browser, live_server.url, java_script_enabled=False) as opened:
        yield opened


@contextmanager
def tab(browser: Browser, home: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=home, locale="en-GB", timezone_id="Europe/London", **options)
    context.set_default_timeout(PATIENCE)
    opened, faults = context.new_page(), Faults(home=home)
    faults.watch(opened)
    yield opened
    context.close()
    assert faults.seen == []


class Faults:
    """What went wrong where the reader of a page would not see it."""

    def __init__(self, *, home: str) -> None:
        self.home = home
        self.seen: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.seen.append(f"script failed: {error}"))
        page.on("console", self.console)
        page.on("response", self.response)
        page.on("request", self.request)

    def console(self, message: ConsoleMessage) -> None:
        # A 4xx the test asked for is also said here; a refused script or style (content security policy) is not one.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.seen.append(f"console: {message.text}")

    def response(self, response: Response) -> None:
        if response.status >= 500:
            self.seen.append(f"{response.status} from {response.url}")

    def request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.seen.append(f"left the product: {request.url}")
