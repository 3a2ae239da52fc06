"""Reading sessions, and who sits in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from goldenthread.method.access import may
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Seat, Session

PAST_A_PAGE = 50
KEY_LENGTH = 18


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
    return sessions_visible_to(person).filter(code=code).select_related("arranged_by", "cancelled_by").first()


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
    if place := _place(after):
        found = found.filter(Q(held_on__lt=place[0]) | Q(held_on=place[0], pk__lt=place[1]))
    rows = list(found.order_by("-held_on", "-pk")[: PAST_A_PAGE + 1])
    last = rows[PAST_A_PAGE - 1] if len(rows) > PAST_A_PAGE else None
    return PastSessions(rows[:PAST_A_PAGE], f"{last.held_on.isoformat()}.{last.pk}" if last else "")


def _place(written: str) -> tuple[date, int] | None:
    """The place in a list that an address names; None where it names none."""
    day, _, key = written.partition(".")
    try:
        return (date.fromisoformat(day), int(key)) if key.isdecimal() and len(key) < KEY_LENGTH else None
    except ValueError:
        return None


def seats_of(session: Session) -> QuerySet[Seat]:
    return session.seats.select_related("person").order_by("person__name")


def people_seated(session: Session) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=session.seats.values("person")).order_by("name")
