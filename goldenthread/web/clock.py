"""The one clock. Pages and commands ask it and hand the answer on as `now` or `today`; nothing below them asks."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware, in UTC as it is stored."""
    return timezone.now()


def today() -> date:
    """The date on the wall in England, which is not always the date in UTC."""
    return timezone.localdate()
