"""What is stuck, what waits and what was sent, of one council."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet

from goldenthread.notices.models import Notice, Run

LATELY = 50


def stuck(authority: int) -> QuerySet[Notice]:
    """What will not be sent until somebody sees to it, the oldest first."""
    return Notice.objects.filter(authority_id=authority, state="stuck").order_by("written", "pk")


def waiting(authority: int) -> QuerySet[Notice]:
    """What is still to be sent, in the order in which it is due."""
    return Notice.objects.filter(authority_id=authority, state="waiting").order_by("due", "pk")


def sent_lately(authority: int) -> QuerySet[Notice]:
    """The last fifty that were sent, the newest first."""
    return Notice.objects.filter(authority_id=authority, state="sent").order_by("-sent", "-pk")[:LATELY]


def oldest_unsent(authority: int, now: datetime) -> datetime | None:
    """Since when the oldest of those that could have been sent has waited; None where nothing is behind."""
    behind = Notice.objects.filter(authority_id=authority, state="waiting", due__lte=now)
    return behind.order_by("written").values_list("written", flat=True).first()


def counts() -> dict[str, int]:
    """How many of all councils' notices are sent, waiting and stuck."""
    found = dict(Notice.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in ("sent", "waiting", "stuck")}


def notice_or_none(authority: int, pk: int) -> Notice | None:
    return Notice.objects.filter(authority_id=authority, pk=pk).first()


def last_runs() -> list[Run]:
    """Each nightly job's latest run, by name of the job."""
    newest: dict[str, Run] = {}
    for run in Run.objects.order_by("-day")[:100]:
        newest.setdefault(run.job, run)
    return [newest[job] for job in sorted(newest)]
