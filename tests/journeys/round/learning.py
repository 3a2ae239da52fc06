"""The session's report: Maya's words, an edition, and its three forms opened again as their readers would."""

from __future__ import annotations

from pathlib import Path

import docx
import pikepdf
import pypdf
from playwright.sync_api import Page

from tests.journeys.walking import arrived, downloaded, go, press, refused, told

WORDS = "Children are seen quickly at the front door; what is learned there reaches the record too late."


def write_the_report(page: Page) -> None:
    go(page, "Learn")
    arrived(page, "Reports")
    page.get_by_role("link", name="Frontline duty, 6 October 2026").click()
    arrived(page, "Write the session report")
    page.get_by_label("Your words on: ").first.fill(WORDS)
    press(page, "Save and look at the report")
    told(page, WORDS)
    arrived(page, "Session report")


def publish(page: Page) -> None:
    press(page, "Publish this report")
    arrived(page, "Publish the report")
    press(page, "Show it as it will be published")
    refused(page, "Choose who will read this edition.")
    page.get_by_label("Managers, directors and others").check()
    press(page, "Show it as it will be published")
    told(page, "Publish edition 1?")
    arrived(page, "Session report")
    press(page, "Publish edition 1")
    told(page, "Edition 1 is published and can no longer be changed.")
    arrived(page, "Session report")
    told(page, WORDS)


def open_it_again(page: Page, council: str, folder: Path) -> None:
    pdf, word = downloaded(page, "PDF", folder), downloaded(page, "Word", folder)
    said = " ".join(" ".join(each.extract_text() for each in pypdf.PdfReader(pdf).pages).split())
    assert council in said
    assert WORDS in said
    with pikepdf.open(pdf) as opened:
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.StructTreeRoot.K
    assert WORDS in [paragraph.text for paragraph in docx.Document(str(word)).paragraphs]
