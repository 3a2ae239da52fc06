"""Months, quarters, half years and years as the council counts them: from the month its year begins in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Every = Literal["month", "quarter", "half_year", "year"]

MONTHS_IN = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """So many whole days, the first and the last included."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def label(self) -> str:
        """As "June 2026" for a month, "July to September 2026" for more of them.

        >>> Period(date(2026, 12, 1), date(2027, 2, 28)).label
        'December 2026 to February 2027'
        """
        first, last = self.starts_on, self.ends_on
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B %Y}"
        return f"{first:%B}{'' if first.year == last.year else f' {first.year}'} to {last:%B %Y}"

    @property
    def key(self) -> str:
        """As an address says it.

        >>> Period(date(2026, 7, 1), date(2026, 9, 30)).key
        '2026-07-01.2026-09-30'
        """
        return f"{self.starts_on.isoformat()}.{self.ends_on.isoformat()}"

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def within(self, other: Period) -> Period | None:
        """The days that both have; None where there are none.

        >>> june = Period(date(2026, 6, 1), date(2026, 6, 30))
        >>> june.within(Period(date(2026, 6, 21), date(2026, 9, 1))).days
        10
        """
        first, last = max(self.starts_on, other.starts_on), min(self.ends_on, other.ends_on)
        return Period(first, last) if first <= last else None


def period_of(day: date, every: Every, year_starts_month: int) -> Period:
    """The month, quarter … in which a day lies, for a year that begins in this month (1 to 12).

    >>> period_of(date(2026, 2, 14), "quarter", 4).label
    'January to March 2026'
    """
    months = MONTHS_IN[every]
    since_start = (day.month - year_starts_month) % 12
    first = _months_on(day.replace(day=1), -(since_start % months))
    return Period(first, _months_on(first, months) - timedelta(days=1))


def periods(every: Every, first: date, last: date, year_starts_month: int) -> Iterator[Period]:
    """Every period of which a day lies between these two, whole even where the span begins or ends within it.

    >>> [period.label for period in periods("month", date(2026, 4, 20), date(2026, 6, 1), 4)]
    ['April 2026', 'May 2026', 'June 2026']
    """
    period = period_of(first, every, year_starts_month)
    while period.starts_on <= last:
        yield period
        period = period_of(period.ends_on + timedelta(days=1), every, year_starts_month)


def _months_on(first: date, months: int) -> date:
    """The first of the month so many months later, or earlier."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
