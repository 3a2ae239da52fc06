"""Sessions of a briefing: each time it is given."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from goldenthread.learn.feeds.model import Column, Table, known, team_columns
from goldenthread.learn.models import BriefingSession


def with_attendance() -> QuerySet[Any]:
    return BriefingSession.objects.annotate(briefed=Count("attendances"))


TABLE = Table(
    "briefing_sessions",
    "Times a briefing was given",
    "One row for each time that a briefing is given, with how many were briefed.",
    BriefingSession,
    (
        Column("briefing_session_id", "key", "The time it is given.", ("code",)),
        Column("briefing_id", "key", "The briefing: a row of briefings.", ("briefing__code",)),
        Column("held_on", "date", "The day.", ("held_on",)),
        Column("way", "text", "In a team's meeting, or once for all.", ("way",)),
        *team_columns("team", "it is given to; empty: everybody"),
        Column("is_cancelled", "yes_no", "Whether it was cancelled.", ("cancelled_at",), make=known),
        Column("briefed", "whole", "How many people were marked as briefed.", ("briefed",)),
        Column("led_by", "text", "Who led it.", ("led_by__name",), "staff"),
    ),
    day="held_on",
    query=with_attendance,
    worked_out={"briefed": "learn.Attendance, counted"},
)
