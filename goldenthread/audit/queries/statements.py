"""The statement of a quarter's inspections: what it says, and those that were signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from goldenthread.audit.models import Statement
from goldenthread.audit.queries.inspections import Cell, Row, register
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period
from goldenthread.people.models import Authority

MEANING = (
    "This is what senior managers inspected in {quarter}, as it stands on record. Where something is missing, "
    "it says so."
)


def statement_content(authority: Authority, framework: Framework, quarter: Period, today: date) -> dict[str, Any]:
    """All that a statement says, as it is shown, signed and kept: a line for each senior manager of the quarter."""
    rows = register(authority.pk, framework, [quarter], today)
    lines = [_line(row, cell) for row in rows for cell in row.cells if cell]
    return {
        "council": authority.name,
        "quarter": quarter.label,
        "starts_on": quarter.starts_on.isoformat(),
        "ends_on": quarter.ends_on.isoformat(),
        "meaning": MEANING.format(quarter=quarter.label),
        "lines": lines,
        "managers": len(lines),
        "without_gap": sum(1 for line in lines if not line["gaps"]),
    }


def _line(row: Row, cell: Cell) -> dict[str, Any]:
    return {
        "name": row.person.name,
        "post": row.title,
        "days": cell.days,
        "case_files": dict(sorted(cell.case_files.items())),
        "notes": {draw_id: number for draw_id, number in sorted(cell.notes.items()) if number},
        "allotted": cell.allotted,
        "gaps": list(cell.gaps),
    }


def statement_or_none(authority_id: int, quarter: Period) -> Statement | None:
    """The signed statement of this quarter."""
    signed = Statement.objects.filter(authority=authority_id, period_starts_on=quarter.starts_on)
    return signed.select_related("signed_by").first()


def statements_signed(authority_id: int, quarters: Sequence[Period]) -> Mapping[date, Statement]:
    """Those of these quarters that are signed, by the first day of the quarter, without what they say."""
    starts = [quarter.starts_on for quarter in quarters]
    signed = Statement.objects.filter(authority=authority_id, period_starts_on__in=starts)
    return {each.period_starts_on: each for each in signed.select_related("signed_by").defer("content")}
