"""The page of the year, opening one and changing its numbers."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from goldenthread.plan.models import Blackout, Year
from goldenthread.plan.services.sessions import cancel_session
from goldenthread.plan.services.years import add_blackout, open_year
from goldenthread.trail.models import Event
from tests import make
from tests.browsing import faults, form_in, signed_in, statements, words
from tests.plan.days import day

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def a_year(starts_on: date = FIRST, ends_on: date = LAST, files: int = 120) -> Year:
    here = make.council()
    return open_year(
        by=here.maya, framework=here.framework, starts_on=starts_on, ends_on=ends_on, kinds={"case_file": files},
        now=make.NOW,
    )  # fmt: skip


def numbers(**files: int) -> dict[str, str]:
    kinds = make.council().framework.parsed.kinds
    return {f"kind-{kind.key}": str(files.get(kind.key, 0)) for kind in kinds}


def said(starts_on: date = FIRST, ends_on: date = LAST, for_months: int = 12, **files: int) -> dict[str, str]:
    return {
        **day("starts_on", starts_on), **day("ends_on", ends_on), "for_months": str(for_months),
        **numbers(**(files or {"case_file": 120})),
    }  # fmt: skip


# --- opening a year --------------------------------------------------------------------------------------


def test_before_any_year_is_open_the_unit_is_led_to_opening_one() -> None:
    page = signed_in(make.council().maya).get("/plan/year/")

    assert 'href="/plan/year/open/"' in page.content.decode()
    assert "No year is open yet." in words(page)


def test_the_frameworks_year_and_target_are_filled_in() -> None:
    form = form_in(signed_in(make.council().maya).get("/plan/year/open/"))

    assert {name: form[name] for name in said()} == said()


def test_with_a_year_open_the_next_is_offered() -> None:
    a_year()

    form = form_in(signed_in(make.council().maya).get("/plan/year/open/"))

    assert (form["starts_on-year"], form["ends_on-month"], form["ends_on-year"]) == ("2027", "3", "2028")


def test_a_year_is_opened_as_it_was_filled_in() -> None:
    here = make.council()

    answer = signed_in(here.maya).post("/plan/year/open/", said(case_file=100, reaudit=20))

    year = Year.objects.get()
    assert answer.url == f"/plan/year/{year.code}/"
    assert (year.starts_on, year.ends_on, year.framework, year.opened_by) == (FIRST, LAST, here.framework, here.maya)
    assert {kind: files for kind, files in year.kinds.items() if files} == {"case_file": 100, "reaudit": 20}
    assert Event.objects.filter(verb="opened", thing="year", thing_id=year.pk).count() == 1


def test_sessions_that_stand_on_its_days_already_join_it() -> None:
    session = make.session()
    a_year()

    session.refresh_from_db()
    assert session.year == Year.objects.get()


def test_of_a_part_of_a_year_the_numbers_are_shared_by_months_before_anything_is_kept() -> None:
    client = signed_in(make.council().maya)

    answer = client.post("/plan/year/open/", said(date(2026, 9, 1)))

    assert "case files, 7 of 12 months: 70 of 120" in words(answer)
    form = form_in(answer)
    assert (form["kind-case_file"], form["for_months"], Year.objects.count()) == ("70", "7", 0)
    year = Year.objects.get(code=client.post("/plan/year/open/", form).url.split("/")[3])
    assert year.kinds["case_file"] == 70
    assert "7 of 12 months: 70 of 120" in words(client.get(f"/plan/year/{year.code}/"))


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        ((date(2026, 9, 1), date(2026, 8, 31)), "31 August 2026 is not after the first day, 1 September 2026."),
        ((date(2026, 9, 2), LAST), "A year begins on the first of a month, not on 2 September 2026."),
        ((FIRST, date(2027, 3, 30)), "A year ends on the last day of a month, not on 30 March 2027."),
        ((FIRST, date(2027, 4, 30)), "A year has twelve months at most: this one ends by 31 March 2027."),
    ],
)
def test_impossible_days_are_said_at_their_field(days: tuple[date, date], fault: str) -> None:
    answer = signed_in(make.council().maya).post("/plan/year/open/", said(*days))

    assert (faults(answer), Year.objects.count()) == ([fault], 0)


def test_a_year_that_overlaps_another_is_refused_at_its_first_day() -> None:
    a_year()

    answer = signed_in(make.council().maya).post("/plan/year/open/", said(date(2027, 1, 1), date(2027, 12, 31)))

    assert faults(answer) == [
        "A year from 1 April 2026 to 31 March 2027 is open already. Begin after it, or end before it."
    ]
    assert 'href="#starts_on-day"' in answer.content.decode()
    assert Year.objects.count() == 1


def test_fewer_than_no_files_are_said_at_their_kind() -> None:
    answer = signed_in(make.council().maya).post("/plan/year/open/", said(reaudit=-3))

    assert faults(answer) == ["Re-audits: -3 is too little. Give 0 or more."]
    assert 'href="#kind-reaudit"' in answer.content.decode()


def test_the_numbers_of_a_year_are_changed() -> None:
    year, client = a_year(), signed_in(make.council().maya)
    path = f"/plan/year/{year.code}/change/"

    assert form_in(client.get(path))["kind-case_file"] == "120"
    client.post(path, numbers(case_file=90))

    year.refresh_from_db()
    assert year.kinds["case_file"] == 90


# --- the page --------------------------------------------------------------------------------------------


def test_a_target_that_the_sessions_cannot_meet_is_a_warning_with_its_figure() -> None:
    year = a_year()
    make.session()

    page = words(signed_in(make.council().maya).get(f"/plan/year/{year.code}/"))

    assert (
        "The sessions cannot meet the target: 1 session with every seat filled are 35 files, "
        "85 fewer than the 120 case files planned." in page
    )


def test_a_target_that_can_be_met_is_no_warning() -> None:
    year = a_year(files=35)
    make.session()

    assert "cannot meet" not in words(signed_in(make.council().maya).get(f"/plan/year/{year.code}/"))


def test_what_the_plan_cannot_do_is_said_with_the_way_to_mend_it() -> None:
    year = a_year(files=35)
    make.session()

    page = words(signed_in(make.council().maya).get(f"/plan/year/{year.code}/"))

    assert "What this plan cannot do" in page
    assert "No session of Frontline duty stands in this year." in page
    assert "Nothing is planned for January to March 2027." in page
    assert "See what would mend it" in page


def test_a_cancelled_session_brings_no_files() -> None:
    year, here = a_year(files=35), make.council()
    cancel_session(by=here.maya, session=make.session(), because="Snow", now=make.NOW)

    assert "October to December 2026 0 0" in words(signed_in(here.maya).get(f"/plan/year/{year.code}/"))


def test_the_unit_sees_what_to_do_next() -> None:
    year = a_year()

    page = words(signed_in(make.council().maya).get(f"/plan/year/{year.code}/"))

    tasks = [
        "Open the year",
        "Give each group its seats",
        "Lay out the sessions",
        "Fill the rota",
        "Publish the sessions",
    ]
    assert [page.index(task) for task in tasks] == sorted(page.index(task) for task in tasks)
    assert "3 groups formed" in page


def test_sessions_stand_in_their_quarter() -> None:
    a_year()
    make.session()

    assert "October to December 2026 1 35" in words(signed_in(make.council().maya).get("/plan/year/"))


def test_a_director_sees_the_year_and_nothing_to_change() -> None:
    a_year()

    page = signed_in(make.council().helena).get("/plan/year/")

    assert page.status_code == 200
    assert ("What to do next" in words(page), "Change the numbers" in words(page)) == (False, False)


def test_others_do_not_see_the_year() -> None:
    a_year()

    assert signed_in(make.council().grace).get("/plan/year/").status_code == 403


@pytest.mark.parametrize(
    "what", ["open/", "{}/change/", "{}/blackouts/", "{}/focuses/", "{}/lay-out/", "{}/start-again/"]
)
def test_only_the_unit_plans(what: str) -> None:
    path = f"/plan/year/{what.format(a_year().code)}"

    assert signed_in(make.council().helena).get(path).status_code == 403


def test_another_councils_year_is_not_found() -> None:
    assert signed_in(make.council().maya).get("/plan/year/nosuchyear/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_statements_however_many_sessions_and_blackouts_there_are(number: int) -> None:
    year, here = a_year(), make.council()
    for place in range(number):
        make.session(held_on=date(2026, 11, 2 + place))
        on = date(2026, 12, 1 + place)
        add_blackout(by=here.maya, year=year, from_on=on, to_on=on, why="A practice day", now=make.NOW)

    assert statements(signed_in(here.maya), "/plan/year/") == 10


# --- days kept free --------------------------------------------------------------------------------------


def test_august_and_the_weeks_of_christmas_are_offered_and_added_by_a_press() -> None:
    year, client = a_year(), signed_in(make.council().maya)
    august = {**day("from_on", date(2026, 8, 1)), **day("to_on", date(2026, 8, 31)), "why": "August"}

    assert "Keep free: Christmas and New Year (21 Dec 2026 to 1 Jan 2027)" in words(client.get("/plan/year/"))
    client.post(f"/plan/year/{year.code}/blackouts/", august)

    blackout = Blackout.objects.get()
    assert (blackout.from_on, blackout.to_on, blackout.why) == (date(2026, 8, 1), date(2026, 8, 31), "August")
    assert "Keep free: August" not in words(client.get("/plan/year/"))


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        ((date(2026, 8, 9), date(2026, 8, 3)), "3 August 2026 is before the first day, 9 August 2026."),
        (
            (date(2026, 3, 1), date(2026, 8, 3)),
            "First day without sessions: 1 March 2026 will not do. It must be on or after 1 April 2026.",
        ),
    ],
)
def test_days_that_cannot_be_kept_free_are_said_at_their_field(days: tuple[date, date], fault: str) -> None:
    year = a_year()
    typed = {**day("from_on", days[0]), **day("to_on", days[1]), "why": "A practice week"}

    answer = signed_in(make.council().maya).post(f"/plan/year/{year.code}/blackouts/", typed)

    assert (faults(answer), Blackout.objects.count()) == ([fault], 0)


def test_days_are_kept_free_once() -> None:
    year, client = a_year(), signed_in(make.council().maya)
    typed = {**day("from_on", date(2026, 8, 3)), **day("to_on", date(2026, 8, 7)), "why": "A practice week"}

    client.post(f"/plan/year/{year.code}/blackouts/", typed)

    assert faults(client.post(f"/plan/year/{year.code}/blackouts/", typed)) == ["These days are kept free already."]


def test_days_kept_free_are_given_back() -> None:
    year, here = a_year(), make.council()
    on = date(2026, 8, 3)
    blackout = add_blackout(by=here.maya, year=year, from_on=on, to_on=on, why="A practice day", now=make.NOW)

    signed_in(here.maya).post(f"/plan/year/{year.code}/blackouts/{blackout.pk}/withdraw/")

    assert not Blackout.objects.exists()
    assert Event.objects.filter(verb="no longer kept free", thing_id=blackout.pk).exists()


def test_a_session_on_days_kept_free_is_named_so_that_it_is_moved() -> None:
    year, here = a_year(), make.council()
    session = make.session()
    add_blackout(by=here.maya, year=year, from_on=make.DAY, to_on=make.DAY, why="A practice day", now=make.NOW)

    page = signed_in(here.maya).get("/plan/year/")

    assert "These stand on days that the year keeps free: Safeguarding and child protection, 6 October 2026" in words(
        page
    )
    assert f'href="/plan/sessions/{session.code}/change/"' in page.content.decode()
