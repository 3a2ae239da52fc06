"""Editions: reports as they were published."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from goldenthread.learn.feeds.model import Column, Table
from goldenthread.learn.models import Edition


def published() -> QuerySet[Any]:
    return Edition.objects.filter(state="published")


TABLE = Table(
    "editions",
    "Published reports",
    "One row for each published edition of a report.",
    Edition,
    (
        Column("edition_id", "key", "The edition.", ("code",)),
        Column("report", "text", "The kind of report.", ("report",)),
        Column("number", "whole", "Which edition of its subject.", ("number",)),
        Column("session_id", "key", "The session it is of, if of one: a row of sessions.", ("session__code",)),
        Column("period_starts_on", "date", "The first day of the period it is of.", ("period_starts_on",)),
        Column("period_ends_on", "date", "The last day of that.", ("period_ends_on",)),
        Column("body", "text", "Whose edition it is, a key of the framework's bodies.", ("body",)),
        Column("team_id", "id", "The team it is of, if of one: a row of teams.", ("team",)),
        Column("sha256", "text", "The fingerprint of its content.", ("sha256",)),
        Column("published_at", "moment", "When it was published.", ("published_at",)),
        Column("published_by", "text", "Who published it.", ("published_by__name",), "staff"),
    ),
    day="published_at",
    at=True,
    query=published,
    may="read published reports",
)
