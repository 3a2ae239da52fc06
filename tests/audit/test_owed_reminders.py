"""Who is reminded of what she owes, on which day and in which words, and when her manager hears of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import pytest
import time_machine

from goldenthread.audit.queries.owed import escalations_due, reminders_due
from goldenthread.notices.models import Run
from goldenthread.notices.reminder import REMIND, Reminder
from goldenthread.people.models import Authority, Person, Post
from tests import make
from tests.audit.owing import NOW, TODAY, each_day, grant, only, submitted
from tests.cast import Council

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here() -> Council:
    return make.council()


def told(asks: Callable[[int, date], Iterable[Reminder]], here: Council, day: date) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in asks(here.authority.pk, day):
        found.setdefault(each.person.name.split()[0].lower(), []).append(each.sentence)
    return found


def test_five_working_days_before_the_end_everybody_who_owes_is_reminded(here: Council) -> None:
    only(here.rafiq, here.grace)
    submitted(here.rafiq, date(2027, 7, 5), date(2027, 7, 6))
    submitted(here.grace, date(2027, 7, 7), date(2027, 7, 8))

    assert told(reminders_due, here, date(2027, 7, 23)) == {
        "rafiq": ["You owe 2 of the 4 records of July; they are due on Friday 30 July."]
    }


def test_a_week_after_it_is_said_once_more_and_all_that_is_older_in_one_line(here: Council) -> None:
    only(here.rafiq, since=date(2027, 5, 1))

    assert told(reminders_due, here, date(2027, 8, 6))["rafiq"] == [
        "You owe all 4 records of July; they were due on Friday 30 July.",
        "You owe 8 records of earlier months; the oldest was due on Friday 28 May 2027.",
    ]


def test_nobody_is_reminded_once_it_is_done(here: Council) -> None:
    only(here.rafiq)
    submitted(here.rafiq, *each_day(date(2027, 7, 5), 4))

    assert told(reminders_due, here, date(2027, 7, 23)) == {}


def test_nobody_is_reminded_on_the_days_between(here: Council) -> None:
    assert told(reminders_due, here, date(2027, 7, 22)) == {}


def test_what_fell_on_a_night_that_did_not_run_is_said_on_the_next(here: Council) -> None:
    only(here.rafiq, here.bridget)
    for day in (date(2027, 7, 22), date(2027, 8, 12)):
        Run.objects.create(job=REMIND, day=day, began=make.NOW, ended=make.NOW)

    assert "rafiq" in told(reminders_due, here, date(2027, 7, 26))
    assert "bridget" in told(escalations_due, here, date(2027, 8, 16))
    Run.objects.create(job=REMIND, day=date(2027, 7, 23), began=make.NOW, ended=make.NOW)
    assert told(reminders_due, here, date(2027, 7, 26)) == {}


def test_extended_records_are_reminded_of_by_their_own_day(here: Council) -> None:
    only(here.rafiq)
    grant(here, "extension", 1, date(2027, 8, 13))
    grant(here, "exemption", 3)

    assert told(reminders_due, here, date(2027, 7, 23)) == {}
    assert told(reminders_due, here, date(2027, 8, 6)) == {
        "rafiq": ["You owe the 1 record of July; it is due on Friday 13 August."]
    }


def test_after_a_fortnight_her_manager_is_told(here: Council) -> None:
    only(here.rafiq, here.bridget)

    found = told(escalations_due, here, date(2027, 8, 13))

    assert found["bridget"] == ["Rafiq Alderton owes all 4 records of July; they were due on Friday 30 July."]
    assert told(escalations_due, here, date(2027, 8, 12)) == {}


def test_nobody_hears_of_records_of_somebody_whose_account_is_closed(here: Council) -> None:
    only(here.rafiq, here.bridget)
    Post.objects.filter(person=here.rafiq).update(ended_on=date(2027, 7, 31))
    Person.objects.filter(pk=here.rafiq.pk).update(is_active=False)

    assert "bridget" not in told(escalations_due, here, date(2027, 8, 13))


def test_a_council_without_rules_has_nobody_to_chase(here: Council) -> None:
    elsewhere = Authority.objects.create(name="Elsewhere", short_name="Elsewhere")

    assert [*reminders_due(elsewhere.pk, TODAY), *escalations_due(elsewhere.pk, TODAY)] == []


def test_a_reminder_leads_to_the_page_where_it_is_done(here: Council) -> None:
    only(here.rafiq, here.bridget)

    assert {each.path for each in reminders_due(here.authority.pk, date(2027, 7, 23))} == {"/audit/owed/"}
    assert {each.path for each in escalations_due(here.authority.pk, date(2027, 8, 13))} == {"/audit/owed/everybody/"}
