"""Reading draws and the cases they selected. Only the Quality Assurance Unit sees them; its pages say so."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from goldenthread.people.models import Person
from goldenthread.plan.models import Session
from goldenthread.plan.queries.sessions import coming_sessions
from goldenthread.select.models import Draw, DrawnCase

# What is as long as the case list itself, and so is left where it is unless a page is about it.
OWN_PARTS, LISTS_PARTS = ("frame", "exclusions"), ("case_list__reading", "case_list__summary")
LARGE = OWN_PARTS + LISTS_PARTS


def draws_of(person: Person) -> QuerySet[Draw]:
    draws = Draw.objects.filter(authority=person.authority_id).select_related("session__group", "case_list")
    return draws.defer(*LISTS_PARTS)


def draws_listed(person: Person) -> QuerySet[Draw]:
    """Every draw on record, the latest first, without the lists they were made from."""
    return draws_of(person).defer(*LARGE)


def other_draws(draw: Draw) -> QuerySet[Draw]:
    """Every other draw from the same list, abandoned ones included: all of them are on record."""
    return Draw.objects.filter(case_list=draw.case_list_id).exclude(pk=draw.pk).defer(*OWN_PARTS)


def sessions_without_draw(person: Person, today: date) -> QuerySet[Session]:
    """The sessions to come that no draw was begun for, the nearest first."""
    begun = Draw.objects.filter(session__isnull=False).exclude(state="abandoned").values("session")
    return coming_sessions(person, today).filter(cancelled_at__isnull=True).exclude(pk__in=begun)


def draw_or_none(person: Person, code: str) -> Draw | None:
    return draws_of(person).select_related("frozen_by", "drawn_by", "framework").filter(code=code).first()


def draw_for(session: Session) -> Draw | None:
    """The draw made, or waiting for its dice, for this session."""
    draws = Draw.objects.filter(session=session).exclude(state="abandoned").select_related("case_list")
    return draws.defer(*LARGE).first()


def cases_of(draw: Draw) -> QuerySet[DrawnCase]:
    """Every case drawn, those replaced included, with what its line said."""
    cases = draw.cases.select_related("line__team", "line__worker", "replaces", "replaced_by")
    return cases.order_by("stratum", "place")


def cases_to_audit(session: Session) -> QuerySet[DrawnCase]:
    """The cases drawn for this session that stand."""
    cases = DrawnCase.objects.filter(draw__session=session, draw__state="drawn", standing="selected")
    related = ("line__team", "line__worker", "draw__case_list", "draw__framework")
    return cases.select_related(*related).defer(*(f"draw__{part}" for part in LARGE)).order_by("stratum", "place")


def case_or_none(person: Person, code: str) -> DrawnCase | None:
    cases = DrawnCase.objects.filter(authority=person.authority_id, code=code)
    related = ("draw__session__group", "draw__framework", "draw__case_list", "line")
    return cases.select_related(*related).defer(*(f"draw__{part}" for part in LARGE)).first()
