"""One session's seats changed by hand: who could sit, what it changes, and then it is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from goldenthread.notices.models import Notice
from goldenthread.people.models import Person
from goldenthread.plan.models import Seat, Session
from goldenthread.trail.queries import events_of
from tests import make
from tests.browsing import faults, signed_in, statements, words
from tests.plan.rota_council import away, proposed, published, seat, seated, unit

pytestmark = pytest.mark.django_db
OFFICER, MANAGER = 1, 2  # places of the framework's seats: Independent Reviewing Officer, Team Manager


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def at(held: Session, rest: str = "") -> str:
    return f"/plan/sessions/{held.code}/seats/{rest}"


def choose(held: Session, line: int = MANAGER, leaves: Person | None = None) -> str:
    return at(held, f"{line}/{f'?leaves={leaves.code}' if leaves else ''}")


def keep(held: Session, leaves: Person | None, sits: Person | None, line: int = MANAGER) -> str:
    return at(held, f"{line}/keep/?leaves={leaves.code if leaves else ''}&sits={sits.code if sits else 'nobody'}")


# --- the seats of a session ------------------------------------------------------------------------------


def test_every_seat_is_there_with_the_way_to_change_it() -> None:
    here, held = make.council(), proposed()
    seat(held, here.rafiq)
    seat(held, here.grace, fixed=True)
    away(here.rafiq, held.held_on)

    page = words(unit().get(at(held)))

    assert "Team Manager Rafiq Alderton Away 1 seat this year" in page
    assert "Independent Reviewing Officer Grace Adewole Given by hand" in page
    assert page.count("Find somebody to sit as Team Manager") == 1


def test_the_session_leads_there() -> None:
    held = proposed()

    assert f'href="{at(held)}"' in unit().get(f"/plan/sessions/{held.code}/").content.decode()


def test_seats_of_a_session_that_is_past_cancelled_or_not_there_are_not_changed() -> None:
    past = make.session(held_on=make.DAY - timedelta(days=1))
    cancelled = proposed()
    Session.objects.filter(pk=cancelled.pk).update(cancelled_at=make.NOW, cancelled_by=make.council().maya)
    paths = [at(past), at(cancelled), "/plan/sessions/none/seats/", at(proposed(weeks=2), "9/")]

    assert {unit().get(path).status_code for path in paths} == {404}


# --- who could sit ---------------------------------------------------------------------------------------


def test_who_could_sit_stands_with_her_load_and_what_is_against_it() -> None:
    here, held = make.council(), proposed(weeks=7)
    for _ in range(1):
        seat(proposed(weeks=1), here.zofia)
    seat(held, here.rafiq)
    make.person("team_manager", name="Tom Spare")

    page = words(unit().get(choose(held, leaves=here.rafiq)))

    assert "Rafiq Alderton sits there now. 2 people are free that day" in page
    assert page.index("Tom Spare") < page.index("Zofia")
    assert "sits in the one before, 13 October" in page


def test_who_cannot_sit_stands_with_why() -> None:
    here, held = make.council(), proposed("duty")
    seat(proposed("safeguarding"), here.zofia)
    away(here.rafiq, held.held_on)

    page = words(unit().get(choose(held)))

    assert "Nobody in that post is free that day." in page
    assert "Rafiq Alderton is away that day" in page
    assert f"{here.zofia.name} sits in Safeguarding and child protection that day" in page


def test_nobody_chosen_is_said_at_the_field() -> None:
    held = proposed()

    assert faults(unit().get(choose(held) + "?sits=")) == [
        "Who sits there?: nothing was given. Choose one of those listed."
    ]
    assert faults(unit().get(choose(held) + f"?sits={make.council().ffion.code}")) == [
        f"Who sits there?: “{make.council().ffion.code}” is not one of the answers. Choose one of those listed."
    ]


def test_the_one_chosen_leads_to_what_it_changes() -> None:
    here, held = make.council(), proposed()
    seat(held, here.rafiq)

    answer = unit().get(choose(held, leaves=here.rafiq) + f"&sits={here.zofia.code}")

    assert answer.url == keep(held, here.rafiq, here.zofia)


def test_those_who_carry_least_are_shown_first_and_all_on_request() -> None:
    held = proposed()
    for number in range(15):
        make.person("team_manager", name=f"Spare Manager {number:02}")

    first, everybody = words(unit().get(choose(held))), words(unit().get(choose(held) + "?all=1"))

    assert (first.count("Spare Manager"), everybody.count("Spare Manager")) == (11, 15)
    assert "Show all 17 who are free" in first


# --- what it changes -------------------------------------------------------------------------------------


def test_consequences_are_shown_before_anything_is_kept() -> None:
    here, held = make.council(), published(proposed(weeks=7))
    seat(proposed(weeks=1), here.zofia)
    seat(held, here.rafiq)

    page = words(unit().get(keep(held, here.rafiq, here.zofia)))

    assert "Sits there now Rafiq Alderton" in page
    assert f"{here.zofia.name} would have 2 seats where now it is 1" in page
    assert "twice running" in page
    assert f"Rafiq Alderton and {here.zofia.name} are told by e-mail." in page
    assert "Rafiq Alderton can be given the seat back from the same page." in page
    assert seated(held) == {"Rafiq Alderton": "team_manager"}


def test_what_is_forbidden_is_said_without_a_button() -> None:
    here, held = make.council(), proposed()
    away(here.rafiq, held.held_on)

    page = words(unit().get(keep(held, None, here.rafiq)))

    assert ("Rafiq Alderton is away on 13 October 2026." in page, "Keep this change" in page) == (True, False)


# --- kept ------------------------------------------------------------------------------------------------


def test_a_swap_is_kept_fixed_recorded_and_told() -> None:
    here, held = make.council(), published(proposed())
    seat(held, here.rafiq)
    seat(held, here.grace)

    unit().post(keep(held, here.rafiq, here.zofia))

    told = events_of(held).last()
    assert held.seats.get(person=here.zofia).fixed is True
    assert set(seated(held)) == {here.zofia.name, "Grace Adewole"}
    assert told is not None
    assert (told.verb, told.was["seats"][0]["person"]) == ("swapped a seat of", "Rafiq Alderton")
    assert set(Notice.objects.values_list("name", "kind")) == {
        (here.zofia.name, "invitation"), ("Rafiq Alderton", "seat given up")
    }  # fmt: skip


def test_a_swap_is_swapped_back() -> None:
    here, held = make.council(), proposed()
    seat(held, here.rafiq)

    unit().post(keep(held, here.rafiq, here.zofia))
    unit().post(keep(held, here.zofia, here.rafiq))

    assert seated(held) == {"Rafiq Alderton": "team_manager"}


def test_an_empty_seat_is_given_and_a_taken_one_emptied() -> None:
    here, held = make.council(), proposed()

    unit().post(keep(held, None, here.grace, OFFICER))
    given = seated(held)
    unit().post(keep(held, here.grace, None, OFFICER))

    assert (given, seated(held)) == ({"Grace Adewole": "independent_reviewing_officer"}, {})


@pytest.mark.parametrize("forbidden", ["away", "twice", "post", "full", "gone"])
def test_what_may_not_be_is_refused_and_nothing_changes(forbidden: str) -> None:
    here, held = make.council(), proposed("duty")
    leaves, sits = None, here.rafiq
    if forbidden == "away":
        away(here.rafiq, held.held_on)
    if forbidden == "twice":
        seat(proposed("safeguarding"), here.rafiq)
    if forbidden == "post":
        sits = here.ffion
    if forbidden == "full":
        seat(held, here.zofia)
        seat(held, make.person("team_manager"))
    path = keep(held, leaves, sits)
    if forbidden == "gone":
        Session.objects.filter(pk=held.pk).update(held_on=make.DAY - timedelta(days=1))
    before = set(Seat.objects.values_list("session", "person"))

    answer = unit().post(path)

    assert answer.status_code == (404 if forbidden == "gone" else 409)
    assert set(Seat.objects.values_list("session", "person")) == before


def test_a_seat_that_somebody_no_longer_has_is_not_found() -> None:
    here, held = make.council(), proposed()

    assert unit().post(keep(held, here.rafiq, here.zofia)).status_code == 404


def test_somebody_who_is_not_there_is_not_found() -> None:
    here, held = make.council(), proposed()
    seat(held, here.rafiq)

    for path in (f"{MANAGER}/keep/", f"{MANAGER}/keep/?leaves={here.rafiq.code}&sits=nonesuch"):
        assert unit().get(at(held, path)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_the_same_statements_however_many_sit(number: int) -> None:
    here, held = make.council(), proposed()
    for person in (here.rafiq, here.grace, here.sunita)[:number]:
        seat(held, person)
    paths = (at(held), choose(held, leaves=here.rafiq), keep(held, here.rafiq, here.zofia))

    assert [statements(unit(), path) for path in paths] == [12] * 3


@pytest.mark.parametrize("name", ["grace", "rafiq", "helena", "bridget"])
def test_seats_are_changed_by_the_unit_only(name: str) -> None:
    here, held = make.council(), published(proposed())
    seat(held, here.grace)
    client = signed_in(getattr(here, name))
    paths = (at(held), choose(held), keep(held, here.grace, None, OFFICER))

    assert {client.get(path).status_code for path in paths} == {403}
    assert client.post(paths[-1]).status_code == 409
