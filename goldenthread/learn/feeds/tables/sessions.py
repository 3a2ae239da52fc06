"""Sessions: the days on which a group audits together, and the rounds of single records."""

from __future__ import annotations

from goldenthread.learn.feeds.model import Column, Table, known
from goldenthread.plan.models import Session

TABLE = Table(
    "sessions",
    "Sessions",
    "One row for each session, and each round of single records; those cancelled are in it, and say so.",
    Session,
    (
        Column("session_id", "key", "The session.", ("code",)),
        Column("group_key", "text", "Its auditing group, a key of the framework.", ("group__key",), "public"),
        Column("group", "text", "The group's name.", ("group__name",), "public"),
        Column(
            "does_meet",
            "yes_no",
            "Whether the group meets; if not, it is a round of single records.",
            ("group__meets",),
            "public",
        ),
        Column("held_on", "date", "The day.", ("held_on",), "public"),
        Column("venue", "text", "The place.", ("venue",), typed=True),
        Column("focus", "text", "What it looks at with most care.", ("focus",), typed=True),
        Column("is_published", "yes_no", "Whether its people were told.", ("published_at",), make=known),
        Column("is_cancelled", "yes_no", "Whether it was cancelled.", ("cancelled_at",), make=known),
    ),
    day="held_on",
)
