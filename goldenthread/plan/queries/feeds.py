"""Somebody's own sessions for a calendar: as files, and at a private address that only she is given."""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from goldenthread.notices.calendar_files import Meeting
from goldenthread.notices.services import link
from goldenthread.people.models import Person
from goldenthread.plan.models import CalendarFeed, Seat, Session

SIGNER = signing.Signer(salt="goldenthread.plan.calendar", sep="~")
LONGEST = 200


def address_of(feed: CalendarFeed) -> str:
    """The private address: signed over the person's code and the version, so that nothing secret is kept."""
    token = SIGNER.sign(f"{feed.person.code}.{feed.version}")
    return link(reverse("calendar_feed", args=[token]))


def feed_of(person: Person) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person).select_related("person").first()


def feed_at(token: str) -> CalendarFeed | None:
    """The feed whose address this is; None for an address that is made up, was replaced, or is of somebody let go."""
    try:
        code, _, version = SIGNER.unsign(token[:LONGEST]).rpartition(".")
    except signing.BadSignature:
        return None
    feeds = CalendarFeed.objects.filter(person__code=code, version=int(version), person__is_active=True)
    return feeds.select_related("person").first()


def own_sessions(person: Person) -> QuerySet[Session]:
    """The published sessions at which she has a seat, cancelled ones too, in the order of their days."""
    hers = Seat.objects.filter(person=person).values("session")
    sessions = Session.objects.filter(published_at__isnull=False, group__meets=True, pk__in=hers)
    return sessions.select_related("group").order_by("held_on", "pk")


def meeting_of(session: Session, *, stamp: datetime | None = None, cancelled: bool = False) -> Meeting:
    """The session as an entry of a calendar: group, day, venue. Its focus stays out, since it could tell of a child."""
    page = link(reverse("open_session", args=[session.code]))
    return Meeting(
        uid=f"session-{session.code}@goldenthread",
        sequence=session.sequence,
        day=session.held_on,
        summary=f"Auditing session: {session.group.name}",
        location=session.venue,
        description=f"Who sits and what is audited stands on the page of the session: {page}",
        url=page,
        stamp=stamp or session.cancelled_at or session.published_at or session.arranged_at,
        cancelled=cancelled or session.cancelled_at is not None,
    )
