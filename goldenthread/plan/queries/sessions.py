"""Reading sessions, and who sits in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from goldenthread.method.access import may
from goldenthread.method.framework import Framework
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Membership, Seat, Session
from goldenthread.web.keyset import page_of


def sessions_visible_to(person: Person) -> QuerySet[Session]:
    """Every session for the QAU, and once they are published for the directors; for others, those with their seat.

    A session that is not published is a proposal of the unit's, and so are its seats.
    """
    sessions = Session.objects.filter(authority=person.authority_id).select_related("group")
    if may("arrange sessions", standings(person)):
        return sessions
    sessions = sessions.filter(published_at__isnull=False)
    if person.is_director:
        return sessions
    return sessions.filter(pk__in=Seat.objects.filter(person=person).values("session"))


def session_or_none(person: Person, code: str) -> Session | None:
    """None alike when there is none and when it is not hers to see."""
    visible = sessions_visible_to(person).select_related("arranged_by", "cancelled_by", "year", "set_focus")
    return visible.filter(code=code).first()


def coming_sessions(person: Person, today: date) -> QuerySet[Session]:
    """Those of today and after, the nearest first, with how many are `seated`."""
    return (
        sessions_visible_to(person).filter(held_on__gte=today).annotate(seated=Count("seats")).order_by("held_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class PastSessions:
    """One page of past sessions, and the place where the next begins ("" on the last)."""

    sessions: Sequence[Session]
    next: str


def past_sessions(person: Person, today: date, after: str = "") -> PastSessions:
    """Those before today, the latest first, fifty a page; `after` is the place where the last page ended."""
    found = sessions_visible_to(person).filter(held_on__lt=today).annotate(seated=Count("seats"))
    return PastSessions(*page_of(found, "held_on", after, newest_first=True))


def seats_of(session: Session) -> QuerySet[Seat]:
    return session.seats.select_related("person").order_by("person__name")


def chair_of(session: Session, seats: Sequence[Seat], framework: Framework) -> Person | None:
    """Who chairs: whoever sits and does so for the group; else the first of the posts that chair; None if none sits."""
    people = {seat.person_id: seat.person for seat in seats}
    chairs = session.group.memberships.filter(Membership.on(session.held_on), chairs=True, person__in=people)
    if of_the_group := chairs.order_by("from_on", "pk").first():
        return people[of_the_group.person_id]
    posts = framework.meeting.chaired_by
    ranked = sorted((posts.index(seat.post), place) for place, seat in enumerate(seats) if seat.post in posts)
    return seats[ranked[0][1]].person if ranked else None


def sits_elsewhere(people: Iterable[Person], day: date, session: Session) -> Seat | None:
    """A seat that one of these people has on the day at another session that is not cancelled; None if nobody has."""
    seats = Seat.objects.filter(
        person__in=[person.pk for person in people], session__held_on=day, session__cancelled_at__isnull=True,
        session__group__meets=True,
    )  # fmt: skip
    elsewhere = seats.exclude(session=session)
    return elsewhere.select_related("person", "session__group").order_by("person__name", "pk").first()


def people_seated(session: Session) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=session.seats.values("person")).order_by("name")
