"""Making the private address of somebody's calendar."""

from __future__ import annotations

from datetime import datetime

from goldenthread.people.models import Person
from goldenthread.plan.models import CalendarFeed
from goldenthread.trail.services import record, step


@step
def make_calendar_address(*, by: Person, now: datetime) -> CalendarFeed:
    """A new address for her own calendar; the one she had leads nowhere from now on."""
    feed = CalendarFeed.objects.select_for_update(of=("self",)).filter(person=by).first()
    if feed is None:
        feed = CalendarFeed(authority_id=by.authority_id, person=by, version=0)
    feed.version += 1
    feed.made_at, feed.made_by = now, by
    feed.save()
    record(by=by, verb="made an address for", thing=feed, at=now, now={"version": feed.version})
    return feed
