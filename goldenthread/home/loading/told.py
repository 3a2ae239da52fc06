"""The mail of the invented council's past: it went out then, and does not wait to be sent today."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import F
from django_tasks_db.models import DBTaskResult

from goldenthread.notices.models import Notice
from goldenthread.web.wording import LONDON


def count_as_sent(*, today: date) -> None:
    """Every notice written before today was sent when it was written, and nothing is left to do for it."""
    Notice.objects.filter(written__lt=datetime.combine(today, time(), LONDON), state="waiting").update(
        state="sent", sent=F("written")
    )
    DBTaskResult.objects.all().delete()
