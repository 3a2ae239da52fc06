"""A report as a tagged PDF (PDF/UA-1), set by typst; and a chart as a picture, by the same hand.

The report goes in as JSON and is placed as text, so nothing in it can be read as markup. typst refuses to write the
file when a picture has no words. Arial or Liberation Sans is used where the machine has it, and otherwise the typeface
inside typst.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from goldenthread.learn.rendering.charts import drawing
from goldenthread.learn.rendering.model import Chart, Report, Table, plain

HERE = Path(__file__).parent
COLOUR = "#7a5200"


def as_pdf(report: Report, *, colour: str = COLOUR, system_fonts: bool = True) -> bytes:
    """The whole report as one PDF. `colour` ("#rrggbb", readable on white) marks rules and the council."""
    return _set(
        HERE / "report.typ",
        system_fonts=system_fonts,
        inputs={"report": json.dumps(_given(report, colour), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=0,  # the document's own date is the day of publication; the clock is never read
    )


def as_picture(chart: Chart, *, dots_per_inch: int = 200) -> bytes:
    """One chart as PNG, for a document that cannot hold a drawing."""
    return _set(
        HERE / "picture.typ",
        system_fonts=True,
        inputs={"drawing": json.dumps(plain(drawing(chart)), ensure_ascii=False)},
        format="png",
        ppi=dots_per_inch,
    )


def _set(source: Path, *, system_fonts: bool, inputs: dict[str, str], **how: Any) -> bytes:
    import typst  # noqa: PLC0415 - a worker that sets no document need not hold it

    made = typst.compile(str(source), root=str(HERE), font_paths=_fonts(system_fonts), sys_inputs=inputs, **how)
    assert isinstance(made, bytes)
    return made


@cache
def _fonts(system: bool) -> Any:
    """Found once a process: looking through a machine's fonts takes longer than setting a report."""
    import typst  # noqa: PLC0415 - as above

    return typst.Fonts(include_system_fonts=system)


def _given(report: Report, colour: str) -> dict[str, Any]:
    day = report.published_on
    numbers = {id(chart): number for number, chart in enumerate(report.charts, start=1)}

    def shown(block: Any) -> dict[str, Any]:
        if isinstance(block, Chart):
            return plain(block) | {"drawing": plain(drawing(block)), "number": numbers[id(block)]}
        return plain(block) | ({"shares": block.shares} if isinstance(block, Table) else {})

    return {
        "report": {
            name: plain(getattr(report, name)) for name in ("title", "subtitle", "council", "edition", "published_on")
        },
        "colour": colour,
        "published": {"year": day.year, "month": day.month, "day": day.day} if day else {},
        "facts": report.facts,
        "parts": [{"title": part.title, "blocks": [shown(block) for block in part.blocks]} for part in report.parts],
        "first_page": 1 if report.summary else 0,
        "behind": [{"number": numbers[id(chart)], "table": shown(chart.table)} for chart in report.charts],
    }
