"""Immediate concerns: that a child may be unsafe now, and how soon it was answered. What it was is protected."""

from __future__ import annotations

from goldenthread.act.models import Concern
from goldenthread.learn.feeds.model import Column, Table, known

TABLE = Table(
    "concerns",
    "Immediate concerns",
    "One row for each time that a child was thought to be unsafe now.",
    Concern,
    (
        Column("concern_id", "key", "The concern.", ("code",)),
        Column("audit_id", "key", "The audit it was raised from: a row of audits.", ("audit__code",)),
        Column("state", "text", "raised, acknowledged or closed.", ("state",)),
        Column("raised_at", "moment", "When it was raised.", ("raised_at",)),
        Column("answer_by", "moment", "By when it was to be acknowledged.", ("answer_by",)),
        Column("acknowledged_at", "moment", "When it was acknowledged.", ("acknowledged_at",)),
        Column("is_escalated", "yes_no", "Whether it went up because nobody answered.", ("escalated",), make=known),
        Column("closed_at", "moment", "When it was closed.", ("closed_at",)),
        Column("concern", "text", "What was seen, in words.", ("text",), "sensitive"),
        Column("outcome", "text", "What was done, in words.", ("outcome",), "sensitive"),
        Column("raised_by", "text", "Who raised it.", ("raised_by__name",), "staff"),
    ),
    audit="audit",
    day="raised_at",
    at=True,
)
