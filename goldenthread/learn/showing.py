"""A report while it is being written: its parts, each with what was drafted, ready for the unit's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from goldenthread.learn.models import Edition
from goldenthread.learn.readers import is_circulated
from goldenthread.learn.rendering.model import Report, from_json
from goldenthread.learn.rendering.page import as_page_context
from goldenthread.learn.reports import Kind
from goldenthread.learn.subjects import Subject


@dataclass(frozen=True, slots=True)
class DraftedPart:
    """One part of the report: its key in the unit's words, its heading, and the blocks drafted for it."""

    key: str
    title: str
    blocks: Any


def drafted(kind: Kind, subject: Subject, today: date, *, readers: str, edition: Edition | None = None) -> Report:
    """The report as it stands, with the words of this draft, if there is one."""
    figures = kind.figures(subject, today, circulated=is_circulated(readers))
    report = kind.compose(figures, edition.words if edition else {})
    return replace(report, edition=f"Draft of edition {edition.number}" if edition else "Draft")


def as_published(edition: Edition) -> Report:
    """The report that this edition keeps; a constraint holds that a published one has its content."""
    return from_json(edition.content or {})


def parts_to_write(kind: Kind, subject: Subject, today: date) -> dict[str, Any]:
    """What the writing page shows: the drafted parts in order, without anybody's words, and what charts need.

    `lacking` is why it could not be published today; `unfinished` how many audits are still to come, where a report
    counts them. The figures are those that the widest of its readers may see.
    """
    readers = kind.readers(subject)[-1]
    figures = kind.figures(subject, today, circulated=is_circulated(readers))
    context = as_page_context(kind.compose(figures, {}))
    blocks: Mapping[str, Any] = {part["title"]: part["blocks"] for part in context["report_parts"]}
    parts = [DraftedPart(key, title, blocks.get(title, ())) for key, title in kind.parts.items()]
    return {
        "parts": parts,
        "hatches": context["hatches"],
        "lacking": kind.lacking(figures),
        "unfinished": getattr(figures, "unfinished", 0),
    }
