"""A session's report while it is being written: its parts, each with what was drafted, ready for the unit's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from goldenthread.learn.models import Edition
from goldenthread.learn.rendering.model import Report, from_json
from goldenthread.learn.rendering.page import as_page_context
from goldenthread.learn.reports import session as session_report
from goldenthread.plan.models import Session


@dataclass(frozen=True, slots=True)
class DraftedPart:
    """One part of the report: its key in the unit's words, its heading, and the blocks drafted for it."""

    key: str
    title: str
    blocks: Any


def drafted(session: Session, today: date, *, circulated: bool = False, edition: Edition | None = None) -> Report:
    """The report as it stands, with the words of this draft, if there is one."""
    figures = session_report.figures(session, today, circulated=circulated)
    report = session_report.compose(figures, edition.words if edition else {})
    return replace(report, edition=f"Draft of edition {edition.number}" if edition else "Draft")


def as_published(edition: Edition) -> Report:
    """The report that this edition keeps; a constraint holds that a published one has its content."""
    return from_json(edition.content or {})


def parts_to_write(session: Session, today: date) -> dict[str, Any]:
    """What the writing page shows: the drafted parts in order, without anybody's words, and what charts need."""
    figures = session_report.figures(session, today)
    context = as_page_context(session_report.compose(figures, {}))
    blocks: Mapping[str, Any] = {part["title"]: part["blocks"] for part in context["report_parts"]}
    parts = [DraftedPart(key, title, blocks[title]) for key, title in session_report.PARTS.items()]
    return {
        "parts": parts,
        "hatches": context["hatches"],
        "submitted": len(figures.files),
        "unfinished": figures.unfinished,
    }
