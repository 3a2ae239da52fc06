"""Inspections: supervision notes that senior managers inspect (recommendation 30)."""

from __future__ import annotations

from goldenthread.audit.models import Inspection
from goldenthread.learn.feeds.model import Column, Table

TABLE = Table(
    "inspections",
    "Senior managers' inspections",
    "One row for each set of supervision notes given to a senior manager to inspect. Her case files are in audits.",
    Inspection,
    (
        Column("inspection_id", "key", "The inspection.", ("code",)),
        Column("period_starts_on", "date", "The first day of the quarter it is for.", ("period_starts_on",)),
        Column("allotted_at", "moment", "When it was given to her.", ("allotted_at",)),
        Column("inspected_on", "date", "The day she inspected; empty: not yet.", ("inspected_on",)),
        Column("inspector", "text", "The senior manager.", ("person__name",), "staff"),
        Column("staff_file", "text", "Whose supervision notes: the staff number.", ("case__ref",), "staff"),
        Column("good", "text", "What was good.", ("good",), "sensitive"),
        Column("to_improve", "text", "What is to be improved.", ("to_improve",), "sensitive"),
    ),
    day="period_starts_on",
    may="see senior managers' inspections",
)
