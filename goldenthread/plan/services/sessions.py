"""Arranging sessions by hand: a group, a day, a place, a focus, and who sits there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Group, Seat, Session
from goldenthread.plan.services.rights import refuse_unless_planning
from goldenthread.trail.services import record, step


@step
def arrange_session(
    *, by: Person, group: Group, held_on: date, venue: str, focus: str, seats: Mapping[Person, str], now: datetime
) -> Session:
    """A session of this group, with these people in these posts; arranged by hand, it is published at once."""
    refuse_unless_planning(by)
    try:
        with transaction.atomic():
            session = Session.objects.create(
                authority_id=by.authority_id, group=group, held_on=held_on, venue=venue, focus=focus,
                arranged_at=now, arranged_by=by, published_at=now, published_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(f"{group.name} already has a session on {held_on:%-d %B %Y}.") from None
    _seat(session, seats)
    record(by=by, verb="arranged", thing=session, at=now, now=_facts(session))
    return session


@step
def change_session(
    *, by: Person, session: Session, held_on: date, venue: str, focus: str, seats: Mapping[Person, str], now: datetime
) -> Session:
    """Move the session, or change who sits in it."""
    refuse_unless_planning(by)
    if session.cancelled_at:
        raise Refused("This session was cancelled; arrange another.")
    was = _facts(session)
    session.held_on, session.venue, session.focus = held_on, venue, focus
    try:
        with transaction.atomic():
            session.save(update_fields=["held_on", "venue", "focus"])
    except IntegrityError:
        raise Refused(f"{session.group.name} already has a session on {held_on:%-d %B %Y}.") from None
    session.seats.all().delete()
    _seat(session, seats)
    record(by=by, verb="changed", thing=session, at=now, was=was, now=_facts(session))
    return session


@step
def cancel_session(*, by: Person, session: Session, because: str, now: datetime) -> Session:
    refuse_unless_planning(by)
    if session.cancelled_at:
        raise Refused("This session is already cancelled.")
    if not because.strip():
        raise Refused("Say why the session is cancelled.")
    session.cancelled_at, session.cancelled_by = now, by
    session.save(update_fields=["cancelled_at", "cancelled_by"])
    record(by=by, verb="cancelled", thing=session, at=now, because=because)
    return session


@step
def publish_sessions(*, by: Person, sessions: Iterable[Session], now: datetime) -> list[Session]:
    """Make proposals binding: those seated see the sessions from now on, and each is sent an invitation.

    Those published already are left as they are. Refused: a session that was cancelled, and when nothing is left to
    publish. Gives the sessions that were published now.
    """
    refuse_unless_planning(by)
    sessions = list(sessions)
    if cancelled := next((session for session in sessions if session.cancelled_at), None):
        raise Refused(f"{cancelled} was cancelled, so it cannot be published. Arrange another.")
    proposed = [session for session in sessions if not session.published_at]
    if not proposed:
        raise Refused("These sessions are published already.")
    for session in proposed:
        session.published_at, session.published_by = now, by
        session.save(update_fields=["published_at", "published_by"])
        record(by=by, verb="published", thing=session, at=now, now=_facts(session))
    return proposed


def _seat(session: Session, seats: Mapping[Person, str]) -> None:
    Seat.objects.bulk_create(
        Seat(authority_id=session.authority_id, session=session, person=person, post=post)
        for person, post in seats.items()
    )


def _facts(session: Session) -> dict[str, object]:
    return {
        "held_on": session.held_on.isoformat(),
        "venue": session.venue,
        "focus": session.focus,
        "seats": sorted(session.seats.values_list("person_id", flat=True)),
    }
