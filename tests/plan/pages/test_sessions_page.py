"""The list of sessions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from goldenthread.plan.models import Group
from tests import make
from tests.browsing import signed_in, statements, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def some_sessions(number: int) -> None:
    for place in range(number):
        make.session(held_on=make.DAY + timedelta(days=7 * place))
        make.session(held_on=make.DAY - timedelta(days=7 * (place + 1)))


def test_before_any_group_is_formed_the_unit_is_led_to_forming_them() -> None:
    here = make.council()
    Group.objects.all().delete()

    assert "Before the first session, the auditing groups have to be formed." in words(
        signed_in(here.maya).get("/plan/")
    )


def test_with_no_session_the_unit_is_told_what_to_do() -> None:
    page = words(signed_in(make.council().maya).get("/plan/"))

    assert "No session is arranged. Arrange one, then draw its files from a case list." in page


def test_somebody_without_a_seat_is_told_who_gives_them() -> None:
    page = words(signed_in(make.council().ffion).get("/plan/"))

    assert ("You have no seat at a session to come." in page, "Arrange a session" in page) == (True, False)


def test_sessions_to_come_and_past_are_told_apart() -> None:
    some_sessions(1)

    page = words(signed_in(make.council().maya).get("/plan/"))

    assert (
        page.index("Coming (1)") < page.index("6 October 2026") < page.index("Past") < page.index("29 September 2026")
    )


def test_todays_session_is_marked() -> None:
    make.session()

    assert "Safeguarding and child protection Today" in words(signed_in(make.council().maya).get("/plan/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_statements_however_many_there_are(number: int) -> None:
    some_sessions(number)

    assert statements(signed_in(make.council().maya), "/plan/") == 6


def test_past_sessions_go_on_over_the_page() -> None:
    for place in range(51):
        make.session(held_on=date(2026, 10, 5) - timedelta(days=place))
    client = signed_in(make.council().maya)
    first = client.get("/plan/")

    after = first.content.decode().partition('href="?after=')[2].partition('"')[0]

    assert "16 August 2026" not in words(first)
    assert "16 August 2026" in words(client.get("/plan/", {"after": after}))


def test_a_place_that_is_none_shows_the_first_page() -> None:
    make.session()

    assert signed_in(make.council().maya).get("/plan/?after=2026-99-99.x").status_code == 200
