"""Sending what waits in the outbox."""

from __future__ import annotations

from datetime import datetime

from goldenthread.notices.models import Notice


def send_one(notice: int, *, now: datetime) -> str:
    """Send this notice, if it is still to be sent; the state it is then in."""
    return Notice.objects.values_list("state", flat=True).get(pk=notice)
