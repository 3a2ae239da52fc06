"""A report as part of a page: what `learn/report/report.html` needs beside the page's own context.

A page includes that template in its main block and links `learn/report.css` in its head. Charts are inline SVG of real
text, with no style and no script, so the page's content security policy holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from goldenthread.learn.rendering.charts import BLACK, WHITE, Drawing, drawing
from goldenthread.learn.rendering.model import GREYSCALE_PATTERNS, Block, Chart, Report


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with the name of the macro that shows it; a chart also with its number and its drawing."""

    form: str
    block: Block
    number: int = 0
    drawing: Drawing | None = None


def as_page_context(report: Report) -> dict[str, Any]:
    """`report`, its `report_parts` with their anchors, and the `hatches` its charts are filled with."""
    numbers = {id(chart): number for number, chart in enumerate(report.charts, start=1)}

    def shown(block: Block) -> Shown:
        if isinstance(block, Chart):
            return Shown("chart", block, numbers[id(block)], drawing(block))
        return Shown(type(block).__name__.lower(), block)

    return {
        "report": report,
        "report_parts": [
            {"anchor": f"part-{number}", "title": part.title, "blocks": [shown(block) for block in part.blocks]}
            for number, part in enumerate(report.parts, start=1)
        ],
        "hatches": hatches(report.charts),
    }


def chart_context(charts: Sequence[Chart]) -> dict[str, Any]:
    """`charts`, each with its number and drawing, and the `hatches` they are filled with, for a page of its own."""
    shown = [Shown("chart", chart, number, drawing(chart)) for number, chart in enumerate(charts, start=1)]
    return {"charts": shown, "hatches": hatches(charts)}


def hatches(charts: Sequence[Chart]) -> list[tuple[str, str]]:
    """The patterns that bars are filled with, in black and in white; none where there is no chart."""
    patterns = [hatch for hatch in GREYSCALE_PATTERNS if hatch != "solid"] if charts else []
    return [(hatch, ink) for hatch in patterns for ink in (BLACK, WHITE)]
