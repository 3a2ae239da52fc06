"""Reading the plan: groups, sessions and who sits in them."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from goldenthread.method.access import may
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Group, Seat, Session


def groups_of(authority_id: int) -> QuerySet[Group]:
    return Group.objects.filter(authority=authority_id)


def sessions_visible_to(person: Person) -> QuerySet[Session]:
    """Every session for the QAU and the directors; for others, those they have a seat at."""
    sessions = Session.objects.filter(authority=person.authority_id).select_related("group")
    if may("arrange sessions", standings(person)) or person.is_director:
        return sessions
    return sessions.filter(seats__person=person)


def session_or_none(person: Person, code: str) -> Session | None:
    """None alike when there is none and when it is not hers to see."""
    return sessions_visible_to(person).filter(code=code).first()


def sessions_with_seats(person: Person, today: date, *, past: bool) -> QuerySet[Session]:
    when = Q(held_on__lt=today) if past else Q(held_on__gte=today)
    found = sessions_visible_to(person).filter(when).annotate(seated=Count("seats"))
    return found.order_by("-held_on" if past else "held_on", "pk")


def seats_of(session: Session) -> QuerySet[Seat]:
    return session.seats.select_related("person").order_by("person__name")


def people_seated(session: Session) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=session.seats.values("person")).order_by("name")
