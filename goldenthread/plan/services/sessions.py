"""Arranging sessions by hand, changing them, publishing what was proposed, and cancelling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Focus, Group, Seat, Session
from goldenthread.plan.queries.sessions import sits_elsewhere
from goldenthread.plan.queries.years import year_on
from goldenthread.plan.services.rights import refuse_unless_planning
from goldenthread.plan.services.telling import AsTold, as_told, tell_seated
from goldenthread.trail.services import record, step


@step
def arrange_session(
    *, by: Person, group: Group, held_on: date, venue: str, focus: str, seats: Mapping[Person, str], now: datetime,
    set_focus: Focus | None = None,
) -> Session:  # fmt: skip
    """A session of this group, with these people in these posts; arranged by hand, it is published at once."""
    refuse_unless_planning(by)
    try:
        with transaction.atomic():
            session = Session.objects.create(
                authority_id=by.authority_id, group=group, year=year_on(by.authority_id, held_on), held_on=held_on,
                venue=venue, focus=focus, set_focus=set_focus, arranged_at=now, arranged_by=by, published_at=now,
                published_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise _already(group, held_on) from None
    _refuse_two_on_one_day(seats, held_on, session)
    _seat(session, seats)
    record(by=by, verb="arranged", thing=session, at=now, now=_facts(session))
    tell_seated(session=session, was=AsTold(held_on, venue, frozenset()), now=now)
    return session


@step
def change_session(
    *, by: Person, session: Session, held_on: date, venue: str, focus: str, seats: Mapping[Person, str], now: datetime,
    set_focus: Focus | None = None,
) -> Session:  # fmt: skip
    """Move the session, or change who sits in it; whom it concerns is told, once it is published."""
    refuse_unless_planning(by)
    if session.cancelled_at:
        raise Refused("This session was cancelled; arrange another.")
    was, told = _facts(session), as_told(session)
    session.held_on, session.venue, session.focus, session.set_focus = held_on, venue, focus, set_focus
    session.year = year_on(session.authority_id, held_on)
    try:
        with transaction.atomic():
            session.save(update_fields=["held_on", "venue", "focus", "set_focus", "year"])
    except IntegrityError:
        raise _already(session.group, held_on) from None
    _refuse_two_on_one_day(seats, held_on, session)
    _seat(session, seats)
    record(by=by, verb="changed", thing=session, at=now, was=was, now=_facts(session))
    tell_seated(session=session, was=told, now=now)
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
        told = as_told(session)
        session.published_at, session.published_by = now, by
        session.save(update_fields=["published_at", "published_by"])
        record(by=by, verb="published", thing=session, at=now, now=_facts(session))
        tell_seated(session=session, was=told, now=now)
    return proposed


@step
def cancel_session(*, by: Person, session: Session, because: str, now: datetime) -> Session:
    """Call the session off. Those who sit are told that it is off, not why."""
    refuse_unless_planning(by)
    if session.cancelled_at:
        raise Refused("This session is already cancelled.")
    if not because.strip():
        raise Refused("Say why the session is cancelled.")
    told = as_told(session)
    session.cancelled_at, session.cancelled_by = now, by
    session.save(update_fields=["cancelled_at", "cancelled_by"])
    record(by=by, verb="cancelled", thing=session, at=now, because=because)
    tell_seated(session=session, was=told, now=now)
    return session


def _seat(session: Session, seats: Mapping[Person, str]) -> None:
    """These people in these posts and nobody else. Who sits in her post already keeps her seat as it is.

    A seat given by hand is fixed: the rota leaves it.
    """
    kept = {seat.person_id for seat in session.seats.select_related("person") if seats.get(seat.person) == seat.post}
    session.seats.exclude(person__in=kept).delete()
    Seat.objects.bulk_create(
        Seat(authority_id=session.authority_id, session=session, person=person, post=post, fixed=True)
        for person, post in seats.items()
        if person.pk not in kept
    )


def _refuse_two_on_one_day(people: Iterable[Person], day: date, session: Session) -> None:
    people = list(people)
    # Whoever gives one of them a seat in the same moment waits here, and then finds this one.
    list(Person.objects.select_for_update().filter(pk__in=[each.pk for each in people]).order_by("pk").values("pk"))
    if seat := sits_elsewhere(people, day, session):
        raise Refused(
            f"{seat.person.name} has a seat at {seat.session.group.name} on {day:%-d %B %Y} already. "
            "Choose another day, or somebody else for one of the two."
        )


def _already(group: Group, held_on: date) -> Refused:
    return Refused(f"{group.name} already has a session on {held_on:%-d %B %Y}.")


def _facts(session: Session) -> dict[str, object]:
    return {
        "held_on": session.held_on.isoformat(),
        "venue": session.venue,
        "focus": str(session.set_focus or session.focus),
        "seats": sorted(session.seats.values_list("person_id", flat=True)),
    }
