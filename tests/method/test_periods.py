"""Months, quarters and years as the council counts them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.periods import MONTHS_IN, period_of, periods

DAYS = st.dates(date(2008, 1, 1), date(2039, 12, 31))
EVERY = st.sampled_from(sorted(MONTHS_IN))
MONTHS = st.integers(1, 12)


@given(DAYS, EVERY, MONTHS)
def test_a_day_lies_in_its_period_which_is_whole_months(day: date, every, month: int) -> None:
    period = period_of(day, every, month)

    assert day in period
    assert (period.starts_on.day, (period.ends_on + timedelta(days=1)).day) == (1, 1)
    assert (period.starts_on.month - month) % MONTHS_IN[every] == 0


@given(DAYS, st.integers(0, 900), EVERY, MONTHS)
def test_periods_follow_each_other_without_gap_or_overlap(day: date, ahead: int, every, month: int) -> None:
    last = day + timedelta(days=ahead)
    found = list(periods(every, day, last, month))

    assert (day in found[0], last in found[-1]) == (True, True)
    assert [a.ends_on + timedelta(days=1) for a in found[:-1]] == [b.starts_on for b in found[1:]]


@pytest.mark.parametrize(
    ("every", "months", "label"),
    [
        ("month", 1, "March 2026"),
        ("quarter", 3, "January to March 2026"),
        ("half_year", 6, "October 2025 to March 2026"),
        ("year", 12, "April 2025 to March 2026"),
    ],
)
def test_a_period_is_said_in_words(every, months: int, label: str) -> None:
    assert period_of(date(2026, 3, 31), every, 4).label == label
