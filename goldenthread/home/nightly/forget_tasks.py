"""Drop the queue's finished tasks, which it keeps for ever otherwise; what was sent stands in the outbox."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django_tasks_db.models import DBTaskResult

from goldenthread.web.wording import plural

JOB = "Forget tasks that are done"
KEPT = timedelta(days=7)


def run(*, now: datetime, today: date) -> str:
    dropped, _ = DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()
    return f"{plural(dropped, 'task')} forgotten."
