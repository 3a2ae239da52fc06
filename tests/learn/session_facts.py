"""A session's facts made up, without a database: so many files of each team, status and grade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import goldenthread
from goldenthread.learn.queries.session_facts import Answered, AuditedFile, Chosen, SessionFigures, TasksSet
from goldenthread.method.framework import parse_framework

FRAMEWORK = parse_framework(
    (Path(goldenthread.__path__[0]).parent / "frameworks" / "knowsley_2009.toml").read_text(), "knowsley_2009.toml"
)
GOOD, POOR = "Good", "Requires improvement to be good"


def files(number: int, grade: str, team: str = "Duty 2", status: str = "Child in need") -> list[AuditedFile]:
    return [AuditedFile(status, team, grade, (("Assessment", grade),))] * number


def chosen(population: int, drawn: int) -> Chosen:
    return Chosen(
        draw_id="2026-10-06-safeguarding", source="dice:1-2;witnesses:Police DI", seed="ab" * 32, list_sha256="cd" * 32,
        listed_on=date(2026, 9, 30), population=population, strata=2, drawn=drawn, left_out=(("restricted", 3),),
        replaced=(("With the court", 1),),
    )  # fmt: skip


def facts(audited: Sequence[AuditedFile], *, population: int = 2263, **changed: Any) -> SessionFigures:
    """The facts of a session at which these files were audited; anything else as given."""
    whole: dict[str, Any] = {
        "council": "Ambermere Council", "framework": FRAMEWORK, "group": "Safeguarding", "held_on": date(2026, 10, 6),
        "venue": "", "focus": "", "as_of": date(2026, 10, 30), "circulated": False, "templates": ("Case file audit",),
        "chosen": chosen(population, len(audited)), "files": tuple(audited), "unfinished": 0, "withdrawn": 0,
        "findings": (), "outcomes": (), "early_help": Answered("Evidence of CAF input", 0, 0, 0, 0),
        "regional_points": (), "change": None, "returned": 0, "awaiting": 0, "accepted": 0, "tasks": TasksSet(),
    }  # fmt: skip
    return SessionFigures(**whole | changed)
