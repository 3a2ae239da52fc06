"""A report as slides to speak to: a PDF of wide pages in large type, tagged (PDF/UA-1) as the report's own PDF is.

One slide says what it is, then one a part; a part that is too long for its slide runs on to another. It is made for
reports of a few lines a part, such as the briefing: a quarter's report is to be read, not shown.
"""

from __future__ import annotations

import json
from typing import Any

from goldenthread.learn.rendering.charts import drawing
from goldenthread.learn.rendering.model import Chart, Report, plain
from goldenthread.learn.rendering.pdf import COLOUR, HERE, _set


def as_slides(report: Report, *, colour: str = COLOUR, system_fonts: bool = True) -> bytes:
    """The report as one PDF of slides. `colour` ("#rrggbb", readable on white) marks the rules and the council."""
    return _set(
        HERE / "slides.typ",
        system_fonts=system_fonts,
        inputs={"slides": json.dumps(_given(report, colour), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=0,
    )


def _given(report: Report, colour: str) -> dict[str, Any]:
    day = report.published_on
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "council": report.council,
        "edition": report.edition,
        "colour": colour,
        "published": {"year": day.year, "month": day.month, "day": day.day} if day else {},
        "parts": [{"title": part.title, "blocks": [_shown(block) for block in part.blocks]} for part in report.parts],
    }


def _shown(block: Any) -> dict[str, Any]:
    return plain(block) | ({"drawing": plain(drawing(block))} if isinstance(block, Chart) else {})
