"""When something is due, and how late it is: England's working days.

A working day is a Monday to Friday that is neither a bank holiday in England nor a day the council is closed. Day 1 is
the first day after the start, so a return made on a Friday with one working day is due on the Monday.

Source: the seed, "identified tasks to be completed within 10 days"; bank holidays from the `holidays` package (Banking
and Financial Dealings Act 1971 and royal proclamations, 8 May 2023 and 19 September 2022 among them). Nobody knows the
holidays yet to be proclaimed: a deadline is kept with the thing it belongs to and not worked out again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cache
from typing import Literal

from holidays import country_holidays

from goldenthread.method.refusal import Refused

FIRST, LAST = date(2007, 1, 1), date(2040, 12, 31)  # the days this module answers for
NONE_CLOSED: frozenset[date] = frozenset()

Kind = Literal["working", "calendar"]


def due_date(start: date, days: int, kind: Kind = "working", closed_days: frozenset[date] = NONE_CLOSED) -> date:
    """The day that is `days` days after `start`: working days, or calendar days whatever day they end on.

    `closed_days` are the council's own, beside weekends and bank holidays. With 0 working days it is `start` itself, or
    the next working day. Refused: fewer than 0 days, and a start or an end outside 2007 to 2040.

    >>> due_date(date(2026, 12, 18), 10)
    datetime.date(2027, 1, 6)
    >>> due_date(date(2026, 12, 18), 10, "calendar")
    datetime.date(2026, 12, 28)
    """
    if days < 0:
        raise Refused(f"A deadline of {days} days would lie before its start; give 0 days or more.")
    _known(start)
    if kind == "calendar":
        if days > (LAST - start).days:
            raise _beyond(start, days)
        return start + timedelta(days=days)
    working = _working_days(closed_days)
    place = bisect_right(working, start) + days - 1 if days else bisect_left(working, start)
    if place >= len(working):
        raise _beyond(start, days)
    return working[place]


def is_working_day(day: date, closed_days: frozenset[date] = NONE_CLOSED) -> bool:
    """Whether the council works on a day.

    >>> is_working_day(date(2023, 5, 8))  # the Coronation
    False
    """
    return _known(day).weekday() < 5 and day not in bank_holidays() and day not in closed_days


def working_days_between(start: date, end: date, closed_days: frozenset[date] = NONE_CLOSED) -> int:
    """How many working days lie after `start`, up to and with `end`; below 0 when `end` lies before `start`.

    >>> working_days_between(date(2026, 12, 18), date(2027, 1, 6))
    10
    """
    working = _working_days(closed_days)
    return bisect_right(working, _known(end)) - bisect_right(working, _known(start))


def days_until(due_on: date, today: date) -> int:
    """Calendar days until something is due: 0 on the day, below 0 afterwards.

    >>> days_until(date(2027, 1, 6), date(2027, 1, 1))
    5
    """
    return (due_on - today).days


def late_by(due_on: date, today: date) -> int:
    """Calendar days by which something is late; 0 up to and on the day it is due.

    >>> late_by(date(2027, 1, 6), date(2027, 1, 8)), late_by(date(2027, 1, 6), date(2027, 1, 6))
    (2, 0)
    """
    return max(0, -days_until(due_on, today))


@cache
def bank_holidays() -> frozenset[date]:
    """England's bank holidays from 2007 to 2040, with the days given in place of those at a weekend."""
    return frozenset(named_holidays())


@cache
def named_holidays() -> dict[date, str]:
    """The same with the name of each: "Good Friday"."""
    return dict(country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 1)))


@cache
def _working_days(closed_days: frozenset[date]) -> list[date]:
    """Every working day in order, so that a deadline is one look-up and not a walk through the calendar."""
    shut = bank_holidays() | closed_days
    days = (FIRST + timedelta(days=ahead) for ahead in range((LAST - FIRST).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in shut]


def _known(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise Refused(f"{day} is outside the years whose bank holidays are known here, {FIRST.year} to {LAST.year}.")
    return day


def _beyond(start: date, days: int) -> Refused:
    return Refused(f"Counting {days} from {start} goes past {LAST}, the last day whose bank holidays are known here.")
