"""What you owe, what everybody owes, one holder's months, and opening a month's records."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from goldenthread.people.models import Post
from goldenthread.plan.models import Session
from tests import make
from tests.audit.owing import BEGUN, NOW, TODAY, grant, lines, submitted
from tests.browsing import form_in, signed_in, statements, words
from tests.cast import Council

pytestmark = pytest.mark.django_db

MINE, EVERYBODY = "/audit/owed/", "/audit/owed/everybody/"


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here() -> Council:
    found = make.council()
    Post.objects.exclude(quality_assurance=True).update(started_on=BEGUN)
    return found


# --- what you owe ---------------------------------------------------------------------------------------


def test_the_first_thing_said_is_how_many_are_owed_by_when(here: Council) -> None:
    submitted(here.rafiq, date(2027, 7, 5), date(2027, 7, 6))

    assert "What you owe You owe 2 of 4 by Friday 30 July." in words(signed_in(here.rafiq).get(MINE))


def test_who_is_done_is_told_so(here: Council) -> None:
    submitted(here.grace, date(2027, 7, 5), date(2027, 7, 6))

    assert "You have submitted all you owe for July: 2 records." in words(signed_in(here.grace).get(MINE))


def test_what_was_extended_is_told_with_its_day(here: Council) -> None:
    grant(here, "extension", 1, date(2027, 8, 13))

    page = words(signed_in(here.rafiq).get(MINE))

    assert "You owe 4 records: 3 by Friday 30 July and 1 by Friday 13 August." in page
    assert "1 record may come until 13 August 2027 Agreed in supervision Maya Holt, 20 Jul 2027" in page


def test_who_was_excused_from_all_is_told_so(here: Council) -> None:
    grant(here, "exemption", 4)

    assert "You owe no records for July: you were excused from them." in words(signed_in(here.rafiq).get(MINE))


def test_what_is_late_is_told_when_its_day_is_past(here: Council) -> None:
    with time_machine.travel("2027-07-31 09:00", tick=False):
        page = words(signed_in(here.rafiq).get(MINE))

    assert "You owe 4 records; they were due on Friday 30 July." in page
    assert "4 records are overdue." in page


def test_the_files_she_has_stand_with_their_links(here: Council) -> None:
    audit = make.audits(make.drawn_session(1, of=make.session(held_on=TODAY, seats=(here.rafiq,)), cases=lines(1)))[0]

    page = signed_in(here.rafiq).get(MINE)

    assert f'href="/audit/{audit.code}/"' in page.content.decode()
    assert f"Case {audit.ref}" in words(page)


def test_who_is_to_be_asked_for_more_time_is_named(here: Council) -> None:
    type(here.maya).objects.filter(pk=here.maya.pk).update(email="maya@council.example")

    page = signed_in(here.rafiq).get(MINE).content.decode()

    assert 'href="mailto:maya@council.example?subject=More%20time%20for%20my%20records"' in page


def test_a_post_without_a_quota_is_told_which_have_one(here: Council) -> None:
    page = words(signed_in(here.ffion).get(MINE))

    assert "You owe no records: your post has no quota in the framework." in page
    assert "Team Manager: 4 every month" in page


def test_who_holds_no_post_is_told_so(here: Council) -> None:
    Post.objects.filter(person=here.ffion).update(ended_on=date(2027, 7, 2))

    assert "You owe no records: you hold no post at the moment." in words(signed_in(here.ffion).get(MINE))


def test_whose_post_ended_keeps_her_months(here: Council) -> None:
    Post.objects.filter(person=here.rafiq).update(ended_on=date(2027, 7, 15))

    assert "4 a month, until 15 July (15 of 31 days): 1.94, so 2" in words(signed_in(here.rafiq).get(MINE))


# --- what everybody owes --------------------------------------------------------------------------------


def test_the_unit_sees_the_whole_month(here: Council) -> None:
    submitted(here.rafiq, date(2027, 7, 5), date(2027, 7, 6))

    page = words(signed_in(here.maya).get(EVERYBODY))

    assert "2 of 16 records submitted" in page
    assert "Team Managers 8 – 2 of 8" in page


def test_people_stand_by_name_whoever_is_behind(here: Council) -> None:
    submitted(here.bridget, date(2027, 7, 5), date(2027, 7, 6))

    page = words(signed_in(here.maya).get(EVERYBODY)).partition("By person")[2]
    names = ["Bridget Oakhanger", "Desmond Quayle", "Grace Adewole", "Helena Summerlath", "Nadia Rushworth",
             "Rafiq Alderton", "Zofia Kestrel"]  # fmt: skip

    assert sorted(names, key=page.index) == names


def shown(response: Any) -> set[str]:
    """The given names of the table of people."""
    table = words(response).partition("By person")[2]
    everyone = ("Bridget", "Desmond", "Grace", "Helena", "Nadia", "Rafiq", "Zofia")
    return {name for name in everyone if name in table}


def test_the_list_is_narrowed_by_post_team_and_who_is_short(here: Council) -> None:
    submitted(here.rafiq, *(date(2027, 7, day) for day in (5, 6, 7, 8)))
    client, team = signed_in(here.maya), str(make.team("Duty 2").pk)

    assert shown(client.get(EVERYBODY, {"post": "team_manager"})) == {"Rafiq", "Zofia"}
    assert shown(client.get(EVERYBODY, {"team": team})) == {"Rafiq"}
    assert shown(client.get(EVERYBODY, {"post": "team_manager", "short": "on"})) == {"Zofia"}


def test_a_filter_that_makes_no_sense_is_left_out(here: Council) -> None:
    assert len(shown(signed_in(here.maya).get(EVERYBODY, {"post": "x", "team": "y", "month": "z"}))) == 7


def test_another_month_can_be_chosen(here: Council) -> None:
    page = words(signed_in(here.maya).get(EVERYBODY, {"month": "2027-06"}))

    assert "June 2027 What everybody owes" in page
    assert "Nobody owes records with these filters in this month." in page


def test_a_service_manager_sees_those_below_her(here: Council) -> None:
    assert shown(signed_in(here.bridget).get(EVERYBODY)) == {"Rafiq"}


def test_a_manager_with_nobody_below_her_is_told_so(here: Council) -> None:
    page = words(signed_in(here.nadia).get(EVERYBODY))

    assert "At present nobody below you holds a post that owes records." in page


@pytest.mark.parametrize("who", ["grace", "ffion"])
def test_nobody_else_finds_the_page(here: Council, who: str) -> None:
    client = signed_in(getattr(here, who))

    assert [client.get(path).status_code for path in (EVERYBODY, f"{EVERYBODY}export/")] == [404, 404]


def late_for_months(here: Council) -> None:
    Post.objects.filter(person=here.rafiq).update(started_on=date(2027, 3, 1))


def test_the_unit_alone_is_told_who_is_late_time_and_again(here: Council) -> None:
    late_for_months(here)

    assert "Rafiq Alderton , Team Manager: 4 times" in words(signed_in(here.maya).get(EVERYBODY))
    assert "Late time and again" not in words(signed_in(here.helena).get(EVERYBODY))


def test_a_quota_of_a_post_that_nobody_holds_is_named_with_its_figure(here: Council) -> None:
    Post.objects.filter(kind="independent_reviewing_officer").update(ended_on=date(2027, 7, 10))

    assert (
        "The framework asks 2 records every month of each Independent Reviewing Officer, but nobody holds that post."
        in words(signed_in(here.maya).get(EVERYBODY))
    )


def test_what_is_shown_comes_as_a_spreadsheet(here: Council) -> None:
    submitted(here.rafiq, date(2027, 7, 5))

    response = signed_in(here.maya).get(f"{EVERYBODY}export/", {"post": "team_manager"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert [row[:9] for row in rows[1:]] == [
        ["Rafiq Alderton", "Team Manager", "Duty 2", "July 2027", "4", "0", "1", "0", "0"],
        ["Zofia Kestrel", "Team Manager", "Looked After 1", "July 2027", "4", "0", "0", "0", "0"],
    ]


def test_a_name_that_a_spreadsheet_would_reckon_with_is_made_text(here: Council) -> None:
    make.person("team_manager", "Duty 2", name="=HYPERLINK(1)")

    rows = signed_in(here.maya).get(f"{EVERYBODY}export/").content.decode("utf-8-sig")

    assert "'=HYPERLINK(1)" in rows


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_statements_however_many_there_are(here: Council, number: int) -> None:
    for place in range(number):
        submitted(make.person("team_manager", "Duty 2"), date(2027, 7, 5 + place))
    client = signed_in(here.maya)

    assert (statements(client, EVERYBODY), statements(signed_in(here.rafiq), MINE)) == (9, 11)


# --- one holder -----------------------------------------------------------------------------------------


def test_one_holders_months_are_opened_with_what_was_excused(here: Council) -> None:
    grant(here, "exemption", 1)

    page = words(signed_in(here.maya).get(f"{EVERYBODY}{here.rafiq.code}/"))

    assert "1 record need not be submitted Agreed in supervision Maya Holt, 20 Jul 2027 Withdraw" in page
    assert "Excuse records" in page


def test_who_may_not_grant_sees_no_button(here: Council) -> None:
    grant(here, "exemption", 1)

    page = words(signed_in(here.bridget).get(f"{EVERYBODY}{here.rafiq.code}/"))

    assert ("Excuse records" in page, "Withdraw" in page) == (False, False)


def test_a_holder_who_is_not_below_her_is_not_found(here: Council) -> None:
    assert signed_in(here.bridget).get(f"{EVERYBODY}{here.zofia.code}/").status_code == 404


# --- opening a month's records --------------------------------------------------------------------------


def test_the_unit_opens_a_months_records_and_is_led_to_their_draw(here: Council) -> None:
    make.case_list()
    client = signed_in(here.maya)
    assert "Open July’s records" in words(client.get(EVERYBODY))

    response = client.post("/audit/owed/rounds/2027-07/open/", form_in(client.get(EVERYBODY)), follow=True)

    held = Session.objects.get(group__meets=False)
    assert response.redirect_chain == [(f"/select/sessions/{held.code}/draw/", 302)]
    assert "7 people owe records of July 2027, due on Friday 30 July 2027. Next, draw their files." in words(response)
    assert form_in(response)["total"] == "16"


def test_once_it_is_open_the_next_months_is_offered(here: Council) -> None:
    client = signed_in(here.maya)
    client.post("/audit/owed/rounds/2027-07/open/")

    page = words(client.get(EVERYBODY))

    assert "July 2027’s records are open: single records due Friday 30 July 2027" in page
    assert "Open August’s records" in page


@pytest.mark.parametrize("month", ["2027-06", "2027-09", "x"])
def test_no_other_month_can_be_opened(here: Council, month: str) -> None:
    assert signed_in(here.maya).post(f"/audit/owed/rounds/{month}/open/").status_code == 404


def test_a_month_opened_twice_is_refused(here: Council) -> None:
    client = signed_in(here.maya)
    client.post("/audit/owed/rounds/2027-07/open/")

    again = client.post("/audit/owed/rounds/2027-07/open/")

    assert (again.status_code, "The records of July 2027 are open already." in words(again)) == (409, True)


def test_only_the_unit_opens_a_month(here: Council) -> None:
    assert signed_in(here.helena).post("/audit/owed/rounds/2027-07/open/").status_code == 409
