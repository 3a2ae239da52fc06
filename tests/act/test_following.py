"""Who is told of tasks and signatures on a working day: before they are due, after, and up the ladder, once a rung."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from goldenthread.act.models import Return, Task
from goldenthread.act.queries.following import late_escalations, task_reminders
from goldenthread.home.nightly.reminders import SOURCES
from goldenthread.notices.models import Run
from goldenthread.notices.reminder import REMIND
from tests import make
from tests.act import duty

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 20)  # ten working days after make.DAY
SIGN_BY = date(2026, 10, 27)


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def told(source, today: date) -> list[tuple[str, str]]:
    found = source(make.council().authority.pk, today)
    return sorted((each.person.name, each.sentence) for each in found)


def days_told(source, first: date, last: date) -> dict[date, set[str]]:
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    return {day: people for day in days if (people := {name for name, _ in told(source, day)})}


def test_an_owner_is_reminded_before_the_day_and_every_so_often_after() -> None:
    duty.returned()

    assert list(days_told(task_reminders, make.DAY, date(2026, 10, 30))) == [
        date(2026, 10, 16), date(2026, 10, 23), date(2026, 10, 28),
    ]  # fmt: skip


def test_all_that_is_hers_is_one_line_with_numbers_and_days_only() -> None:
    duty.returned({"Write it.": "practitioner", "Date it.": "practitioner"})

    assert told(task_reminders, date(2026, 10, 16)) == [("Ffion Carrow", "2 tasks, due by 20 October 2026, to do")]
    assert told(task_reminders, date(2026, 10, 23)) == [("Ffion Carrow", "2 tasks, late since 20 October 2026, to do")]


def test_nobody_is_reminded_of_what_is_done() -> None:
    duty.complete(duty.returned())

    assert told(task_reminders, date(2026, 10, 23)) == []


def test_each_rung_of_the_ladder_is_climbed_once_by_its_own_people() -> None:
    duty.returned()

    assert days_told(late_escalations, DUE, date(2026, 11, 20)) == {
        date(2026, 10, 21): {"Rafiq Alderton"},
        date(2026, 10, 27): {"Bridget Oakhanger"},
        date(2026, 11, 3): {"Desmond Quayle"},
    }


def test_a_rung_that_was_reached_in_a_missed_night_is_climbed_in_the_next() -> None:
    duty.returned()
    for day in (date(2026, 10, 20), date(2026, 10, 24)):  # Wednesday to Friday were missed; on Saturday nobody is told
        Run.objects.create(job=REMIND, day=day, began=make.NOW, ended=make.NOW)

    assert days_told(late_escalations, date(2026, 10, 26), date(2026, 10, 26)) == {
        date(2026, 10, 26): {"Rafiq Alderton"}
    }


def test_a_signature_that_is_late_climbs_the_ladder_too() -> None:
    duty.complete(duty.returned())

    days = days_told(late_escalations, DUE, date(2026, 11, 20))

    assert list(days) == [date(2026, 10, 28), date(2026, 11, 3), date(2026, 11, 10)]
    assert told(late_escalations, date(2026, 10, 28)) == [
        ("Rafiq Alderton", "1 section, late since 27 October 2026, without a signature of tasks completed")
    ]


def test_a_challenged_task_climbs_as_well_since_it_waits_for_those_above() -> None:
    returned = duty.returned()
    Task.objects.update(
        state="challenged", challenge="Not mine.", challenged_at=make.NOW, challenged_by=returned.practitioner
    )

    assert told(late_escalations, date(2026, 10, 21)) == [("Rafiq Alderton", "1 task, late since 20 October 2026,")]
    assert told(task_reminders, date(2026, 10, 23)) == []


def test_what_is_signed_is_told_to_nobody() -> None:
    make.signed_return(duty.returned())

    assert days_told(late_escalations, DUE, date(2026, 11, 20)) == {}


def test_more_time_moves_the_ladder() -> None:
    duty.returned()
    Task.objects.update(due_on=date(2026, 10, 22))
    Return.objects.update(due_on=date(2026, 10, 22))

    assert list(days_told(late_escalations, DUE, date(2026, 10, 26))) == [date(2026, 10, 23)]


def test_no_child_is_named() -> None:
    returned = duty.returned()
    said = " ".join(
        f"{each.sentence} {each.path}"
        for source in (task_reminders, late_escalations)
        for day in range(14, 31)
        for each in source(make.council().authority.pk, date(2026, 10, day))
    )

    assert (returned.audit.ref in said, duty.CHRONOLOGY in said) == (False, False)


def test_the_nightly_job_asks_both() -> None:
    assert {task_reminders, late_escalations} <= set(SOURCES)
