"""The report's template rendered as the product renders it, and read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import html5lib
import jinja2

import goldenthread.learn
from goldenthread.learn.rendering.model import Report
from goldenthread.learn.rendering.page import as_page_context

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(goldenthread.learn.__path__[0]) / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def as_html(report: Report) -> str:
    return TEMPLATES.get_template("learn/report/report.html").render(as_page_context(report))


def parsed(html: str) -> Any:
    """The page's tree, the drawings' elements under their plain names too."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    for one in page.iter():
        one.tag = one.tag.rpartition("}")[2] if isinstance(one.tag, str) else one.tag
    return page


def texts(page: Any, tag: str) -> list[str]:
    return ["".join(one.itertext()).strip() for one in page.iter(tag)]
