"""The pages of briefings: who may open each, what stands there, bad input, and the same statements for 1 and 3."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from goldenthread.learn.models import Attendance, Briefing, BriefingSession
from goldenthread.people.models import Person
from goldenthread.people.services import open_authority
from goldenthread.plan.models import Focus
from goldenthread.web import clock
from tests import make
from tests.browsing import faults, signed_in, statements, words
from tests.learn import briefed
from tests.learn.test_effect_of_briefing import procedure

pytestmark = pytest.mark.django_db

MANAGERS = {"maya": 200, "helena": 200, "rafiq": 200, "bridget": 200}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: briefed.LATER)
    monkeypatch.setattr(clock, "today", lambda: briefed.TODAY)


def opened(path: str, *names: str) -> dict[str, int]:
    here = make.council()
    return {name: signed_in(getattr(here, name)).get(path).status_code for name in names}


def of_another_council() -> Person:
    return open_authority(
        name="Other Council", short_name="Other", username="other", person_name="Otto Other", password=None,
        post={"kind": "qa_service_manager", "title": "Service Manager", "quality_assurance": True},
        now=make.NOW, on=make.BEGAN,
    )  # fmt: skip


def typed(**given: Any) -> dict[str, Any]:
    said = {
        "title": "Chronologies that say why", "period": "2026-04-01", "message": "Say what it meant.",
        "questions-0": ["chronology"],
    }  # fmt: skip
    return said | given


# --- the list ----------------------------------------------------------------------------------------------


def test_managers_directors_and_the_unit_see_the_list_and_practitioners_do_not() -> None:
    make.council()

    assert opened("/learn/briefings/", *MANAGERS, "ffion") == MANAGERS | {"ffion": 403}


def test_the_list_says_what_to_do_first() -> None:
    make.council()

    assert "No briefing is planned yet." in words(signed_in(make.council().maya).get("/learn/briefings/"))
    assert "There is nothing you need to do." in words(signed_in(make.council().rafiq).get("/learn/briefings/"))


def test_the_list_has_each_briefing_with_its_sessions() -> None:
    of = briefed.briefing()
    briefed.arranged(of)

    shown = words(signed_in(make.council().maya).get("/learn/briefings/"))
    assert "Chronologies that say why 1 Apr 2026 to 30 Sep 2026 1 of 1 0" in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_statements_however_many_there_are(number: int) -> None:
    for place in range(number):
        briefed.arranged(briefed.briefing(title=f"Briefing {place}"))

    assert statements(signed_in(make.council().maya), "/learn/briefings/") == 4


# --- one briefing ------------------------------------------------------------------------------------------


def test_a_briefing_is_found_by_those_who_may_see_it_alone() -> None:
    of = briefed.briefing()

    assert opened(f"/learn/briefings/{of.code}/", *MANAGERS, "ffion") == MANAGERS | {"ffion": 404}
    assert signed_in(of_another_council()).get(f"/learn/briefings/{of.code}/").status_code == 404


def test_before_it_is_given_the_questions_are_named_and_nothing_is_compared() -> None:
    shown = words(signed_in(make.council().maya).get(f"/learn/briefings/{briefed.briefing().code}/"))

    assert "It has not been given yet, so there is nothing to compare." in shown
    assert "Does the chronology show what happened and why it mattered to the child? (Yes)" in shown


def test_once_given_it_says_who_was_briefed_and_what_the_files_say() -> None:
    of = briefed.briefing()
    (session,) = briefed.arranged(of, make.team("Duty 2"))
    briefed.marked(session, [make.council().ffion.pk])
    briefed.files(date(2026, 10, 6), "no", "yes")

    shown = words(signed_in(make.council().maya).get(f"/learn/briefings/{of.code}/"))
    assert "1 of 4 practitioners briefed. Of those who held a post of a practitioner on 13 October 2026." in shown
    assert "too few to see a change of 20 points." in shown
    assert "Only case files drawn at random count, submitted from 1 April 2026" in shown


def test_fewer_than_ten_files_have_no_percentage() -> None:
    of = briefed.briefing()
    briefed.arranged(of)
    briefed.files(date(2026, 10, 6), "no", "yes")

    shown = words(signed_in(make.council().maya).get(f"/learn/briefings/{of.code}/"))
    assert "%" not in shown.partition("Files before and since")[2].partition("Only files drawn at random")[0]


def test_no_worker_is_named_to_whoever_does_not_manage_her() -> None:
    of = briefed.briefing()
    briefed.arranged(of)

    assert "Ffion Carrow" in words(signed_in(make.council().rafiq).get(f"/learn/briefings/{of.code}/"))
    assert "Ffion Carrow" not in words(signed_in(make.council().helena).get(f"/learn/briefings/{of.code}/"))


@pytest.mark.parametrize("number", [1, 3])
def test_a_briefing_takes_the_same_statements_however_many_sessions_and_files(number: int) -> None:
    of = briefed.briefing()
    teams = [make.team(name) for name in ("Duty 2", "Safeguarding 1", "Looked After 1")[:number]]
    for session in briefed.arranged(of, *teams):
        briefed.marked(session, [])
    briefed.files(date(2026, 10, 6), *(["yes"] * number))

    assert statements(signed_in(make.council().maya), f"/learn/briefings/{of.code}/") == 17


# --- planning and giving -----------------------------------------------------------------------------------


def test_only_the_unit_opens_the_pages_that_plan() -> None:
    of = briefed.briefing()
    (session,) = briefed.arranged(of)
    for path in (
        "/learn/briefings/plan/", f"/learn/briefings/{of.code}/change/", f"/learn/briefings/{of.code}/arrange/",
        f"/learn/briefings/sessions/{session.code}/change/",
    ):  # fmt: skip
        assert opened(path, "maya", "rafiq", "helena") == {"maya": 200, "rafiq": 403, "helena": 403}


def test_a_briefing_is_planned_and_its_sessions_come_next() -> None:
    answer = signed_in(make.council().maya).post("/learn/briefings/plan/", typed())

    made = Briefing.objects.get()
    assert answer.url == f"/learn/briefings/{made.code}/arrange/"
    assert made.questions == ["chronology"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": ""}, "Title: nothing was given. Write it in the box."),
        ({"questions-0": []}, "Questions: none is ticked. Tick at least one in which you will look for a change."),
        (
            {"period": "2001-01-01"},
            "On the audits of: “2001-01-01” is not one of the answers. Choose one of those listed.",
        ),
    ],
)
def test_bad_input_is_one_sentence(given: dict[str, Any], sentence: str) -> None:
    assert faults(signed_in(make.council().maya).post("/learn/briefings/plan/", typed(**given))) == [sentence]


def test_each_team_is_arranged_from_one_form() -> None:
    of = briefed.briefing()
    form = {
        "to": "teams", "teams": [make.team("Duty 2").pk, make.team("Looked After 1").pk], "way": "team meeting",
        "led_by": "", "held_on-day": "13", "held_on-month": "10", "held_on-year": "2026",
    }  # fmt: skip
    signed_in(make.council().maya).post(f"/learn/briefings/{of.code}/arrange/", form)

    assert {each.team.name for each in BriefingSession.objects.all() if each.team} == {"Duty 2", "Looked After 1"}


def test_no_team_ticked_is_said() -> None:
    form = {
        "to": "teams", "way": "team meeting", "held_on-day": "13", "held_on-month": "10", "held_on-year": "2026"
    }  # fmt: skip
    answer = signed_in(make.council().maya).post(f"/learn/briefings/{briefed.briefing().code}/arrange/", form)

    assert faults(answer) == ["Teams: none is ticked. Tick those that are briefed, or choose all teams together."]


def test_a_session_is_cancelled_from_its_page() -> None:
    (session,) = briefed.arranged()
    signed_in(make.council().maya).post(f"/learn/briefings/sessions/{session.code}/cancel/")

    session.refresh_from_db()
    assert session.cancelled_by == make.council().maya


# --- marking -----------------------------------------------------------------------------------------------


def test_a_session_is_marked_by_the_unit_and_its_teams_manager_alone() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    path = f"/learn/briefings/sessions/{session.code}/briefed/"

    assert opened(path, "maya", "rafiq", "zofia", "helena", "ffion") == {
        "maya": 200, "rafiq": 200, "zofia": 404, "helena": 404, "ffion": 404
    }  # fmt: skip


def test_everybody_is_ticked_until_somebody_is_marked() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    path, here = f"/learn/briefings/sessions/{session.code}/briefed/", make.council()
    first = signed_in(here.rafiq).get(path).content.decode()
    briefed.marked(session, [here.ffion.pk])
    then = signed_in(here.rafiq).get(path).content.decode()

    assert (first.count(" checked"), then.count(" checked")) == (2, 1)


def test_a_manager_marks_her_team_in_one_go() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    here = make.council()
    form = {
        "people": [here.ffion.code, here.rafiq.code], "held_on-day": "14", "held_on-month": "10", "held_on-year": "2026"
    }  # fmt: skip
    signed_in(here.rafiq).post(f"/learn/briefings/sessions/{session.code}/briefed/", form)

    session.refresh_from_db()
    assert Attendance.objects.filter(session=session).count() == 2
    assert session.held_on == date(2026, 10, 14)


def test_a_day_ahead_is_said_beside_it() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    ahead = briefed.TODAY + timedelta(days=1)
    form = {"people": [], "held_on-day": ahead.day, "held_on-month": ahead.month, "held_on-year": ahead.year}
    answer = signed_in(make.council().rafiq).post(f"/learn/briefings/sessions/{session.code}/briefed/", form)

    assert faults(answer) == [
        "The day on which it was given: 21 November 2026 will not do. It must be on or before 20 November 2026."
    ]


# --- a new procedure ---------------------------------------------------------------------------------------


def test_a_new_procedure_asks_for_questions_first_and_then_compares() -> None:
    focus = procedure()
    client = signed_in(make.council().maya)
    asked = words(client.get(f"/learn/focuses/{focus.code}/effect/"))
    day = {"in_force_on-day": "13", "in_force_on-month": "10", "in_force_on-year": "2026"}
    compared = words(client.get(f"/learn/focuses/{focus.code}/effect/", day | {"questions-0": "chronology"}))

    assert "Choose before you look." in asked
    assert "Nothing can be said: no random file audited before it came into force was asked any of it." in compared


def test_another_kind_of_focus_has_no_such_page() -> None:
    focus = procedure()
    Focus.objects.update(kind="theme")

    assert opened(f"/learn/focuses/{focus.code}/effect/", "maya") == {"maya": 404}


def test_the_page_of_a_procedure_is_not_for_practitioners() -> None:
    focus = procedure()

    assert opened(f"/learn/focuses/{focus.code}/effect/", "rafiq", "ffion") == {"rafiq": 200, "ffion": 404}
