"""The PDF opened again: tagged, titled, in words, and the same every time."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdf
import pytest

from goldenthread.learn.rendering.pdf import as_pdf, as_picture
from tests.learn.sample_report import sample_report


@pytest.fixture(scope="module")
def made() -> bytes:
    return as_pdf(sample_report())


@pytest.fixture(scope="module")
def opened(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        yield pdf


def elements(node: Any) -> Iterator[Any]:
    """Every element of the tree of tags, in reading order."""
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K"))


def words(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_it_says_that_it_is_accessible(opened: pikepdf.Pdf) -> None:
    metadata = opened.Root.Metadata.read_bytes().decode()

    assert bool(opened.Root.MarkInfo.Marked)
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)


def test_it_is_in_british_english_and_has_a_title(opened: pikepdf.Pdf) -> None:
    assert str(opened.Root.Lang) == "en-GB"
    assert str(opened.docinfo.Title) == "Session report: Safeguarding, children looked after and duty: July 2026"


def test_its_properties_hold_nothing_but_title_council_and_day(opened: pikepdf.Pdf) -> None:
    said = {name: str(value) for name, value in opened.docinfo.items() if name != "/Creator"}

    assert said == {
        "/Title": "Session report: Safeguarding, children looked after and duty: July 2026",
        "/Author": "Thornmere Council",
        "/CreationDate": "D:20260724000000Z",
        "/ModDate": "D:20260724000000Z",
    }


def test_a_draft_has_no_day() -> None:
    with pikepdf.open(io.BytesIO(as_pdf(sample_report(published_on=None)))) as pdf:
        assert "/CreationDate" not in pdf.docinfo


def test_every_chart_is_a_figure_with_words(opened: pikepdf.Pdf) -> None:
    figures = [str(one.Alt) for one in elements(opened.Root.StructTreeRoot.K) if one.S == "/Figure"]

    assert figures == [
        f"{chart.title}. {chart.alt} The figures are in table {number}."
        for number, chart in enumerate(sample_report().charts, start=1)
    ]


def test_every_table_has_headers_for_its_columns_and_a_caption(opened: pikepdf.Pdf) -> None:
    found = Counter(str(one.S) for one in elements(opened.Root.StructTreeRoot.K))

    assert (found["/Table"], found["/THead"], found["/Caption"]) == (9, 9, 9)
    assert found["/TH"] == 6 + 4 + 5 + 2 + 3 * 5 + 2 + 2


def test_headings_are_nested_as_the_report_is(opened: pikepdf.Pdf) -> None:
    levels = [str(one.S) for one in elements(opened.Root.StructTreeRoot.K) if re.fullmatch(r"/H\d", str(one.S))]

    assert levels == ["/H1", "/H2", "/H2", *["/H3"] * 4, "/H2", *["/H3"] * 4, *["/H2"] * 4]


def test_the_outline_leads_to_every_part(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        titles = [item.title for item in outline.root[0].children]

    assert titles == [*(part.title for part in sample_report().parts), "The figures behind the charts"]


def test_every_page_says_council_edition_and_its_number(made: bytes) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]

    for number, page in enumerate(pages, start=1):
        assert "Thornmere Council · Session report · Edition 1" in page
        assert f"page {number} of {len(pages)}" in page


def test_every_word_of_the_report_is_in_it(made: bytes) -> None:
    said = words(made)

    for sentence in (
        "Forty files were drawn at random",
        "In the words of the Quality Assurance Unit",
        "27 of 40",
        "Chronologies list events but not what they meant for the child. (19 files · Chronology)",
        "Small numbers. Teams with fewer than 5 files are not shown",
        "not shown: fewer than 5 files",
    ):
        assert sentence in said


def test_the_same_report_is_the_same_file(made: bytes) -> None:
    assert as_pdf(sample_report()) == made


def test_it_is_set_without_any_font_of_the_machine() -> None:
    bare = as_pdf(sample_report(), system_fonts=False)

    assert "Forty files were drawn at random" in words(bare)


def test_a_report_with_nothing_in_it_is_still_a_document() -> None:
    assert "Session report" in words(as_pdf(sample_report(summary=(), sections=(), about=())))


def test_a_chart_is_also_a_picture() -> None:
    assert as_picture(sample_report().charts[0]).startswith(b"\x89PNG")
