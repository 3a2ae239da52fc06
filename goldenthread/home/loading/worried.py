"""Two children who might have been unsafe: one weeks ago, answered the next day; one this morning, in hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from goldenthread.act.models import Concern
from goldenthread.act.queries.concerns import OpenConcern, concern_or_none
from goldenthread.act.services import concerns
from goldenthread.audit.models import Audit
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.method.deadlines import due_date
from goldenthread.people.models import Person

WEEKS_AGO = timedelta(days=40)
WORRY = "Nobody has seen this child for five weeks, and the last visit says that an adult who may not be there was."
SEEN = "Case notes, the last two entries; the plan’s third page."
OUTCOME = (
    "Visited the same afternoon with the police: the child was well and at home, the adult was not there. The plan "
    "says now who may be there, and there is a visit each week."
)
WORRY_NOW = "The last entry says that the child did not come home on Monday, and nothing follows it."
SEEN_NOW = "Case notes, last entry; no strategy discussion is on record."


def worry_about_two(loaded: Loaded, *, today: date) -> None:
    submitted = Audit.objects.filter(authority=loaded.authority, state="submitted", kind="case_file")
    then = (
        submitted.filter(submitted_at__date__lt=today - WEEKS_AGO, session__group__meets=True)
        .order_by("-submitted_at", "pk")
        .first()
    )
    under_way = Audit.objects.filter(authority=loaded.authority, state="in progress").order_by("pk").first()
    if then and then.submitted_at:
        day = then.submitted_at.date()
        concern = _raised(loaded, then, WORRY, SEEN, at(day, 11, 20))
        answerer = _acknowledged(loaded, concern, at(day, 12, 5))
        closed = at(due_date(day, 1), 15)
        by = loaded.on(answerer.staff_number, closed.date())
        concerns.close_concern(by=by, opened=_seen(by, concern), outcome=OUTCOME, now=closed)
    if under_way:
        concern = _raised(loaded, under_way, WORRY_NOW, SEEN_NOW, at(today, 8, 35))
        _acknowledged(loaded, concern, at(today, 8, 50))


def _raised(loaded: Loaded, audit: Audit, worry: str, seen: str, now: datetime) -> Concern:
    auditor = audit.parts.get(kind="auditor").people.order_by("pk")[0]
    by = loaded.on(auditor.staff_number, now.date())
    return concerns.raise_concern(by=by, audit=audit, worry=worry, seen=seen, now=now)


def _acknowledged(loaded: Loaded, concern: Concern, now: datetime) -> Person:
    told = concern.told.order_by("pk")[0]
    by = loaded.on(told.staff_number, now.date())
    concerns.acknowledge(by=by, opened=_seen(by, concern), now=now)
    return by


def _seen(person: Person, concern: Concern) -> OpenConcern:
    found = concern_or_none(person, concern.code)
    assert found is not None
    return found
