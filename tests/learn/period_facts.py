"""A quarter's facts made up, without a database: so many files of each kind, team and grade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import goldenthread
from goldenthread.learn.queries.period_facts import CASE_FILE, Checked, Files, Open, PeriodFigures, Reading
from goldenthread.method.framework import parse_framework
from goldenthread.method.periods import Period, period_of, periods

FRAMEWORK = parse_framework(
    (Path(goldenthread.__path__[0]).parent / "frameworks" / "knowsley_2009.toml").read_text(), "knowsley_2009.toml"
)
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
GOOD, POOR = "good", "requires_improvement"


def files(number: int, grade: str, team: str = "Duty 2", status: str = "Child in need", **other: Any) -> Files:
    whole = {"kind": CASE_FILE, "service": "Assessment", "random": True, "within": True} | other
    return Files(status=status, team=team, grade=grade, files=number, **whole)


def open_cases(number: int, status: str = "Child in need", team: str = "Duty 2") -> Open:
    return Open(status, team, "Assessment", number)


def quarters(*counted: tuple[int, int]) -> tuple[Reading, ...]:
    """(good, files) of so many quarters, the last of them `QUARTER`."""
    first = date(QUARTER.starts_on.year - 6, 4, 1)
    spans = list(periods("quarter", first, QUARTER.ends_on, 4))[-len(counted) :]
    return tuple(Reading(each, good, of) for each, (good, of) in zip(spans, counted, strict=True))


def facts(audited: Sequence[Files], **changed: Any) -> PeriodFigures:
    """The facts of a quarter in which these files were audited; anything else as given."""
    whole: dict[str, Any] = {
        "council": "Ambermere Council", "framework": FRAMEWORK, "period": QUARTER,
        "year": period_of(QUARTER.ends_on, "year", 4), "as_of": date(2026, 10, 12), "circulated": False,
        "detail": "team", "audience": "Divisional Management Meeting (DMM)", "files": tuple(audited),
        "open": (open_cases(2263),), "listed_on": date(2026, 9, 1), "sections": (), "readings": (), "themes": (),
        "tasks": (), "moved": (), "checked": Checked(0, 0, 0), "quotas": (), "inspected": 0, "to_inspect": 0,
        "concerns": 0,
    }  # fmt: skip
    return PeriodFigures(**whole | changed)
