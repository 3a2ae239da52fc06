"""Whatever a person typed arrives as she typed it, in all three forms, wherever it stands."""

from __future__ import annotations

import io
import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from goldenthread.learn.rendering.model import Report
from goldenthread.learn.rendering.pdf import as_pdf
from goldenthread.learn.rendering.word import as_word
from tests.learn.rendering.page_reader import as_html, parsed
from tests.learn.sample_report import sample_report

pytestmark = pytest.mark.slow

TYPED = (
    "#set page(fill: red)",
    "<script>alert(1)</script>",
    "*bold* _slanted_ $x^2$ `code`",
    "= Heading @label <label>",
    "{{ report }} {% raw %}",
    "\\ // /* #panic() ]] \" ' &amp;",
)
KEPT = {"kind", "colour", "pattern"}  # chosen by us, never typed


def everywhere(value: Any, typed: str) -> Any:
    """The same report with every text in it replaced."""
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: everywhere(getattr(value, one.name), typed) for one in fields(value)}
        return replace(value, **{name: new for name, new in changed.items() if name not in KEPT})
    if isinstance(value, tuple):
        return tuple(everywhere(one, typed) for one in value)
    return typed if isinstance(value, str) and value else value


@pytest.fixture(scope="module", params=TYPED)
def typed(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def report(typed: str) -> Report:
    return everywhere(sample_report(), typed)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_in_the_pdf(report: Report, typed: str) -> None:
    pages = pypdf.PdfReader(io.BytesIO(as_pdf(report))).pages
    said = squeezed("".join(page.extract_text() for page in pages))

    assert said.count(squeezed(typed)) > 100


def test_in_word(report: Report, typed: str) -> None:
    paper = Document(io.BytesIO(as_word(report)))
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}

    assert cells == {typed}
    assert {one._inline.docPr.get("title") for one in paper.inline_shapes} == {typed}
    assert not list(paper.element.iter(qn("w:altChunk")))


def test_on_the_page(report: Report, typed: str) -> None:
    page = parsed(as_html(report))

    assert {cell.text for cell in page.iter("td")} == {typed}
    assert {one.text for one in page.iter("desc")} == {typed}
    assert not list(page.iter("script"))
