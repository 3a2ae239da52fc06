"""Reading what past sessions took: which files were finished on their day, by whom, and of what kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import F

from goldenthread.audit.models import Audit
from goldenthread.method.capacity import PastFile, kind_of


def files_finished_on_the_day(authority_id: int, since: date) -> Iterator[PastFile]:
    """The audits submitted on the very day of their session, since this day. One statement.

    A file finished later does not say what its session's day held, nor does a single record, which has no day.
    """
    audits = Audit.objects.filter(
        authority=authority_id, state="submitted", session__held_on__gte=since, session__group__meets=True,
        submitted_at__date=F("session__held_on"),
    )  # fmt: skip
    facts = ("submitted_by", "session__held_on", "status", "opened_on", "linked")
    for auditor, day, status, opened_on, linked in audits.order_by("pk").values_list(*facts):
        yield PastFile(auditor, day, status, kind_of(opened_on, day, linked=bool(linked)))
