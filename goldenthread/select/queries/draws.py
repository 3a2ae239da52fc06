"""Reading draws and the cases they selected. Only the Quality Assurance Unit sees them; its pages say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from goldenthread.method.seed_sources.shares import FEWEST_SHARERS
from goldenthread.method.selecting import RANDOM
from goldenthread.people.models import Person
from goldenthread.plan.models import Session
from goldenthread.plan.queries.sessions import coming_sessions
from goldenthread.select.models import Draw, DrawnCase, SeedShare

# What is as long as the case list itself, and so is left where it is unless a page is about it.
OWN_PARTS, LISTS_PARTS = ("frame", "exclusions"), ("case_list__reading", "case_list__summary")
LARGE = OWN_PARTS + LISTS_PARTS


def draws_of(person: Person) -> QuerySet[Draw]:
    draws = Draw.objects.filter(authority=person.authority_id).select_related("session__group", "case_list")
    return draws.defer(*LISTS_PARTS)


def draws_listed(person: Person) -> QuerySet[Draw]:
    """Every draw on record, the latest first, without the lists they were made from."""
    return draws_of(person).defer(*LARGE)


DRAWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class DrawsPage:
    """Fifty draws, the latest first, and the keys where the pages beside it begin; None: there is none."""

    rows: Sequence[Draw]
    newer: int | None
    older: int | None


def page_of_draws(person: Person, *, below: int | None = None, above: int | None = None) -> DrawsPage:
    """The draws made before, or after, that of a key; one statement."""
    draws = draws_listed(person)
    if above is not None:
        found = list(draws.filter(pk__gt=above).order_by("pk")[: DRAWS_A_PAGE + 1])
        rows = found[:DRAWS_A_PAGE][::-1]
        return DrawsPage(rows, rows[0].pk if len(found) > DRAWS_A_PAGE else None, rows[-1].pk if rows else None)
    if below is not None:
        draws = draws.filter(pk__lt=below)
    found = list(draws.order_by("-pk")[: DRAWS_A_PAGE + 1])
    rows = found[:DRAWS_A_PAGE]
    newer = rows[0].pk if below is not None and rows else None
    return DrawsPage(rows, newer, rows[-1].pk if len(found) > DRAWS_A_PAGE else None)


def other_draws(draw: Draw) -> QuerySet[Draw]:
    """Every other draw from the same list, abandoned ones included: all of them are on record."""
    return Draw.objects.filter(case_list=draw.case_list_id).exclude(pk=draw.pk).defer(*OWN_PARTS)


def sessions_without_draw(person: Person, today: date) -> QuerySet[Session]:
    """The sessions to come that no draw was begun for, the nearest first."""
    begun = Draw.objects.filter(session__isnull=False).exclude(state="abandoned").values("session")
    return coming_sessions(person, today).filter(cancelled_at__isnull=True).exclude(pk__in=begun)


def draw_or_none(person: Person, code: str) -> Draw | None:
    return draws_of(person).select_related("frozen_by", "drawn_by", "framework", "focus").filter(code=code).first()


def draw_for(session: Session) -> Draw | None:
    """The draw made, or waiting for its seed, for this session: the one left to chance, if there are several."""
    draws = Draw.objects.filter(session=session).exclude(state="abandoned").select_related("case_list")
    return (
        draws.defer(*LARGE)
        .annotate(chance=ExpressionWrapper(Q(way__in=RANDOM), BooleanField()))
        .order_by("-chance", "-frozen_at")
        .first()
    )


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


def draw_to_share(person: Person, code: str) -> Draw | None:
    """A draw of her council whose seed comes from people's numbers, for anybody who may give one."""
    draws = draws_of(person).filter(code=code, seed_kind="shares").select_related("frozen_by")
    return draws.defer(*OWN_PARTS).first()


def shares_of(draw: Draw) -> QuerySet[SeedShare]:
    """The numbers given for a draw, in the order they were given."""
    return draw.shares.select_related("person")


def draws_to_settle(person: Person) -> QuerySet[Draw]:
    """Frozen draws that wait for their dice, their numbers or their round, the oldest first."""
    return draws_listed(person).filter(state="frozen").order_by("frozen_at", "pk")


def numbers_to_reveal(person: Person) -> QuerySet[Draw]:
    """Draws for which this person has committed to a number, and enough others have, so that she may reveal hers."""
    shares = SeedShare.objects.filter(draw=OuterRef("pk"))
    mine = shares.filter(person=person.pk, revealed_at__isnull=True)
    others = shares.exclude(person=OuterRef("frozen_by")).order_by().values("draw").annotate(number=Count("pk"))
    enough = others.filter(number__gte=FEWEST_SHARERS)
    waiting = Draw.objects.filter(Exists(mine), Exists(enough), authority=person.authority_id, state="frozen")
    return waiting.defer(*OWN_PARTS).order_by("frozen_at", "pk")
