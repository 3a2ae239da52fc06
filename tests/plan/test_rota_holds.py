"""Whatever the pages keep: nobody twice a day, only by post, never while away, never more than there are seats."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.people.models import Person, Post
from goldenthread.plan.models import Absence, Seat, Session
from tests import make
from tests.plan.rota_council import away, keep, proposed, published, unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GROUPS = ("duty", "safeguarding", "looked_after")


def faults() -> list[str]:
    """What does not hold of any seat there is, asked of the tables one by one: slow, and obvious."""
    found = []
    for seat in Seat.objects.select_related("session", "person"):
        day = seat.session.held_on
        if day < make.DAY:
            continue
        if not Post.objects.filter(Post.on(day), person=seat.person, kind=seat.post).exists():
            found.append(f"{seat} without the post {seat.post}")
        if Absence.objects.filter(person=seat.person, from_on__lte=day, to_on__gte=day, withdrawn_at=None).exists():
            found.append(f"{seat} while away")
    twice = Counter(Seat.objects.values_list("person", "session__held_on"))
    found += [f"{who} twice on {day}" for (who, day), seats in twice.items() if seats > 1]
    for held in Session.objects.all():
        for post, most in (("service_manager", 1), ("independent_reviewing_officer", 1), ("team_manager", 2)):
            if held.seats.filter(post=post).count() > most:
                found.append(f"{held}: too many of {post}")
    return found


sessions = st.lists(st.tuples(st.sampled_from(GROUPS), st.integers(1, 4), st.booleans()), min_size=1, max_size=7,
                    unique_by=lambda each: each[:2])  # fmt: skip
absences = st.lists(st.tuples(st.integers(0, 13), st.integers(1, 4), st.integers(0, 15)), max_size=6)
pages = st.lists(st.sampled_from(["fill", "again", "replan"]), min_size=1, max_size=3)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=sessions, first=absences, later=absences, kept=pages, leaver=st.none() | st.integers(0, 13))
def test_every_rota_that_the_pages_keep_holds(held, first, later, kept, leaver, transactional_clean) -> None:
    transactional_clean()
    with time_machine.travel(make.NOW, tick=False):
        make.council()
        people = list(Person.objects.order_by("pk"))
        for group, week, told in held:
            made = proposed(group, week)
            if told:
                published(made)
        for absent in (first, later):
            recorded(people, absent)
            for page in kept:
                keep(f"/plan/rota/{page}/", unit())
        if leaver is not None:
            people[leaver % len(people)].posts.update(ended_on=make.DAY + timedelta(weeks=2))
            keep("/plan/rota/replan/", unit())

        assert faults() == []


def recorded(people: list[Person], absent: list[tuple[int, int, int]]) -> None:
    for who, week, days in absent:
        person, day = people[who % len(people)], make.DAY + timedelta(weeks=week)
        if not overlaps(person, day, day + timedelta(days=days)):
            away(person, day, day + timedelta(days=days))


def overlaps(person: Person, first: date, last: date) -> bool:
    return Absence.objects.filter(person=person, from_on__lte=last, to_on__gte=first).exists()


@pytest.fixture
def transactional_clean():
    """Every example begins without sessions, seats and absences, and with every post as it was."""

    def clear() -> None:
        Seat.objects.all().delete()
        Session.objects.all().delete()
        Absence.objects.all().delete()
        Post.objects.update(ended_on=None)

    return clear
