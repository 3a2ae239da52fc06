"""Reading absences: whose, when, and what seats they touch. Why somebody is away is nowhere kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.method.access import may
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Absence, Seat

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class AbsenceFilter:
    """What a list of absences is narrowed by; `state` is "" for current and coming, or past, withdrawn, all."""

    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class AbsencePage:
    """One page of absences, how many there are in all, and where the next page begins ("" on the last)."""

    absences: Sequence[Absence]
    count: int
    next: str


def standing_absences(authority_id: int) -> QuerySet[Absence]:
    """Those that were not withdrawn."""
    return Absence.objects.filter(authority=authority_id, withdrawn_at__isnull=True)


def own_absences(person: Person, today: date) -> QuerySet[Absence]:
    """Hers, current and coming."""
    return standing_absences(person.authority_id).filter(person=person, to_on__gte=today)


def page_of_absences(authority_id: int, narrowed: AbsenceFilter, today: date, after: str = "") -> AbsencePage:
    """Fifty absences by their first day; `after` is the code of the last one on the page before. Two statements."""
    found = Absence.objects.filter(authority=authority_id).filter(_states(today)[narrowed.state])
    if narrowed.text:
        found = found.filter(person__name__icontains=narrowed.text)
    rows = found
    if last := Absence.objects.filter(authority=authority_id, code=after).first() if after else None:
        rows = found.filter(Q(from_on__gt=last.from_on) | Q(from_on=last.from_on, pk__gt=last.pk))
    shown = list(rows.select_related("person")[: A_PAGE + 1])
    return AbsencePage(shown[:A_PAGE], found.count(), shown[A_PAGE - 1].code if len(shown) > A_PAGE else "")


def _states(today: date) -> dict[str, Q]:
    stands = Q(withdrawn_at__isnull=True)
    return {
        "": stands & Q(to_on__gte=today),
        "past": stands & Q(to_on__lt=today),
        "withdrawn": ~stands,
        "all": Q(),
    }


def absence_or_none(person: Person, code: str) -> Absence | None:
    """Any of the council's for the unit; for others their own. None alike when there is none and when not theirs."""
    found = Absence.objects.filter(authority=person.authority_id, code=code)
    if not may("arrange sessions", standings(person)):
        found = found.filter(person=person)
    return found.select_related("person", "recorded_by", "withdrawn_by").first()


def seats_touched(absence: Absence, today: date) -> QuerySet[Seat]:
    """Her seats at sessions to come on those days, the nearest first."""
    first = max(absence.from_on, today)
    held = Seat.objects.filter(
        person=absence.person_id, session__held_on__range=(first, absence.to_on), session__cancelled_at__isnull=True
    )
    return held.select_related("session__group", "session__year").order_by("session__held_on", "session__pk")


def seats_of_those_away(authority_id: int, today: date) -> QuerySet[Seat]:
    """Seats at sessions to come whose holders are away on the day, the next session's first."""
    away = standing_absences(authority_id).filter(
        person=OuterRef("person"), from_on__lte=OuterRef("session__held_on"), to_on__gte=OuterRef("session__held_on")
    )
    seats = Seat.objects.filter(
        Exists(away), authority=authority_id, session__held_on__gte=today, session__cancelled_at__isnull=True,
        session__group__meets=True,
    )  # fmt: skip
    return seats.select_related("session__group", "person").order_by("session__held_on", "pk")
