"""Rounds of single records: what post-holders owe in a month is drawn and allotted like the files of a session.

A round is a session of a group that does not meet. It is held on the day the month's records are due, its seats are
those who owe any, and so the draw, the sharing out and the pages are a session's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from goldenthread.method.owed import last_working_day
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Group, Seat, Session
from goldenthread.plan.queries.years import year_on
from goldenthread.plan.services.rights import refuse_unless_planning
from goldenthread.trail.services import record, step

KEY, NAME = "single_records", "Single records"


@step
def open_round(*, by: Person, month: Period, holders: Mapping[Person, str], now: datetime) -> Session:
    """A round for this month, published at once, with everybody who owes records of it in the post she owes them in."""
    refuse_unless_planning(by)
    if not holders:
        raise Refused(f"Nobody owes records of {month.label}, so there is nothing to open.")
    group, _ = Group.objects.get_or_create(
        authority_id=by.authority_id, key=KEY, defaults={"name": NAME, "meets": False}
    )
    due_on = last_working_day(month)
    try:
        with transaction.atomic():
            session = Session.objects.create(
                authority_id=by.authority_id, group=group, year=year_on(by.authority_id, due_on), held_on=due_on,
                arranged_at=now, arranged_by=by, published_at=now, published_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(f"The records of {month.label} are open already.") from None
    Seat.objects.bulk_create(
        Seat(authority_id=by.authority_id, session=session, person=person, post=post, fixed=True)
        for person, post in holders.items()
    )
    seated = sorted(person.pk for person in holders)
    record(by=by, verb="arranged", thing=session, at=now, now={"month": month.label, "seats": seated})
    return session
