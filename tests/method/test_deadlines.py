from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from dateutil.easter import easter
from workalendar.europe import UnitedKingdom

from goldenthread.method.deadlines import (
    bank_holidays,
    days_until,
    due_date,
    is_working_day,
    late_by,
    working_days_between,
)
from goldenthread.method.refusal import Refused

DAYS = [date(2019, 1, 1) + timedelta(days=ahead) for ahead in range((date(2036, 1, 1) - date(2019, 1, 1)).days)]


def monday(year: int, month: int, *, last: bool = False) -> date:
    mondays = [day for day in DAYS if (day.year, day.month, day.weekday()) == (year, month, 0)]
    return mondays[-1 if last else 0]


def bank_holidays_by_rule(year: int) -> set[date]:
    """England's, by the rule of each and the four proclamations from 2019 to 2035, without the package."""
    found = {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1), monday(year, 8, last=True)}
    found.add(date(2020, 5, 8) if year == 2020 else monday(year, 5))
    found |= {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)} if year == 2022 else {monday(year, 5, last=True)}
    found |= {date(2023, 5, 8)} if year == 2023 else set()
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed in found or fixed.weekday() > 4:
            fixed += timedelta(days=1)
        found.add(fixed)
    return found


@pytest.fixture(scope="module")
def by_rule() -> set[date]:
    return set().union(*(bank_holidays_by_rule(year) for year in range(2019, 2037 - 1)))


def test_the_bank_holidays_are_those_of_the_rules(by_rule: set[date]) -> None:
    assert {day for day in bank_holidays() if 2019 <= day.year <= 2035 and day.weekday() < 5} == by_rule


def by_numpy(holidays: set[date]) -> np.ndarray:
    """Every start × 0 to 40 working days. With 0 numpy rolls forward; else it counts on from the working day before."""
    calendar = np.busdaycalendar(holidays=[*holidays, *(day for day in bank_holidays() if day.year == 2036)])
    starts = np.array(DAYS, dtype="datetime64[D]")
    rolled = [np.busday_offset(starts, 0, roll="forward", busdaycal=calendar)]
    counted = [np.busday_offset(starts, days, roll="backward", busdaycal=calendar) for days in range(1, 41)]
    return np.array(rolled + counted)


@pytest.fixture(scope="module")
def ours() -> np.ndarray:
    return np.array([[due_date(day, days) for day in DAYS] for days in range(41)], dtype="datetime64[D]")


def test_every_deadline_from_2019_to_2035_is_numpys(by_rule: set[date], ours: np.ndarray) -> None:
    assert np.array_equal(ours, by_numpy(by_rule))


def test_every_deadline_from_2019_to_2035_is_that_of_another_calendar(ours: np.ndarray) -> None:
    """Its one fault is known: it has never heard of the Coronation."""
    years = range(2019, 2036)
    theirs = {day for year in years for day, _ in UnitedKingdom().holidays(year) if day.weekday() < 5}

    assert {day for day in bank_holidays() if day.year in years and day.weekday() < 5} - theirs == {date(2023, 5, 8)}
    assert np.array_equal(ours, by_numpy(theirs | {date(2023, 5, 8)}))


def test_ten_days_over_christmas() -> None:
    assert due_date(date(2026, 12, 18), 10) == date(2027, 1, 6)


def test_the_days_the_council_is_closed_do_not_count() -> None:
    closed = frozenset({date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)})

    assert due_date(date(2026, 12, 18), 10, "working", closed) == date(2027, 1, 11)


def test_calendar_days_end_on_any_day() -> None:
    assert [due_date(date(2026, 12, 18), days, "calendar") for days in (0, 1, 7)] == [
        date(2026, 12, 18),
        date(2026, 12, 19),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize("day", [date(2020, 5, 8), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)])
def test_proclaimed_holidays_are_not_working_days(day: date) -> None:
    assert not is_working_day(day)


def test_a_day_is_a_working_day_unless_weekend_holiday_or_closure() -> None:
    week = [date(2026, 12, 24) + timedelta(days=ahead) for ahead in range(6)]  # Thursday to Tuesday

    assert [is_working_day(day, frozenset({date(2026, 12, 29)})) for day in week] == [True] + [False] * 5


def test_counting_working_days_undoes_due_date() -> None:
    starts = DAYS[::97]

    assert [[working_days_between(day, due_date(day, days)) for days in range(1, 30)] for day in starts] == [
        list(range(1, 30)) for _ in starts
    ]


def test_working_days_are_counted_backwards_below_nought() -> None:
    assert working_days_between(date(2027, 1, 6), date(2026, 12, 18)) == -10


def test_something_is_late_from_the_day_after() -> None:
    due = date(2027, 1, 6)

    assert [(days_until(due, day), late_by(due, day)) for day in (date(2027, 1, 5), due, date(2027, 1, 9))] == [
        (1, 0),
        (0, 0),
        (-3, 3),
    ]


@pytest.mark.parametrize(
    ("start", "days", "kind", "sentence"),
    [
        (date(2026, 1, 1), -1, "working", "A deadline of -1 days would lie before its start; give 0 days or more."),
        (
            date(2006, 12, 31),
            1,
            "working",
            "2006-12-31 is outside the years whose bank holidays are known here, 2007 to 2040.",
        ),
        (
            date(2041, 1, 1),
            1,
            "calendar",
            "2041-01-01 is outside the years whose bank holidays are known here, 2007 to 2040.",
        ),
        (
            date(2040, 12, 31),
            1,
            "working",
            "Counting 1 from 2040-12-31 goes past 2040-12-31, the last day whose bank holidays are known here.",
        ),
        (
            date(2026, 1, 1),
            10**12,
            "calendar",
            "Counting 1000000000000 from 2026-01-01 goes past 2040-12-31, "
            "the last day whose bank holidays are known here.",
        ),
    ],
)
def test_outside_the_known_years_it_refuses(start: date, days: int, kind: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        due_date(start, days, kind)  # type: ignore[arg-type]

    assert refusal.value.sentences == (sentence,)
