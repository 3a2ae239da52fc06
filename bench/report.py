"""The session report as PDF, against typst alone compiling the same source.

To be measured: at most 2 times typst, with data changed between turns (typst keeps what it has seen). Needs the report
of a session as data, its renderer to PDF and the source that it hands to typst.
"""

from __future__ import annotations

from bench.measurement import Measurement, NotMeasured

NAME = "The session report as PDF"


def run() -> list[Measurement]:
    raise NotMeasured("the session report is not joined to this benchmark yet")
