"""A year's session days: the rhythm, what it is moved round, what is there already."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.rrule import WEEKLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.deadlines import bank_holidays
from goldenthread.method.laying_out import (
    CannotLayOut,
    Planned,
    Shut,
    first_days,
    lay_out,
    rhythm,
    session_days,
    share_of_months,
    usual_shut,
)
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused

YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))
AUGUST = Shut(Period(date(2026, 8, 1), date(2026, 8, 31)), "August")


def held(planned: tuple[Planned, ...]) -> list[date]:
    return [each.held_on for each in planned if each.held_on]


# --- the rhythm ------------------------------------------------------------------------------------------


@given(first=st.dates(date(2010, 1, 1), date(2035, 1, 1)), days=st.integers(0, 365), weeks=st.integers(1, 26))
def test_the_rhythm_is_dateutils(first: date, days: int, weeks: int) -> None:
    last = first + timedelta(days=days)

    assert list(rhythm(first, last, weeks)) == [
        each.date() for each in rrule(WEEKLY, dtstart=first, until=last, interval=weeks)
    ]


def test_three_groups_every_six_weeks_are_27_sessions() -> None:
    firsts = dict(zip("abc", first_days(YEAR.starts_on, 3, 6), strict=True))

    laid = lay_out(firsts, YEAR, 6, shut=usual_shut(YEAR), there={})

    assert sum(len(held(planned)) for planned in laid.values()) == 27


# --- moved -----------------------------------------------------------------------------------------------


def test_a_bank_holiday_is_moved_to_the_nearest_working_day_of_its_week() -> None:
    moved = [each for each in session_days(date(2026, 4, 13), YEAR, 6) if each.moved]

    assert moved == [Planned(date(2026, 5, 25), date(2026, 5, 26), "Spring Bank Holiday")]


def test_of_two_days_alike_the_later_is_taken() -> None:
    closed = Shut(Period(date(2026, 4, 8), date(2026, 4, 8)), "Town hall closed")

    assert session_days(date(2026, 4, 8), YEAR, 6, shut=[closed])[0].held_on == date(2026, 4, 9)


def test_a_week_without_a_free_day_is_left_for_the_nearest_that_has_one_on_its_weekday() -> None:
    week = Shut(Period(date(2026, 5, 18), date(2026, 5, 22)), "Practice week")

    moved = [each for each in session_days(date(2026, 4, 7), YEAR, 6, shut=[week]) if each.moved]

    assert moved == [Planned(date(2026, 5, 19), date(2026, 5, 26), "Practice week")]


def test_a_moved_day_keeps_off_another_groups() -> None:
    day = date(2026, 5, 26)

    moved = session_days(date(2026, 4, 13), YEAR, 6, others={day})[1]

    assert moved == Planned(date(2026, 5, 25), date(2026, 5, 27), "Spring Bank Holiday")


def test_two_groups_moved_in_one_week_are_not_moved_onto_one_day() -> None:
    laid = lay_out({"a": date(2026, 4, 13), "b": date(2026, 4, 13)}, YEAR, 6, there={})

    assert (laid["a"][1].held_on, laid["b"][1].held_on) == (date(2026, 5, 26), date(2026, 5, 27))


def test_where_the_group_meets_in_every_other_week_a_day_is_left_out_and_said_so() -> None:
    laid = session_days(date(2026, 4, 7), YEAR, 1, shut=[AUGUST])

    assert [each for each in laid if not each.held_on] == [
        Planned(date(2026, 8, day), None, "August") for day in (4, 11, 18, 25)
    ]


@given(
    first=st.dates(date(2026, 4, 1), date(2026, 7, 1)).filter(lambda day: day.weekday() < 5),
    weeks=st.integers(2, 12),
    shut=st.lists(st.tuples(st.dates(date(2026, 4, 1), date(2027, 3, 1)), st.integers(0, 30)), max_size=4),
)
def test_no_session_is_on_a_day_on_which_none_can_be_and_none_is_lost_in_silence(
    first: date, weeks: int, shut: list[tuple[date, int]]
) -> None:
    closed = [Shut(Period(day, day + timedelta(days=long)), "Closed") for day, long in shut]

    laid = session_days(first, YEAR, weeks, shut=closed)

    days = held(laid)
    assert len(set(days)) == len(days)
    assert all(day in YEAR and day.weekday() < 5 and day not in bank_holidays() for day in days)
    assert not any(day in each.days for day in days for each in closed)
    assert [each.planned_on for each in laid] == list(rhythm(first, YEAR.ends_on, weeks))
    assert all(bool(each.why) == each.moved for each in laid)


@given(
    first=st.dates(date(2026, 4, 1), date(2026, 6, 1)).filter(lambda day: day.weekday() < 5),
    shut=st.sets(st.dates(date(2026, 4, 1), date(2027, 3, 31)), max_size=60),
)
def test_within_its_week_a_day_moves_no_farther_than_it_must(first: date, shut: set[date]) -> None:
    closed = [Shut(Period(day, day), "Closed") for day in shut]

    for each in session_days(first, YEAR, 6, shut=closed):
        monday = each.planned_on - timedelta(days=each.planned_on.weekday())
        week = [monday + timedelta(days=ahead) for ahead in range(5)]
        free = [day for day in week if day in YEAR and day not in shut and day not in bank_holidays()]
        if free:
            nearest = min(abs(day - each.planned_on) for day in free)
            assert each.held_on in free
            assert abs(each.held_on - each.planned_on) == nearest


# --- what is there ---------------------------------------------------------------------------------------


@given(
    first=st.dates(date(2026, 4, 1), date(2026, 6, 1)).filter(lambda day: day.weekday() < 5),
    weeks=st.integers(2, 12),
)
def test_laid_out_again_nothing_is_missing(first: date, weeks: int) -> None:
    once = held(session_days(first, YEAR, weeks, shut=[AUGUST]))

    again = session_days(first, YEAR, weeks, shut=[AUGUST], there=once)

    assert [each for each in again if each.held_on and not each.there] == []


def test_a_session_moved_by_hand_fills_the_place_it_was_moved_from() -> None:
    again = session_days(date(2026, 4, 7), YEAR, 6, there=[date(2026, 5, 28)])

    assert [each.held_on for each in again if each.there] == [date(2026, 5, 28)]
    assert date(2026, 5, 19) not in held(again)


def test_a_session_of_another_rhythm_fills_one_place_only() -> None:
    again = session_days(date(2026, 4, 7), YEAR, 6, there=[date(2026, 4, 28)])

    assert [each.planned_on for each in again if each.there] == [date(2026, 4, 7)]


# --- refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "weeks", "sentence"),
    [
        (
            date(2026, 3, 31),
            6,
            "The first day, 31 March 2026, is outside the year, which runs from 1 April 2026 to 31 March 2027.",
        ),
        (date(2026, 4, 11), 6, "The first day, 11 April 2026, is a Saturday; give a day from Monday to Friday."),
        (date(2026, 4, 7), 0, "A group cannot meet every 0 weeks; give 1 or more."),
    ],
)
def test_an_impossible_beginning_is_refused(first: date, weeks: int, sentence: str) -> None:
    with pytest.raises(Refused, match=f"^{sentence}$"):
        session_days(first, YEAR, weeks)


def test_a_year_kept_free_from_end_to_end_is_refused_for_its_group() -> None:
    with pytest.raises(CannotLayOut) as refusal:
        lay_out({"duty": date(2026, 4, 7)}, YEAR, 6, shut=[Shut(YEAR, "Reorganisation")], there={})

    assert refusal.value.group == "duty"
    assert refusal.value.sentences == ("No day is left between 7 April 2026 and 31 March 2027: Reorganisation.",)


# --- months ----------------------------------------------------------------------------------------------


@given(files=st.integers(0, 10_000), months=st.integers(1, 12))
def test_the_months_of_a_year_and_the_rest_of_it_make_the_whole(files: int, months: int) -> None:
    parts = share_of_months(files, months) + share_of_months(files, 12 - months)

    assert files <= parts <= files + 1  # a half on either side is rounded up
