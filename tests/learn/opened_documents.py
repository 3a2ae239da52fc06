"""Documents opened again, for tests: a PDF's words, tags and pages, a Word file's words and headings."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import docx
import pikepdf
import pypdf


def words_of_pdf(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def pages_of_pdf(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def tags_of_pdf(pdf: bytes) -> Counter[str]:
    """How often each tag stands in the document's tree: "H1", "TH", "Figure" …"""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        return Counter(str(one.S).lstrip("/") for one in _elements(opened.Root.StructTreeRoot.K))


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _elements(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K"))


def words_of_word(made: bytes) -> str:
    """Paragraphs and the cells of every table, in one text."""
    paper = docx.Document(io.BytesIO(made))
    cells = [cell.text for grid in paper.tables for row in grid.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def headings_of_word(made: bytes) -> list[str]:
    paper = docx.Document(io.BytesIO(made))
    return [one.text for one in paper.paragraphs if str(one.style and one.style.name).startswith("Heading 1")]
