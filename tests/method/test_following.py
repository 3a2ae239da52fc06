"""Following tasks through: each severity's own clock, how much more time may be given, each rung of the ladder once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from goldenthread.method.following import (
    deciders,
    givers_of_time,
    latest,
    rungs,
    severity_of,
    sign_off_due,
    task_due,
    too_long,
)
from goldenthread.method.framework import Framework, parse_framework
from goldenthread.method.framework.acting import Escalation, Tasking
from goldenthread.method.refusal import Refused

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
TUESDAY = date(2026, 10, 6)
LADDER = (Escalation(1, "team_manager"), Escalation(5, "service_manager"), Escalation(10, "service_director"))


@pytest.fixture
def knowsley() -> Framework:
    return parse_framework((FRAMEWORKS / "knowsley_2009.toml").read_text(encoding="utf-8"))


@pytest.fixture
def wexmoor() -> Framework:
    return parse_framework((FRAMEWORKS / "wexmoor_2026.toml").read_text(encoding="utf-8"))


def test_each_severity_has_its_own_clock_and_the_last_the_ten_days(knowsley: Framework) -> None:
    due = {each.key: task_due(knowsley, each, TUESDAY) for each in knowsley.severities}

    assert due == {"urgent": date(2026, 10, 8), "standard": date(2026, 10, 20)}


def test_another_council_counts_in_its_own_kind_of_days(wexmoor: Framework) -> None:
    due = {each.key: task_due(wexmoor, each, TUESDAY) for each in wexmoor.severities}

    assert due == {"now": date(2026, 10, 7), "this_week": date(2026, 10, 13), "standard": date(2026, 10, 27)}


def test_what_no_severity_was_said_for_is_the_least_urgent(knowsley: Framework) -> None:
    assert (severity_of(knowsley, "").key, severity_of(knowsley, "urgent").key) == ("standard", "urgent")


def test_a_severity_that_the_framework_does_not_know_is_refused(knowsley: Framework) -> None:
    with pytest.raises(Refused, match="has no severity “someday”"):
        severity_of(knowsley, "someday")


def test_the_signature_is_due_its_days_after_the_last_task(knowsley: Framework) -> None:
    assert sign_off_due(knowsley, date(2026, 10, 20)) == date(2026, 10, 27)


def test_where_nothing_is_said_whoever_signs_decides_and_she_or_who_is_above_gives_time(knowsley: Framework) -> None:
    silent = replace(knowsley, tasking=Tasking())

    assert (deciders(silent), givers_of_time(silent)) == (("team_manager",), ("team_manager", "service_manager"))


DUE, FIRST = date(2026, 10, 20), date(2026, 10, 20)
NOT_LATER = "More time ends after the day the task is due already: choose a later day."


@pytest.mark.parametrize(
    ("until", "today", "said"),
    [
        (date(2026, 10, 21), TUESDAY, ""),
        (date(2026, 11, 3), TUESDAY, ""),
        (
            date(2026, 11, 4),
            TUESDAY,
            "At most 10 working days may be added to the day it was due at first; that would be 11.",
        ),
        (date(2026, 10, 20), TUESDAY, NOT_LATER),
        (date(2026, 10, 24), TUESDAY, "That is not a working day: choose one."),
        (date(2026, 10, 26), date(2026, 10, 27), "More time ends after today: choose a later day."),
    ],
)
def test_how_much_more_time_may_be_given(until: date, today: date, said: str) -> None:
    assert too_long(Tasking(extension_days=10), DUE, FIRST, until, today) == said


def test_no_rule_is_stretched_in_steps() -> None:
    rule = Tasking(extension_days=1)

    assert too_long(rule, date(2026, 10, 21), FIRST, date(2026, 10, 22), TUESDAY) == (
        "At most 1 working day may be added to the day it was due at first; that would be 2."
    )


def test_the_last_day_offered_is_the_last_that_is_taken() -> None:
    rule = Tasking(extension_days=10)
    last = latest(rule, FIRST)

    assert (last, too_long(rule, DUE, FIRST, last, TUESDAY)) == (date(2026, 11, 3), "")


def test_each_rung_is_climbed_on_one_day_only() -> None:
    days = [DUE + timedelta(days=ahead) for ahead in range(60)]
    told = [each.to for day in days for each in rungs(LADDER, DUE, day)]

    assert told == ["team_manager", "service_manager", "service_director"]


def test_nobody_is_told_at_a_weekend() -> None:
    due_on_friday = date(2026, 10, 16)

    assert rungs(LADDER, due_on_friday, date(2026, 10, 17)) == ()
    assert rungs(LADDER, due_on_friday, date(2026, 10, 19)) == LADDER[:1]


def test_a_council_without_a_ladder_tells_nobody() -> None:
    assert rungs((), DUE, date(2026, 10, 21)) == ()


def test_what_was_reached_on_days_that_were_missed_is_climbed_on_the_next_and_not_again() -> None:
    monday = DUE + timedelta(days=6)

    assert rungs(LADDER, DUE, monday, told_on=DUE) == LADDER[:1]
    assert rungs(LADDER, DUE, monday, told_on=monday - timedelta(days=3)) == ()
    assert rungs(LADDER, DUE, DUE + timedelta(days=62), told_on=DUE - timedelta(days=9)) == LADDER


def test_a_day_told_of_already_is_told_of_once_more_where_the_night_is_begun_again() -> None:
    """The message of a day has one key, so nobody has it twice."""
    first = DUE + timedelta(days=1)

    assert rungs(LADDER, DUE, first, told_on=first) == LADDER[:1]
