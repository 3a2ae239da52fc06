"""Reading what past sessions took: which files each auditor was given, of what kind, and finished on the day or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min

from goldenthread.audit.models import Part
from goldenthread.method.capacity import PastFile, kind_of
from goldenthread.web.wording import LONDON

FACTS = ("session__held_on", "submitted_at", "status", "opened_on", "linked")


def files_given(authority_id: int, since: date, before: date) -> Iterator[PastFile]:
    """The files given to one auditor each at the sessions from the one day to before the other. One statement.

    A single record has no day to fill, and a file that several audit together is nobody's day alone.
    """
    parts = Part.objects.filter(
        authority=authority_id, kind="auditor", audit__session__group__meets=True,
        audit__session__held_on__gte=since, audit__session__held_on__lt=before,
    ).exclude(audit__state="withdrawn")  # fmt: skip
    alone = parts.annotate(sharing=Count("people"), auditor=Min("people")).filter(sharing=1).order_by("pk")
    facts = alone.values_list("auditor", *(f"audit__{name}" for name in FACTS))
    for auditor, day, submitted_at, status, opened_on, linked in facts:
        finished = submitted_at is not None and submitted_at.astimezone(LONDON).date() <= day
        yield PastFile(auditor, day, status, kind_of(opened_on, day, linked=bool(linked)), finished)
