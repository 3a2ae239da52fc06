"""Moderations: second looks at an audit's grades."""

from __future__ import annotations

from goldenthread.audit.models import Moderation
from goldenthread.learn.feeds.model import Column, Table

TABLE = Table(
    "moderations",
    "Moderations",
    "One row for each second look at an audit. The grades it gave are in judgements, by its stage.",
    Moderation,
    (
        Column("moderation_id", "key", "The moderation.", ("code",)),
        Column("audit_id", "key", "Its audit: a row of audits.", ("audit__code",)),
        Column("stage", "text", "The stage, a key of the framework.", ("stage",)),
        Column("reason", "text", "The rule that sent it there.", ("reason",)),
        Column("state", "text", "waiting, grading, to agree, agreed, challenged or decided.", ("state",)),
        Column("quality", "text", "The grade of the audit itself, apart from the practice.", ("quality",)),
        Column("due_on", "date", "By when.", ("due_on",)),
        Column("chosen_at", "moment", "When it was chosen.", ("chosen_at",)),
        Column("agreed_at", "moment", "When its grades were agreed.", ("agreed_at",)),
        Column("challenged_at", "moment", "When the team challenged a grade.", ("challenged_at",)),
        Column("decided_at", "moment", "When that was decided.", ("decided_at",)),
        Column("quality_because", "text", "Why that grade of the audit.", ("quality_because",), "sensitive"),
        Column("agreed_because", "text", "Why the agreed grades.", ("agreed_because",), "sensitive"),
        Column("challenge", "text", "The challenge in words.", ("challenge",), "sensitive"),
        Column("decision", "text", "The decision in words.", ("decision",), "sensitive"),
    ),
    audit="audit",
    day="chosen_at",
    at=True,
    may="see the moderation",
)
