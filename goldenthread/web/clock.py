"""The one clock. Pages and commands ask it and hand the answer on as `now` or `today`; nothing below them asks."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from goldenthread.web.wording import LONDON


def now() -> datetime:
    """This moment, aware, in UTC as it is stored."""
    return timezone.now()


def today() -> date:
    """The date on the wall in England, which is not always the date in UTC."""
    return timezone.localdate()


def midnight(day: date) -> datetime:
    """When a day begins on the wall in England; it asks no clock, so anything below a page may call it."""
    return datetime.combine(day, time(), LONDON)
