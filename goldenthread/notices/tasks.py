"""What the queue keeps: that a notice wants sending. The row in the outbox decides whether it still does."""

from __future__ import annotations

from typing import Any

from django_tasks import task

from goldenthread.notices.sending import send_one


@task(takes_context=True)
def send_notice(context: Any, notice: int) -> str:
    """Send one notice, if it is still to be sent; the state it is then in."""
    return send_one(notice, now=context.task_result.started_at)
