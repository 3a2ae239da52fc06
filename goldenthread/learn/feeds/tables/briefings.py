"""Briefings: what practitioners are told of what audits found."""

from __future__ import annotations

from goldenthread.learn.feeds.model import Column, Table, joined
from goldenthread.learn.models import Briefing

TABLE = Table(
    "briefings",
    "Briefings",
    "One row for each briefing.",
    Briefing,
    (
        Column("briefing_id", "key", "The briefing.", ("code",)),
        Column("title", "text", "Its title.", ("title",), typed=True),
        Column("period_starts_on", "date", "The first day of the audits it draws on.", ("period_starts_on",)),
        Column("period_ends_on", "date", "The last day of these.", ("period_ends_on",)),
        Column(
            "questions",
            "text",
            "The questions in which a change is looked for, parted by spaces.",
            ("questions",),
            make=joined,
        ),
        Column("message", "text", "What is hoped to change.", ("message",), typed=True),
        Column("made_at", "moment", "When it was made.", ("made_at",)),
    ),
    day="period_ends_on",
)
