"""The session report as PDF, against typst alone setting the same document; its title differs from turn to turn.

typst keeps what it has set before, so nothing may be set twice.
"""

from __future__ import annotations

import json
from itertools import count

import typst

from bench.measurement import Measurement, in_turns
from goldenthread.learn.rendering import pdf
from tests.learn.sample_report import sample_report

NAME = "The session report as PDF"


def run() -> list[Measurement]:
    titles = (f"Session report {number}" for number in count())
    setting = {"root": str(pdf.HERE), "font_paths": pdf._fonts(True), "pdf_standards": ["ua-1"], "timestamp": 0}
    report = sample_report()
    given = pdf._given(report, pdf.COLOUR)

    def ours() -> bytes:
        return pdf.as_pdf(sample_report(title=next(titles)))

    def alone() -> object:
        words = given | {"report": given["report"] | {"title": next(titles)}}
        return typst.compile(
            str(pdf.HERE / "report.typ"), sys_inputs={"report": json.dumps(words)}, format="pdf", **setting
        )

    taken, floored = in_turns(ours, alone, repeats=15)
    return [Measurement(f"{NAME}, against typst alone", taken, floored, at_most=2)]
