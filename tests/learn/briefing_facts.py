"""A briefing's facts, for tests without a database: a half-year of forty random files under the council's framework."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from goldenthread.learn.queries.briefing_figures import BriefingFigures, Told
from goldenthread.method.effect import Count
from goldenthread.method.periods import Period
from tests.learn.session_facts import FRAMEWORK


def facts(**changed: Any) -> BriefingFigures:
    """About forty files now and before; praise and requests of both kinds; one theme too small to show."""
    figures = BriefingFigures(
        council="Ambermere",
        framework=FRAMEWORK,
        period=Period(date(2026, 4, 1), date(2026, 9, 30)),
        before=Period(date(2025, 10, 1), date(2026, 3, 31)),
        good_label="Good or better",
        files=41,
        further=3,
        of=40,
        of_before=40,
        good=Count(20, 40),
        good_before=Count(20, 40),
        told=(
            Told("practice", "good", "Direct work with the child", 15, 10),
            Told("practice", "good", "Planning and review", 10, 5),
            Told("practice", "improve", "Chronology", 10, 20),
            Told("practice", "improve", "The child's voice", 5, None),
            Told("process", "improve", "Supervision", 10, 5),
            Told("process", "good", "Recording", None, None),
        ),
        tables=(),
    )
    return replace(figures, **changed)
