"""Drop the tokens of forms that were sent: whoever sends one twice does so within a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from goldenthread.web.idempotency import forget_submissions
from goldenthread.web.wording import plural

JOB = "Forget forms that were sent"
KEPT = timedelta(days=2)


def run(*, now: datetime, today: date) -> str:
    return f"{plural(forget_submissions(before=now - KEPT), 'form')} forgotten."
