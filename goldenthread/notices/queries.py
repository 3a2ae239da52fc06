"""What is stuck, what waits and what was sent, of one council."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from goldenthread.method.deadlines import is_working_day
from goldenthread.notices.models import Notice, Run

LATELY = 50
LONGEST_HOLIDAY = 7  # calendar days in a row on which nobody works, and some
STATES = ("stuck", "waiting", "sent")


@dataclass(frozen=True, slots=True)
class Messages:
    """A council's messages by how they stand, the first fifty of each, and how the nightly job's parts last ran."""

    stuck: Sequence[Notice]
    waiting: Sequence[Notice]
    sent: Sequence[Notice]
    count: Mapping[str, int]
    behind_since: datetime | None
    runs: Sequence[Run]


def messages_of(authority: int, now: datetime) -> Messages:
    """Six statements."""
    return Messages(
        stuck=list(stuck(authority)[:LATELY]),
        waiting=list(waiting(authority)[:LATELY]),
        sent=list(sent_lately(authority)),
        count=counts(authority),
        behind_since=oldest_unsent(authority, now),
        runs=last_runs(),
    )


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
    """When the first of those was written that should have gone out by now; None where nothing is behind.

    One that was tried and is to be tried again counts as well: it is behind whatever its next try.
    """
    waits = Notice.objects.filter(authority_id=authority, state="waiting")
    behind = waits.filter(Q(due__lte=now) | Q(tries__gt=0))
    return behind.order_by("written").values_list("written", flat=True).first()


def counts(authority: int | None = None) -> dict[str, int]:
    """How many notices of a council, or of all, are stuck, waiting and sent."""
    which = Notice.objects.all() if authority is None else Notice.objects.filter(authority_id=authority)
    found = dict(which.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in STATES}


def notice_or_none(authority: int, pk: int) -> Notice | None:
    return Notice.objects.filter(authority_id=authority, pk=pk).first()


def last_runs() -> list[Run]:
    """Each nightly job's latest run, by name of the job."""
    newest: dict[str, Run] = {}
    for run in Run.objects.order_by("-day", "-pk")[:100]:
        newest.setdefault(run.job, run)
    return [newest[job] for job in sorted(newest)]


def last_working_day_of(job: str, before: date) -> date | None:
    """The last working day before this one on which the nightly job came to its end; None where there is none."""
    days = (
        Run.objects.filter(job=job, day__lt=before, ended__isnull=False).order_by("-day").values_list("day", flat=True)
    )
    return next((day for day in days[:LONGEST_HOLIDAY] if is_working_day(day)), None)
