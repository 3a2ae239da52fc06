"""The page of the year's coverage: what is reached, what is owed, by when; narrowed, and as a spreadsheet."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
import time_machine

from goldenthread.home.nightly import coverage as nightly
from goldenthread.plan.models import Year
from tests import make
from tests.browsing import signed_in, statements, words
from tests.select.test_ledger import this_year

pytestmark = pytest.mark.django_db
PAGE = "/audit/coverage/"


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def maya():
    return signed_in(make.council().maya)


def a_year_under_way() -> Year:
    for audit in make.audits(make.drawn_session(4)):
        make.submitted_audit(audit)
    make.session(held_on=make.DAY + timedelta(weeks=4))
    return this_year()


def test_before_a_year_is_open_the_unit_is_led_to_opening_one(maya) -> None:
    page = maya.get(PAGE)

    assert "No year is open yet." in words(page)
    assert 'href="/plan/year/"' in page.content.decode()


def test_before_a_case_list_the_unit_is_led_to_uploading_one(maya) -> None:
    this_year()

    assert "No case list is loaded yet, so nobody knows which teams hold cases." in words(maya.get(PAGE))


def test_what_is_covered_and_what_is_owed_stand_with_by_when(maya) -> None:
    a_year_under_way()

    page = words(maya.get(PAGE))

    for said in (
        "2 of 2 teams covered",
        "0 of 1 kinds of case covered",
        "Duty 2 2 audited, 2 asked 2 – – – Covered",
        "Children in need 4 audited, 5 asked 4 – – 1 1 more file by 3 November 2026.",
        "1 kind of case (children in need) still needs 1 file: draw it for a session by 3 November 2026.",
        "Held against the case list of 30 September 2026.",
    ):
        assert said in page


def test_each_senior_managers_share_stands_there(maya) -> None:
    a_year_under_way()

    page = words(maya.get(PAGE))

    assert "Helena" in page
    assert "0 of 8 4 A case file and supervision notes by 31 December 2026." in page


def test_the_page_can_be_narrowed_to_what_is_owed(maya) -> None:
    a_year_under_way()

    page = words(maya.get(f"{PAGE}?what=team&owed=on"))

    assert "Nothing is owed here. Untick “Only what is still owed” to see everything." in page
    assert "Duty 2 2 audited" not in page


def test_the_spreadsheet_holds_what_the_page_shows(maya) -> None:
    a_year_under_way()

    text = maya.get("/audit/coverage/export/?what=status&owed=on").content.decode("utf-8-sig")

    assert list(csv.reader(text.splitlines()))[1:] == [
        [
            "Kinds of case",
            "children in need",
            "5",
            "12",
            "4",
            "0",
            "0",
            "1",
            "2026-11-03",
            "1 more file by 3 November 2026.",
        ]
    ]


def test_another_councils_year_is_not_found(maya) -> None:
    a_year_under_way()

    assert maya.get(f"{PAGE}?year=nothing").status_code == 404


def test_coverage_is_open_to_the_unit_and_the_directors_only() -> None:
    here = make.council()

    assert [signed_in(each).get(PAGE).status_code for each in (here.maya, here.helena, here.rafiq, here.ffion)] == [
        200, 200, 403, 403,
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_statements_whatever_is_on_record(maya, number: int) -> None:
    for place in range(number):
        cases = [make.Line(f"C{place}{team}", team=f"Duty {team}") for team in range(number)]
        make.drawn_session(1, of=make.session(held_on=make.DAY + timedelta(weeks=place)), cases=cases)
    this_year()

    assert statements(maya, PAGE) == 13


# --- kept with the year ------------------------------------------------------------------------------------


def test_the_night_keeps_with_the_year_what_is_about_to_be_missed_and_the_plan_shows_it(maya) -> None:
    year = a_year_under_way()

    said = nightly.run(now=make.NOW, today=make.DAY)
    year.refresh_from_db()

    assert said == "Counted for 1 year."
    assert year.uncovered[0].startswith("1 kind of case (children in need) still needs 1 file")
    for address in ("/plan/year/", "/plan/capacity/"):
        assert "What the year is about to miss 1 kind of case" in words(maya.get(address)).replace("\n", " ")


def test_a_year_to_come_is_not_counted_yet() -> None:
    year = this_year()
    Year.objects.update(starts_on=make.DAY + timedelta(days=1))

    assert nightly.run(now=make.NOW, today=make.DAY) == "Counted for 0 years."
    year.refresh_from_db()
    assert year.uncovered == []
