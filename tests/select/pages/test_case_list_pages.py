"""The list of case lists, checking one before it is loaded, reading one after."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from goldenthread.select.formats.model import NamedBytes
from goldenthread.select.models import CaseList, Mapping
from goldenthread.select.queries.case_lists import loaded_lists, page_of_lists
from goldenthread.select.services.case_lists import load_case_list, upload_case_list
from tests import make
from tests.browsing import faults, signed_in, statements, words
from tests.select.formats.test_returns import PLAN, STARTED, census, child
from tests.select.lists import AS_AT, HEADINGS, ROWS, loaded, table, uploaded

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

    assert "5 October 2026 case files 3 0 Being checked uploaded by Maya Holt" in page
    assert "30 September 2026 case files 3 0 Loaded by Maya Holt" in page


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


STRANGER = ("C1", "CLA", "Duty 2", "Somebody Unknown", "01/03/2026")


def asked_of_workers(maya, path: str) -> str:
    return "worker-" + maya.get(path).content.decode().partition('name="worker-')[2].partition('"')[0]


def test_a_worker_nobody_here_knows_is_said_with_what_follows(maya) -> None:
    page = words(maya.get(f"/select/lists/{uploaded([STRANGER]).code}/check/"))

    assert "1 worker is not known here." in page
    assert "Worker “Somebody Unknown” On 1 row." in page


def test_a_worker_is_said_once_by_name_and_her_cases_are_hers(maya) -> None:
    case_list = uploaded([STRANGER])
    path = f"/select/lists/{case_list.code}/check/"

    maya.post(path, {asked_of_workers(maya, path): "Ffion Carrow"})
    maya.post(f"/select/lists/{case_list.code}/load/")

    assert case_list.lines.get().worker == make.council().ffion
    assert "not known here" not in words(maya.get(f"/select/lists/{uploaded([STRANGER]).code}/check/"))


def test_a_name_that_nobody_here_has_is_said_beside_its_worker(maya) -> None:
    path = f"/select/lists/{uploaded([STRANGER]).code}/check/"

    answer = maya.post(path, {asked_of_workers(maya, path): "Nobody At All"})

    said = (
        "Worker “Somebody Unknown”: “Nobody At All” is nobody’s staff number or name here. Add her in Settings first."
    )
    assert faults(answer) == [said]


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

    assert statements(maya, f"/select/lists/{case_list.code}/") == 6


# --- kinds, other sources, families ------------------------------------------------------------------------


def test_a_list_of_carers_is_a_list_of_its_own_and_no_childs(maya) -> None:
    files = [NamedBytes("carers.csv", b"Carer reference,Team,Supervising worker\nF1,Duty 2,Ffion Carrow\n")]
    carers = upload_case_list(by=make.council().maya, files=files, as_at=AS_AT, now=make.NOW, kind="carer_file")
    load_case_list(by=make.council().maya, case_list=carers, now=make.NOW)

    assert (carers.kind, loaded_lists(carers.authority_id).count()) == ("carer_file", 0)
    assert "30 September 2026 carers' files 1 0 Loaded" in words(maya.get("/select/")).replace("’", "'")
    assert "List of carers' files of 30 September 2026" in words(maya.get(f"/select/lists/{carers.code}/"))


def test_a_list_held_against_another_source_says_how_many_differ(maya) -> None:
    files = [
        NamedBytes("cases.csv", table()),
        NamedBytes("census.xml", census(child("C3", PLAN), child("X1", STARTED), child("X2", STARTED))),
    ]
    case_list = upload_case_list(by=make.council().maya, files=files, as_at=AS_AT, now=make.NOW)

    page = words(maya.get(f"/select/lists/{case_list.code}/check/"))

    for said in (
        "The census 1 2 2 1",
        "The census: which cases differ",
        "Open there, not on this list (2): X1, X2",
        "On this list, not there (2): C1, C2",
        "Statuses that disagree (1): C3 (here child in need, there child protection plan)",
    ):
        assert said in page


@pytest.mark.parametrize("number", [1, 3])
def test_checking_takes_the_same_statements_however_many_cases(maya, number: int) -> None:
    loaded()
    rows = [(f"D{n}", "Level 9", f"Team {n}", f"Worker {n}", "01/03/2026") for n in range(number)]
    case_list = uploaded([*ROWS, *rows], date(2026, 10, 5))

    assert statements(maya, f"/select/lists/{case_list.code}/check/") == 7


def test_a_line_says_its_reviewer_and_its_locality_where_they_are_known(maya) -> None:
    headings = (*HEADINGS, "IRO", "Locality")
    case_list = uploaded([(*ROWS[0], "Iris Oduya", "North"), (*ROWS[1], "", "")], headings=headings)
    maya.post(f"/select/lists/{case_list.code}/load/")

    page = words(maya.get(f"/select/lists/{case_list.code}/"))

    assert "C1 Looked after child Duty 2 Locality: North Ffion Carrow Reviewer: Iris Oduya" in page
    assert "C2 Child protection plan Safeguarding 1 Kwame Larkfield –" in page


def test_a_line_says_what_is_looked_at_with_it(maya) -> None:
    case_list = make.case_list([make.Line("C1"), make.Line("C2"), make.Line("C3")])
    lines = list(case_list.lines.order_by("ref"))
    CaseList.objects.filter(pk=case_list.pk).update(state="checking")
    for line, family, linked in zip(lines, ("F", "F", ""), (["fostering_file"], [], []), strict=True):
        type(line).objects.filter(pk=line.pk).update(family=family, linked=linked)
    CaseList.objects.filter(pk=case_list.pk).update(state="loaded", summary=loaded().summary)

    page = words(maya.get(f"/select/lists/{case_list.code}/"))

    assert "Fostering file; Brother or sister: C2" in page
    assert "C2 Child in need Duty 2 Ffion Carrow Brother or sister: C1" in page


# --- paging ------------------------------------------------------------------------------------------------


def test_case_lists_and_draws_can_be_turned_page_by_page_there_and_back(maya, monkeypatch) -> None:
    monkeypatch.setattr("goldenthread.web.keyset.PAGE", 1)
    for day in (1, 2, 3):
        loaded(as_at=date(2026, 8, day))

    def shown(address: str) -> list[str]:
        page = words(maya.get(address))
        return [each for each in ("1 August", "2 August", "3 August") if each in page]

    me = make.council().maya
    first = page_of_lists(me)
    second = page_of_lists(me, below=first.older)
    third = page_of_lists(me, below=second.older)

    assert [shown(f"/select/?lists={place}") for place in ("", first.older, second.older)] == [
        ["3 August"], ["2 August"], ["1 August"],
    ]  # fmt: skip
    assert (third.older, shown(f"/select/?newer={third.newer}"), first.newer) == ("", ["2 August"], "")


def test_a_place_that_is_none_is_the_first_page(maya) -> None:
    loaded()

    assert "30 September 2026" in words(maya.get("/select/?lists=nonsense.x&draws=no"))


# --- what changed ------------------------------------------------------------------------------------------

LATER = (("C1", "CLA", "Safeguarding 1", "Kwame Larkfield", ""), ROWS[1], ("C9", "CIN", "Duty 2", "Ffion Carrow", ""))


def test_the_cases_that_changed_can_be_read(maya) -> None:
    loaded()
    newer = loaded(LATER, date(2026, 10, 5))

    page = words(maya.get(f"/select/lists/{newer.code}/changes/"))

    for said in (
        "1 Opened", "1 No longer open", "1 Moved to another team", "1 Changed worker",
        "C9 Child in need Duty 2 Ffion Carrow", "C3 Child in need Safeguarding 1", "Safeguarding 1 before: Duty 2",
    ):  # fmt: skip
        assert said in page


def test_the_changes_are_narrowed_and_exported_as_they_are_shown(maya) -> None:
    loaded()
    newer = loaded(LATER, date(2026, 10, 5))

    text = maya.get(f"/select/lists/{newer.code}/changes.csv?what=team&team=duty").content.decode("utf-8-sig")

    assert text.splitlines()[1:] == [
        "Moved to another team,C1,Looked after child,Duty 2,Safeguarding 1,Ffion Carrow,Kwame Larkfield"
    ]


def test_a_loaded_list_says_what_changed_and_each_number_leads_to_its_cases(maya) -> None:
    loaded()
    newer = loaded(LATER, date(2026, 10, 5))

    answer = maya.get(f"/select/lists/{newer.code}/")

    changed = "1 Opened 1 No longer open 1 Moved to another team 1 Changed worker"
    assert f"What changed since the list of 30 September 2026 {changed}" in words(answer)
    for what in ("opened", "closed", "team", "worker"):
        assert f'href="/select/lists/{newer.code}/changes/?what={what}"' in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_reading_beside_an_earlier_list_takes_the_same_statements(maya, number: int) -> None:
    loaded([(f"A{n}", "CIN", "Duty 2", "Ffion Carrow", "01/03/2026") for n in range(number)])
    rows = [(f"B{n}", "CIN", "Duty 2", "Ffion Carrow", "01/03/2026") for n in range(number)]

    assert statements(maya, f"/select/lists/{loaded(rows, date(2026, 10, 5)).code}/") == 8


def test_the_first_list_of_its_kind_has_nothing_to_be_compared_with(maya) -> None:
    assert "There is no earlier list of this kind" in words(maya.get(f"/select/lists/{loaded().code}/changes/"))


@pytest.mark.parametrize("number", [1, 3])
def test_comparing_takes_the_same_statements_however_many_cases(maya, number: int) -> None:
    make.case_list([make.Line(f"A{each}") for each in range(number)], date(2026, 8, 1))
    newer = make.case_list([make.Line(f"B{each}") for each in range(number)])

    assert statements(maya, f"/select/lists/{newer.code}/changes/") == 7
