"""Arranging a session by hand, changing it and cancelling it."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine

from goldenthread.plan.models import Group, Session
from tests import make
from tests.browsing import faults, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def day(field: str, on: date) -> dict[str, str]:
    return {f"{field}-day": str(on.day), f"{field}-month": str(on.month), f"{field}-year": str(on.year)}


def said(**how: str) -> dict[str, str]:
    group = Group.objects.get(authority=make.council().authority, key="duty")
    return {"group": str(group.pk), "venue": "Library", "focus": "", **day("held_on", date(2026, 11, 17)), **how}


def test_a_session_is_arranged_with_who_sits_in_which_post() -> None:
    here = make.council()

    answer = signed_in(here.maya).post(
        "/plan/sessions/arrange/", said(**{"seat-1": f"{here.grace.pk}:independent_reviewing_officer"})
    )

    session = Session.objects.get()
    assert answer.url == f"/plan/sessions/{session.code}/"
    assert (session.group.key, session.held_on, session.venue) == ("duty", date(2026, 11, 17), "Library")
    assert [(seat.person, seat.post) for seat in session.seats.all()] == [(here.grace, "independent_reviewing_officer")]


def test_the_frameworks_seven_seats_are_offered_one_by_one() -> None:
    page = words(signed_in(make.council().maya).get("/plan/sessions/arrange/"))

    assert "The framework asks for 7 seats" in page
    assert ("Team Manager (2 of 2)" in page, "Senior Practitioner or Social Worker (1 of 2)" in page) == (True, True)


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_is_kept() -> None:
    answer = signed_in(make.council().maya).post("/plan/sessions/arrange/", {"venue": "Library", "held_on-day": "32"})

    assert faults(answer) == [
        "Auditing group: nothing was given. Choose one of those listed.",
        "Date of the session: “32” is not whole. It must have a month and a year too, for example 31 3 2026.",
    ]
    assert 'value="Library"' in answer.content.decode()


def test_one_person_has_one_seat() -> None:
    here = make.council()
    twice = f"{here.rafiq.pk}:team_manager"

    answer = signed_in(here.maya).post("/plan/sessions/arrange/", said(**{"seat-2": twice, "seat-3": twice}))

    assert faults(answer) == [
        "Team Manager (2 of 2): Rafiq Alderton has a seat already, as Team Manager (1 of 2). Choose one."
    ]
    assert not Session.objects.exists()


def test_a_second_session_of_the_group_that_day_is_refused_beside_the_day() -> None:
    make.session("duty", date(2026, 11, 17))

    answer = signed_in(make.council().maya).post("/plan/sessions/arrange/", said())

    assert faults(answer) == ["Frontline duty already has a session on 17 November 2026."]
    assert 'href="#held_on-day"' in answer.content.decode()


def test_the_unit_sees_what_comes_next() -> None:
    session = make.session()

    page = words(signed_in(make.council().maya).get(f"/plan/sessions/{session.code}/"))

    assert page.index("Draw the files") < page.index("Share the files out") < page.index("report of the session")


def test_each_way_on_leads_to_a_page() -> None:
    client, session = signed_in(make.council().maya), make.drawn_session()
    page = client.get(f"/plan/sessions/{session.code}/").content.decode()

    ways = re.findall(rf'href="(/\w+/sessions/{session.code}/[^"]*)"', page)

    assert {way: client.get(way, follow=True).status_code for way in ways} == dict.fromkeys(ways, 200)
    assert {way.split("/")[1] for way in ways} == {"plan", "select", "audit", "learn"}


def test_somebody_who_sits_sees_the_session_and_no_button() -> None:
    session = make.session()

    page = words(signed_in(make.council().grace).get(f"/plan/sessions/{session.code}/"))

    assert ("Grace Adewole" in page, "Change the session" in page) == (True, False)


def test_a_session_of_others_is_not_found() -> None:
    session = make.session()

    assert signed_in(make.council().ffion).get(f"/plan/sessions/{session.code}/").status_code == 404


@pytest.mark.parametrize("what", ["change", "cancel"])
def test_only_the_unit_changes_and_cancels(what: str) -> None:
    session = make.session()

    assert signed_in(make.council().grace).get(f"/plan/sessions/{session.code}/{what}/").status_code == 403


def test_changing_begins_with_the_session_as_it_is() -> None:
    here = make.council()
    session = make.session(seats=(here.grace,))

    page = signed_in(here.maya).get(f"/plan/sessions/{session.code}/change/").content.decode()

    assert f'<option value="{here.grace.pk}:independent_reviewing_officer" selected' in page
    assert 'value="Civic Centre, room 4"' in page


def test_a_change_is_kept() -> None:
    session = make.session()

    signed_in(make.council().maya).post(
        f"/plan/sessions/{session.code}/change/", {"venue": "Town hall", "focus": "", **day("held_on", session.held_on)}
    )

    session.refresh_from_db()
    assert (session.venue, session.seats.count()) == ("Town hall", 0)


def test_cancelling_shows_the_session_once_more_and_asks_why() -> None:
    client, session = signed_in(make.council().maya), make.session()
    path = f"/plan/sessions/{session.code}/cancel/"

    assert "A cancelled session stays on record and cannot be brought back." in words(client.get(path))
    assert faults(client.post(path, {"because": ""})) == ["Say why the session is cancelled."]
    assert client.post(path, {"because": "Snow"}).url == "/plan/"
    session.refresh_from_db()
    assert (session.cancelled_at, session.cancelled_by) == (make.NOW, make.council().maya)
