"""The moments at which the invented council did what it did."""

from __future__ import annotations

from datetime import UTC, date, datetime, time


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)
