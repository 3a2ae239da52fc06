"""Who is away: the unit's list, everyone's own page, and the seats an absence touches."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from goldenthread.plan.models import Absence
from goldenthread.plan.services.absences import record_absence
from goldenthread.trail.queries import events_of
from tests import make
from tests.browsing import faults, form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db
KEEN = {"kind": "planned"}


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def between(first: date, last: date) -> dict[str, str]:
    days = {"from_on": first, "to_on": last}
    parts = ("day", "month", "year")
    return KEEN | {f"{name}-{part}": str(getattr(each, part)) for name, each in days.items() for part in parts}


WEEK = between(make.DAY, make.DAY + timedelta(days=6))


def absence(person=None, first: date = make.DAY, last: date | None = None) -> Absence:
    person = person or make.council().grace
    return record_absence(by=person, person=person, from_on=first, to_on=last or first, kind="planned", now=make.NOW)


def unit():
    return signed_in(make.council().maya)


# --- one's own --------------------------------------------------------------------------------------------


def test_everyone_says_when_she_is_away_and_is_never_asked_why() -> None:
    here = make.council()
    client = signed_in(here.ffion)
    page = client.get("/plan/away/")

    answer = client.post("/plan/away/", WEEK | {"kind": "unplanned"})

    made = Absence.objects.get()
    assert "You need not say why you are away." in words(page)
    assert set(form_in(page)) == {"csrfmiddlewaretoken", "token", "kind", *(name for name in WEEK if "-" in name)}
    assert (made.person, made.from_on, made.to_on, made.kind, made.recorded_by) == (
        here.ffion, make.DAY, make.DAY + timedelta(days=6), "unplanned", here.ffion
    )  # fmt: skip
    assert answer.url == f"/plan/absences/{made.code}/"


def test_what_is_recorded_stands_on_the_page() -> None:
    assert "No absence of yours is recorded." in words(signed_in(make.council().grace).get("/plan/away/"))
    absence()

    assert "Recorded (1) First day Last day 6 October 2026 6 October 2026" in words(
        signed_in(make.council().grace).get("/plan/away/")
    )


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (
            between(make.DAY, make.DAY - timedelta(days=1)),
            "Last day away: 5 October 2026 is before the first day away, 6 October 2026. Give that day or a later one.",
        ),
        (
            between(make.DAY, date(2062, 10, 6)),
            "Last day away: 6 October 2062 is more than two years on. Check the year.",
        ),
        (WEEK | {"to_on-day": "31", "to_on-month": "11"},
         "Last day away: “31 11 2026” is not a real date. Give one, for example 31 3 2026."),
        (WEEK | {"kind": "ill"}, "Was it foreseen?: “ill” is not one of the answers. Choose one of those listed."),
    ],
)  # fmt: skip
def test_an_absence_that_makes_no_sense_gets_a_sentence_and_is_not_kept(sent: dict[str, str], sentence: str) -> None:
    for path in ("/plan/away/", "/plan/absences/add/"):
        assert faults(unit().post(path, sent | {"person": make.council().grace.code})) == [sentence]
    assert not Absence.objects.exists()


def test_days_already_recorded_are_said() -> None:
    absence()

    assert faults(signed_in(make.council().grace).post("/plan/away/", WEEK)) == [
        "Grace Adewole is away from 6 October 2026 to 6 October 2026 already. "
        "Withdraw that absence first, or give other days."
    ]


# --- one absence ------------------------------------------------------------------------------------------


def test_the_seats_it_touches_are_shown() -> None:
    make.session(held_on=make.DAY + timedelta(days=1))
    make.session("duty", held_on=make.DAY + timedelta(days=3))
    make.session(held_on=make.DAY + timedelta(days=9))
    made = absence(last=make.DAY + timedelta(days=6))

    page = words(unit().get(f"/plan/absences/{made.code}/"))

    assert "Grace Adewole has a seat at 2 sessions in that time:" in page
    assert "Thursday 15 October" not in page


def test_an_absence_that_touches_nothing_says_so() -> None:
    assert "You have no seat at a session in that time." in words(
        signed_in(make.council().grace).get(f"/plan/absences/{absence().code}/")
    )


def test_a_proposal_of_the_units_is_not_shown_to_whom_it_touches() -> None:
    held = make.session()
    held.published_at = held.published_by = None
    held.save()
    made = absence()

    page = signed_in(make.council().grace).get(f"/plan/absences/{made.code}/")

    assert "You have no seat at a session in that time." in words(page)
    assert "has a seat at 1 session in that time" in words(unit().get(f"/plan/absences/{made.code}/"))


def test_an_absence_is_withdrawn_once_and_stays_on_record() -> None:
    made, client = absence(), signed_in(make.council().grace)

    client.post(f"/plan/absences/{made.code}/withdraw/")

    told = events_of(made).last()
    assert told is not None
    assert (told.verb, told.because) == ("withdrew", "")
    assert "This absence was withdrawn by Grace Adewole" in words(client.get(f"/plan/absences/{made.code}/"))
    assert client.post(f"/plan/absences/{made.code}/withdraw/").status_code == 409


def test_somebody_elses_absence_is_not_found() -> None:
    made, client = absence(), signed_in(make.council().rafiq)

    assert client.get(f"/plan/absences/{made.code}/").status_code == 404
    assert client.post(f"/plan/absences/{made.code}/withdraw/").status_code == 404
    assert Absence.objects.get().withdrawn_at is None


# --- the unit's list --------------------------------------------------------------------------------------


def test_the_list_begins_with_those_current_and_coming_and_can_show_the_others() -> None:
    here = make.council()
    absence(here.rafiq, make.DAY - timedelta(days=9))
    absence(here.grace, make.DAY + timedelta(days=9))

    shown = {
        query: words(unit().get(f"/plan/absences/{query}")) for query in ("", "?state=past", "?text=rafiq&state=all")
    }

    names = ("Rafiq Alderton", "Grace Adewole")
    assert [tuple(name in page for name in names) for page in shown.values()] == [
        (False, True), (True, False), (True, False)
    ]  # fmt: skip


def test_with_nobody_away_the_list_says_what_it_will_show() -> None:
    assert "Nobody is away, as far as is known." in words(unit().get("/plan/absences/"))


def test_the_unit_adds_an_absence_of_somebody_elses() -> None:
    here = make.council()

    unit().post("/plan/absences/add/", WEEK | {"person": here.rafiq.code})

    made = Absence.objects.get()
    assert (made.person, made.recorded_by) == (here.rafiq, here.maya)


def test_the_list_goes_on_over_the_page() -> None:
    for place in range(51):
        absence(make.person("team_manager"), make.DAY + timedelta(days=place))
    first = unit().get("/plan/absences/")

    after = first.content.decode().partition("?after=")[2].partition('"')[0]

    assert ("51 absences" in words(first), "25 Nov 2026" in words(first)) == (True, False)
    assert "25 Nov 2026" in words(unit().get("/plan/absences/", {"after": after}))


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_the_same_statements_however_many_there_are(number: int) -> None:
    here = make.council()
    for place in range(number):
        absence(here.grace, make.DAY + timedelta(days=10 * place))
        make.session(held_on=make.DAY + timedelta(days=place))
    made = absence(here.sunita, make.DAY, make.DAY + timedelta(days=20))

    assert [
        statements(unit(), "/plan/absences/"),
        statements(unit(), "/plan/absences/add/"),
        statements(unit(), f"/plan/absences/{made.code}/"),
        statements(signed_in(here.grace), "/plan/away/"),
    ] == [4, 5, 4, 3]


@pytest.mark.parametrize("name", ["grace", "rafiq", "helena", "bridget", "ffion"])
def test_the_list_is_the_units(name: str) -> None:
    client = signed_in(getattr(make.council(), name))

    assert {client.get(f"/plan/absences/{rest}").status_code for rest in ("", "add/")} == {403}
    assert client.get("/plan/away/").status_code == 200
