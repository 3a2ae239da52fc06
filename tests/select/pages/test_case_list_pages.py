"""The list of case lists, checking one before it is loaded, reading one after."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from goldenthread.select.models import CaseList, Mapping
from tests import make
from tests.browsing import faults, signed_in, statements, words
from tests.select.lists import ROWS, loaded, uploaded

pytestmark = pytest.mark.django_db
ODD = ("C4", "Level 9", "Safeguarding 1", "Somebody Unknown", "04/03/2026")


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def maya():
    return signed_in(make.council().maya)


# --- all of them -----------------------------------------------------------------------------------------


def test_before_the_first_list_one_is_led_to_uploading_it(maya) -> None:
    assert "No case list has been loaded. Files can be drawn as soon as one is" in words(maya.get("/select/"))


def test_each_list_stands_with_its_cases_and_whether_it_is_loaded(maya) -> None:
    loaded()
    uploaded([*ROWS, ODD], date(2026, 10, 5))

    page = words(maya.get("/select/"))

    assert "5 October 2026 3 0 Being checked uploaded by Maya Holt" in page
    assert "30 September 2026 3 0 Loaded by Maya Holt" in page


def test_a_session_that_waits_for_its_draw_is_one_click_away(maya) -> None:
    session = make.session()

    assert f'href="/select/sessions/{session.code}/draw/"' in maya.get("/select/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_statements_however_many_there_are(maya, number: int) -> None:
    for place in range(number):
        make.frozen_draw(of=make.session(held_on=date(2026, 11, 1 + place)))
        uploaded(as_at=date(2026, 8, 1 + place))
        make.session(held_on=date(2026, 12, 1 + place))

    assert statements(maya, "/select/") == 5


def test_lists_and_draws_are_the_units_to_see() -> None:
    assert signed_in(make.council().helena).get("/select/").status_code == 403


# --- checking --------------------------------------------------------------------------------------------


def test_checking_shows_what_was_read_and_what_was_not_understood(maya) -> None:
    case_list = uploaded([*ROWS, ODD])

    page = words(maya.get(f"/select/lists/{case_list.code}/check/"))

    for said in (
        "3 open cases",
        "1 wait for a status",
        "Words that are not understood (1)",
        "Case status “Level 9” On 1 row",
        "cases.csv The extract 4",
        "Loading keeps 3 open cases",
        "1 child whose status is not understood will not be on it.",
    ):
        assert said in page


def test_a_fault_is_shown_by_its_place_and_value(maya) -> None:
    case_list = uploaded([("C1", "CLA", "Duty 2", "Ffion Carrow", "31/02/2026")])

    assert "cases.csv 2 Start date 31/02/2026 31/02/2026 is not a date of case start" in words(
        maya.get(f"/select/lists/{case_list.code}/check/")
    ) or "cases.csv 2 Start date 31/02/2026" in words(maya.get(f"/select/lists/{case_list.code}/check/"))


def test_a_meaning_given_on_the_page_is_kept_and_counted(maya) -> None:
    case_list = uploaded([*ROWS, ODD])
    path = f"/select/lists/{case_list.code}/check/"
    name = maya.get(path).content.decode().partition('name="status-')[2].partition('"')[0]

    assert maya.post(path, {f"status-{name}": "child_in_need"}).url == path

    assert list(Mapping.objects.values_list("value", "meaning")) == [("Level 9", "child_in_need")]
    assert "4 open cases" in words(maya.get(path))


def test_no_meaning_at_all_is_said(maya) -> None:
    case_list = uploaded([*ROWS, ODD])

    answer = maya.post(f"/select/lists/{case_list.code}/check/", {"status": ""})

    assert faults(answer) == ["Choose what at least one of the words means, then keep it."]


def test_a_worker_nobody_here_knows_is_said_with_what_follows(maya) -> None:
    case_list = uploaded([("C1", "CLA", "Duty 2", "Somebody Unknown", "01/03/2026")])

    page = words(maya.get(f"/select/lists/{case_list.code}/check/"))

    assert ("1 worker not known here" in page, "Somebody Unknown: 1 case" in page) == (True, True)


def test_what_changed_since_the_last_list_is_shown(maya) -> None:
    loaded()
    case_list = uploaded([*ROWS[:2], ("C9", "CIN", "Duty 2", "", "01/03/2026")], date(2026, 10, 5))

    page = words(maya.get(f"/select/lists/{case_list.code}/check/"))

    assert "What changed since the list of 30 September 2026 Opened 1 No longer open 1" in page


def test_loading_says_what_comes_next(maya) -> None:
    case_list = uploaded()

    answer = maya.post(f"/select/lists/{case_list.code}/load/", follow=True)

    assert "3 cases are loaded. Next, draw the files of a session from this list." in words(answer)


def test_a_list_loaded_already_is_refused_in_a_sentence(maya) -> None:
    case_list = loaded()

    answer = maya.post(f"/select/lists/{case_list.code}/load/")

    assert (answer.status_code, "This case list has been loaded already." in words(answer)) == (409, True)


def test_discarding_keeps_nothing(maya) -> None:
    case_list = uploaded()

    maya.post(f"/select/lists/{case_list.code}/discard/")

    assert CaseList.objects.get().state == "discarded"
    assert maya.get(f"/select/lists/{case_list.code}/check/").url == "/select/"


def test_every_fault_can_be_taken_home_and_none_is_a_formula(maya) -> None:
    case_list = uploaded([("C1", "CLA", "Duty 2", "Ffion Carrow", "=1+1")])

    answer = maya.get(f"/select/lists/{case_list.code}/faults.csv")

    assert answer["Content-Disposition"] == 'attachment; filename="faults-2026-09-30.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "file,sheet,row,column,value,message"
    assert lines[1].startswith("cases.csv,,2,Start date,'=1+1,")


def test_somebody_elses_list_is_not_found(maya) -> None:
    case_list = uploaded()
    case_list.authority = type(case_list.authority).objects.create(name="Another council", short_name="Another")
    case_list.save()

    assert maya.get(f"/select/lists/{case_list.code}/check/").status_code == 404


# --- reading ---------------------------------------------------------------------------------------------


def test_a_loaded_list_shows_its_counts_and_its_cases(maya) -> None:
    page = words(maya.get(f"/select/lists/{loaded().code}/"))

    assert ("3 open cases" in page, "C2 Child protection plan Safeguarding 1 Kwame Larkfield" in page) == (True, True)


def test_a_case_is_found_by_how_its_reference_begins_and_no_address_holds_it(maya) -> None:
    case_list = loaded([("K17", "CIN", "Duty 2", "", "01/03/2026"), ("K29", "CIN", "Duty 2", "", "01/03/2026")])

    page = words(maya.post(f"/select/lists/{case_list.code}/", {"ref": "K2"}))

    assert ("Found (1)" in page, "K29" in page, "K17" in page) == (True, True, False)


def test_a_reference_that_is_not_there_is_said(maya) -> None:
    page = words(maya.post(f"/select/lists/{loaded().code}/", {"ref": "Z"}))

    assert "No reference on this list begins so." in page


@pytest.mark.parametrize("number", [1, 3])
def test_reading_takes_the_same_statements_however_many_cases(maya, number: int) -> None:
    case_list = loaded([(f"C{n}", "CIN", "Duty 2", "Ffion Carrow", "01/03/2026") for n in range(number)])

    assert statements(maya, f"/select/lists/{case_list.code}/") == 5
