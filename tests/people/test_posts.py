"""People and the posts they hold over time: what somebody is today decides what she may, and nothing is rewritten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from goldenthread.method.access import Is
from goldenthread.people.models import Person, Post, PostHeld, Team
from goldenthread.people.queries import manager_of_team, people_in_post, teams_of, with_posts
from goldenthread.people.sign_in import signed_in
from goldenthread.people.standing import standings, standings_towards
from tests import make
from tests.audit.counting import statements
from tests.browsing import BACKEND, faults
from tests.cast import Council

pytestmark = pytest.mark.django_db
TODAY = make.DAY


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def here() -> Council:
    return make.council()


def end(person: Person, on: date) -> None:
    person.posts.update(ended_on=on)


def begin(person: Person, kind: str, team: str, on: date, **what: object) -> Post:
    return Post.objects.create(
        authority=person.authority, person=person, kind=kind, title=kind.replace("_", " ").title(),
        team=make.team(team), started_on=on, **what,
    )  # fmt: skip


def fresh(person: Person) -> Person:
    found = signed_in(person.pk)
    assert found is not None
    return found


# --- over time ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "held"),
    [
        (0, None, True),
        (1, None, False),
        (-1, 0, True),
        (-10, -1, False),
        (0, 0, True),
        (-10, 10, True),
    ],
)
def test_a_post_is_held_from_its_first_day_to_its_last(here, begins: int, ends: int | None, held: bool) -> None:
    end(here.ffion, TODAY - timedelta(days=365))
    post = begin(here.ffion, "social_worker", "Duty 2", TODAY + timedelta(days=begins))
    post.ended_on = None if ends is None else TODAY + timedelta(days=ends)
    post.save()

    assert bool(fresh(here.ffion).posts_held) is held


def test_the_capacity_is_the_post_taken_up_first(here) -> None:
    begin(here.rafiq, "team_manager", "Safeguarding 1", TODAY, oversees="team")

    assert fresh(here.rafiq).capacity == "Team Manager, Duty 2"


def test_who_left_every_post_acts_in_none(here) -> None:
    end(here.rafiq, TODAY - timedelta(days=1))

    assert (fresh(here.rafiq).capacity, standings(fresh(here.rafiq))) == ("no post", frozenset())


def test_a_post_without_a_team_is_its_title_alone() -> None:
    assert PostHeld("x", "Service Director", None, "", None, "authority", False).words == "Service Director"


@pytest.mark.parametrize("wrong", [{"ended_on": date(2019, 1, 1)}, {"share": 0}, {"share": "1.01"}])
def test_the_database_refuses_a_post_that_makes_no_sense(here, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        here.ffion.posts.update(**wrong)


# --- coming in ---------------------------------------------------------------------------------------------


def test_who_comes_in_is_read_with_council_and_posts_in_one_statement(here) -> None:
    begin(here.rafiq, "team_manager", "Safeguarding 1", TODAY, oversees="team")

    def come_in() -> None:
        person = fresh(here.rafiq)
        assert (person.authority.name, len(person.posts_held), person.capacity) == (
            here.authority.name,
            2,
            "Team Manager, Duty 2",
        )

    assert statements(come_in) == 1


def test_what_the_sign_in_reads_is_what_the_person_herself_would(here) -> None:
    begin(here.bridget, "service_manager", "Looked After Service", TODAY, oversees="service")
    for person in Person.objects.all():
        assert (fresh(person), fresh(person).posts_held) == (person, person.posts_held)


def test_many_are_read_with_their_posts_in_two_statements(here) -> None:
    people = Person.objects.order_by("pk")

    assert statements(lambda: [each.posts_held for each in with_posts(people, TODAY)]) == 2
    assert [each.posts_held for each in with_posts(people, TODAY)] == [each.posts_held for each in people]


def test_who_is_not_active_does_not_come_in(here) -> None:
    Person.objects.filter(pk=here.rafiq.pk).update(is_active=False)

    assert signed_in(here.rafiq.pk) is None


def test_nobody_at_all_does_not_come_in(here) -> None:
    assert signed_in(999_999) is None


def test_who_is_made_inactive_is_out_at_the_next_page(here) -> None:
    client = Client()
    client.force_login(here.rafiq, backend=BACKEND)
    before = client.get("/audit/").status_code
    Person.objects.filter(pk=here.rafiq.pk).update(is_active=False)

    assert (before, client.get("/audit/").status_code) == (200, 302)


def test_a_password_lets_in_only_the_active_and_does_not_tell_who_left(here) -> None:
    here.rafiq.set_password("a long enough password")
    here.rafiq.save()
    right = {"login": here.rafiq.username, "password": "a long enough password"}
    active = Client().post("/sign-in/", right)
    Person.objects.filter(pk=here.rafiq.pk).update(is_active=False)

    left, wrong = Client().post("/sign-in/", right), Client().post("/sign-in/", right | {"password": "wrong"})

    assert (active.status_code, left.status_code) == (302, wrong.status_code)
    assert faults(left) == faults(wrong) != []


# --- above whom --------------------------------------------------------------------------------------------


def test_whoever_holds_the_managing_post_that_day_manages_the_team(here) -> None:
    duty = make.team("Duty 2")
    end(here.rafiq, TODAY - timedelta(days=1))
    begin(here.zofia, "team_manager", "Duty 2", TODAY, oversees="team")

    assert manager_of_team(duty.pk, TODAY - timedelta(days=1)) == here.rafiq
    assert manager_of_team(duty.pk, TODAY) == here.zofia


def test_a_services_manager_is_asked_for_as_such(here) -> None:
    service = make.team("Assessment and Duty Service")

    assert manager_of_team(service.pk, TODAY, "service") == here.bridget
    assert manager_of_team(service.pk, TODAY) is None


@pytest.mark.parametrize("team", ["none", "vacant", "inactive"])
def test_a_team_may_be_without_a_manager(here, team: str) -> None:
    if team == "vacant":
        end(here.rafiq, TODAY - timedelta(days=1))
    if team == "inactive":
        Person.objects.filter(pk=here.rafiq.pk).update(is_active=False)

    assert manager_of_team(None if team == "none" else make.team("Duty 2").pk, TODAY) is None


TOWARDS = {
    "maya": {Is.QUALITY_ASSURANCE},
    "idris": {Is.QUALITY_ASSURANCE},
    "helena": {Is.DIRECTOR},
    "desmond": {Is.DIRECTOR},
    "rafiq": {Is.TEAM_MANAGER},
    "bridget": {Is.SERVICE_MANAGER},
    "zofia": set(),
    "nadia": set(),
    "ffion": set(),
    "grace": set(),
}


@pytest.mark.parametrize("who", TOWARDS)
def test_what_each_is_towards_a_case_of_duty_2(here, who: str) -> None:
    duty = make.team("Duty 2")

    found = standings_towards(
        fresh(getattr(here, who)), authority=here.authority.pk, team=duty.pk, service=duty.parent_id
    )

    assert found == TOWARDS[who]


@pytest.mark.parametrize("who", TOWARDS)
def test_towards_another_council_nobody_is_anything(here, who: str) -> None:
    duty = make.team("Duty 2")
    person = fresh(getattr(here, who))

    assert (
        standings_towards(person, authority=here.authority.pk + 1, team=duty.pk, service=duty.parent_id) == frozenset()
    )


def test_managing_one_team_is_nothing_towards_a_case_without_a_team(here) -> None:
    assert standings_towards(fresh(here.rafiq), authority=here.authority.pk, team=None, service=None) == frozenset()


# --- reorganised -------------------------------------------------------------------------------------------


def test_a_reorganisation_closes_teams_and_opens_others_and_rewrites_nothing(here) -> None:
    audit = make.audit()
    old = make.team("Duty 2")
    Team.objects.filter(pk=old.pk).update(closed_on=TODAY)
    end(here.rafiq, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    new = Team.objects.create(
        authority=here.authority, agency=old.agency, name="Assessment North", parent=old.parent, opened_on=tomorrow
    )
    begin(here.rafiq, "team_manager", "Assessment North", tomorrow, oversees="team")

    names = [[team.name for team in teams_of(here.authority.pk, day)] for day in (TODAY, tomorrow)]
    assert [("Duty 2" in each, "Assessment North" in each) for each in names] == [(True, False), (False, True)]
    assert (manager_of_team(old.pk, TODAY), manager_of_team(old.pk, tomorrow)) == (here.rafiq, None)
    assert manager_of_team(new.pk, tomorrow) == here.rafiq
    audit.refresh_from_db()
    assert audit.team_name in {"Duty 2", "Safeguarding 1"}


def test_a_team_does_not_close_before_it_opens(here) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Team.objects.filter(name="Duty 2").update(closed_on=date(2019, 1, 1))


def test_people_in_post_are_those_of_the_day_and_the_kind(here) -> None:
    end(here.rafiq, TODAY - timedelta(days=1))
    Person.objects.filter(pk=here.zofia.pk).update(is_active=False)

    assert list(people_in_post(here.authority.pk, TODAY, ["team_manager"])) == []
    assert [post.person for post in people_in_post(here.authority.pk, TODAY - timedelta(days=1), ["team_manager"])] == [
        here.rafiq
    ]
