"""Attendance: who was briefed. A row says who, so the whole of it but its ids is about staff."""

from __future__ import annotations

from goldenthread.learn.feeds.model import Column, Table
from goldenthread.learn.models import Attendance

TABLE = Table(
    "attendance",
    "Attendance at briefings",
    "One row for each person who was briefed, each time.",
    Attendance,
    (
        Column("attendance_id", "id", "The mark.", ("pk",)),
        Column("briefing_session_id", "key", "The time: a row of briefing_sessions.", ("session__code",)),
        Column("marked_at", "moment", "When it was marked.", ("marked_at",)),
        Column("person", "text", "Who was briefed.", ("person__name",), "staff"),
    ),
    day="session__held_on",
)
