"""Opening a year of auditing, changing its numbers, and shutting days of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from goldenthread.framework.models import FrameworkVersion
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Blackout, Session, Year
from goldenthread.plan.queries.years import year_overlapping
from goldenthread.plan.services.rights import refuse_unless_planning
from goldenthread.trail.services import record, step


@step
def open_year(
    *, by: Person, framework: FrameworkVersion, starts_on: date, ends_on: date, kinds: Mapping[str, int], now: datetime
) -> Year:
    """A year under these rules, with so many files of each kind. Sessions that stand on its days already join it."""
    refuse_unless_planning(by)
    if other := year_overlapping(by.authority_id, starts_on, ends_on):
        raise _overlaps(other)
    try:
        with transaction.atomic():
            year = Year.objects.create(
                authority_id=by.authority_id, framework=framework, starts_on=starts_on, ends_on=ends_on,
                kinds=dict(kinds), opened_at=now, opened_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("A year of these days was opened in the meantime.") from None
    standing = Session.objects.filter(authority=by.authority_id, held_on__gte=starts_on, held_on__lte=ends_on)
    standing.filter(year__isnull=True).update(year=year)
    record(by=by, verb="opened", thing=year, at=now, now=_facts(year))
    return year


@step
def change_year(*, by: Person, year: Year, kinds: Mapping[str, int], now: datetime) -> Year:
    """Other numbers of files. What was audited stays."""
    refuse_unless_planning(by)
    was = _facts(year)
    year.kinds = dict(kinds)
    year.save(update_fields=["kinds"])
    record(by=by, verb="changed", thing=year, at=now, was=was, now=_facts(year))
    return year


@step
def add_blackout(*, by: Person, year: Year, from_on: date, to_on: date, why: str, now: datetime) -> Blackout:
    """Days on which no session will be laid out. Sessions that stand there stay until somebody moves them."""
    refuse_unless_planning(by)
    if to_on < from_on:
        raise Refused(f"The last day, {to_on:%-d %B %Y}, is before the first, {from_on:%-d %B %Y}.")
    if year.blackouts.filter(from_on__lte=from_on, to_on__gte=to_on).exists():
        raise Refused("These days are kept free already.")
    blackout = Blackout.objects.create(
        authority_id=year.authority_id, year=year, from_on=from_on, to_on=to_on, why=why
    )  # fmt: skip
    record(by=by, verb="kept free", thing=blackout, at=now, now=_days(blackout))
    return blackout


@step
def withdraw_blackout(*, by: Person, blackout: Blackout, now: datetime) -> None:
    """The days may have sessions again."""
    refuse_unless_planning(by)
    record(by=by, verb="no longer kept free", thing=blackout, at=now, was=_days(blackout))
    blackout.delete()


def _overlaps(other: Year) -> Refused:
    return Refused(
        f"A year from {other.starts_on:%-d %B %Y} to {other.ends_on:%-d %B %Y} is open already. "
        "Begin after it, or end before it."
    )


def _facts(year: Year) -> dict[str, object]:
    return {"starts_on": year.starts_on.isoformat(), "ends_on": year.ends_on.isoformat(), "kinds": year.kinds}


def _days(blackout: Blackout) -> dict[str, str]:
    return {"from_on": blackout.from_on.isoformat(), "to_on": blackout.to_on.isoformat(), "why": blackout.why}
