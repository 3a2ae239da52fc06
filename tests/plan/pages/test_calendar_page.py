"""The calendar of sessions, and the private address of somebody's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from icalendar import Calendar

from goldenthread.plan.models import CalendarFeed, Session
from goldenthread.plan.services.sessions import cancel_session
from tests import make
from tests.browsing import signed_in, statements, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def proposal(held_on: date) -> Session:
    session = make.session("duty", held_on=held_on)
    Session.objects.filter(pk=session.pk).update(published_at=None, published_by=None)
    return session


def test_the_councils_year_is_shown_with_seats_taken_and_bank_holidays() -> None:
    make.session()

    page = words(signed_in(make.council().maya).get("/plan/calendar/"))

    assert "April to March" not in page
    assert "April 2026 to March 2027" in page
    assert "Tuesday 6 Safeguarding and child protection 2 of 7 seats taken" in page
    assert "Friday 25 Christmas Day" in page


def test_a_cancelled_session_is_said_to_be() -> None:
    cancel_session(by=make.council().maya, session=make.session(), because="Snow", now=make.NOW)

    assert "Safeguarding and child protection Cancelled" in words(signed_in(make.council().maya).get("/plan/calendar/"))


def test_a_proposal_is_the_units_alone() -> None:
    here = make.council()
    proposal(make.DAY)

    assert "Frontline duty 2 of 7 seats taken proposal" in words(signed_in(here.maya).get("/plan/calendar/"))
    assert "seats taken proposal" not in words(signed_in(here.grace).get("/plan/calendar/"))
    assert "seats taken proposal" not in words(signed_in(here.helena).get("/plan/calendar/"))


def test_somebody_sees_her_own_sessions_and_no_others() -> None:
    here = make.council()
    make.session("duty", seats=(here.rafiq,))
    make.session("safeguarding", seats=(here.grace,))

    page = words(signed_in(here.rafiq).get("/plan/calendar/"))

    assert ("1 session" in page, "protection 1 of 7" in page) == (True, False)


def test_the_unit_narrows_it_to_a_group_and_to_her_own() -> None:
    here = make.council()
    make.session("duty", seats=(here.maya,))
    safeguarding = make.session("safeguarding")
    client = signed_in(here.maya)

    assert "1 session," in words(client.get("/plan/calendar/", {"group": safeguarding.group_id}))
    assert "1 session," in words(client.get("/plan/calendar/", {"mine": "on"}))
    assert "2 sessions," in words(client.get("/plan/calendar/", {"group": "nonsense", "year": "99999"}))


def test_by_group_a_row_is_a_group_and_a_column_a_month() -> None:
    make.session()

    page = words(signed_in(make.council().maya).get("/plan/calendar/", {"view": "group"}))

    assert "Safeguarding and child protection Tue 6 , Safeguarding and child protection 2 of 7 seats taken" in page
    assert "25: Christmas Day" in page


def test_the_years_before_and_after_keep_the_filters() -> None:
    page = signed_in(make.council().maya).get("/plan/calendar/", {"view": "group"}).content.decode()

    assert 'href="?view=group&amp;year=2025"' in page
    assert 'href="?view=group&amp;year=2027"' in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_statements_however_many_sessions_there_are(number: int) -> None:
    for place in range(number):
        make.session(held_on=make.DAY + timedelta(days=7 * place))

    assert statements(signed_in(make.council().maya), "/plan/calendar/") == 7


# --- her own, in her own calendar ------------------------------------------------------------------------


def made_address(person: object) -> str:
    client = signed_in(person)  # type: ignore[arg-type]
    client.post("/plan/calendar/address/")
    page = client.get("/plan/calendar/").content.decode()
    return "/plan/calendar/feed/" + page.partition("/plan/calendar/feed/")[2].partition("<")[0].strip()


def events(client: object, address: str) -> list[str]:
    answer = client.get(address)  # type: ignore[attr-defined]
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return [str(each["uid"]) for each in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_the_feed_holds_her_own_published_sessions_without_their_focus(client) -> None:
    here = make.council()
    hers = make.session(seats=(here.grace,))
    make.session("duty", seats=(here.rafiq,))
    proposal(make.DAY + timedelta(days=7))

    address = made_address(here.grace)

    assert events(client, address) == [f"session-{hers.code}@goldenthread"]
    assert "Plans that change something" not in client.get(address).content.decode()


def test_before_she_asks_for_one_there_is_no_address(client) -> None:
    assert "Make my address" in words(signed_in(make.council().grace).get("/plan/calendar/"))
    assert not CalendarFeed.objects.exists()


def test_after_a_new_address_the_old_one_leads_nowhere(client) -> None:
    grace = make.council().grace
    old = made_address(grace)
    new = made_address(grace)

    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)


@pytest.mark.parametrize("token", ["nonsense", "a.1~b", "~", "x" * 3000])
def test_an_address_that_was_made_up_leads_nowhere(client, token: str) -> None:
    assert client.get(f"/plan/calendar/feed/{token}.ics").status_code == 404


def test_somebody_who_was_let_go_has_no_feed(client) -> None:
    grace = make.council().grace
    address = made_address(grace)
    grace.is_active = False
    grace.save()

    assert client.get(address).status_code == 404


def test_one_session_is_downloaded_by_those_who_see_it() -> None:
    here, session = make.council(), make.session()
    path = f"/plan/sessions/{session.code}/session.ics"

    assert events(signed_in(here.grace), path) == [f"session-{session.code}@goldenthread"]
    assert signed_in(here.rafiq).get(path).status_code == 404
