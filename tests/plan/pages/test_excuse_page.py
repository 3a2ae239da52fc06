"""Excusing somebody from records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from goldenthread.plan.models import Excusal
from tests import make
from tests.browsing import faults, form_in, signed_in, words
from tests.cast import Council

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 7, 20, 9, tzinfo=UTC)
PLAIN = {"line": "team_manager:2027-07-01", "kind": "exemption", "records": "1", "because": "Agreed in supervision"}
EXTENDED = PLAIN | {"kind": "extension", "until_on-day": "13", "until_on-month": "8", "until_on-year": "2027"}


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here() -> Council:
    return make.council()


def path(here: Council) -> str:
    return f"/plan/excusals/{here.rafiq.code}/"


def test_the_form_begins_with_this_month(here: Council) -> None:
    page = signed_in(here.maya).get(path(here))

    assert form_in(page)["line"] == "team_manager:2027-07-01"
    assert "July 2027: 4 records as Team Manager" in words(page)


def test_an_exemption_is_granted_and_said(here: Council) -> None:
    page = signed_in(here.maya).post(path(here), PLAIN, follow=True)

    assert page.redirect_chain == [(f"/audit/owed/everybody/{here.rafiq.code}/", 302)]
    assert "1 record of Rafiq Alderton need not be submitted. It stands on Rafiq Alderton’s own page now." in words(
        page
    )


def test_an_extension_is_granted_until_its_day(here: Council) -> None:
    signed_in(here.maya).post(path(here), EXTENDED)

    assert [(each.kind, each.until_on.isoformat()) for each in Excusal.objects.all()] == [("extension", "2027-08-13")]


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        (
            PLAIN | {"records": "5"},
            ["Records: 5 will not do, as 4 records of July 2027 are owed. Give a number from 1 to 4."],
        ),
        (PLAIN | {"records": "two"}, ["Records: what was given cannot be read. Give a whole number."]),
        (
            EXTENDED | {"until_on-day": "30", "until_on-month": "7"},
            ["New day: 30 July 2027 is too early for records of July 2027. Give 1 August 2027 or after."],
        ),
        (
            PLAIN | {"kind": "extension"},
            ["New day: nothing was given. Give the day by which the records are to be submitted."],
        ),
        (PLAIN | {"because": ""}, ["Reason: nothing was given. Say in a few words why the records are excused."]),
        (
            PLAIN | {"line": "team_manager:1999-01-01"},
            ["Records of: “team_manager:1999-01-01” is not one of the answers. Choose one of those listed."],
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(here: Council, typed: dict[str, str], sentences: list[str]) -> None:
    page = signed_in(here.maya).post(path(here), typed)

    assert (faults(page), Excusal.objects.count()) == (sentences, 0)


@pytest.mark.parametrize("who", ["bridget", "rafiq"])
def test_nobody_opens_it_but_who_may_grant(here: Council, who: str) -> None:
    page = signed_in(getattr(here, who)).get(path(here))

    assert (page.status_code, "Extensions and exemptions are granted by" in words(page)) == (403, True)


def test_whoever_may_not_see_what_is_owed_finds_no_page(here: Council) -> None:
    assert signed_in(here.ffion).get(path(here)).status_code == 404


def test_who_owes_nothing_cannot_be_excused(here: Council) -> None:
    page = words(signed_in(here.maya).get(f"/plan/excusals/{here.ffion.code}/"))

    assert "Ffion Carrow owes no records that could be excused" in page


def test_it_is_withdrawn_with_one_button(here: Council) -> None:
    client = signed_in(here.maya)
    client.post(path(here), PLAIN)
    page = client.get(f"/audit/owed/everybody/{here.rafiq.code}/")

    told = client.post(f"/plan/excusals/{Excusal.objects.get().code}/withdraw/", form_in(page), follow=True)

    assert "It is withdrawn. Rafiq Alderton owes the records as before." in words(told)


def test_somebody_of_nowhere_is_not_found(here: Council) -> None:
    client = signed_in(here.maya)
    answers = client.get("/plan/excusals/none/"), client.post("/plan/excusals/none/withdraw/")

    assert [answer.status_code for answer in answers] == [404, 404]
