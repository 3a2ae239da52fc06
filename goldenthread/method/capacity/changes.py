"""The one change to a plan that closes its gap for the fewest days of anybody's auditing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Literal

from goldenthread.method.capacity.files import GroupPlan, Plan, capacity, counted, held_by

MOST_PEOPLE_MORE = 2  # times as many as sit there now: beyond that it is another plan, not a change to this one
NOUNS = {
    "sessions": ("session of {}", "sessions of {}"),
    "seats": ("person at each session of {} to come", "people at each session of {} to come"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """So many more sessions of one group, or so many more people at each of its sessions still to come.

    `auditor_days`: what it asks for beyond the plan: one person's whole day each.
    """

    what: Literal["sessions", "seats"]
    group: GroupPlan
    number: int
    auditor_days: int

    @property
    def words(self) -> str:
        """As "One more session of Frontline duty would close the gap."

        >>> Change("seats", GroupPlan("duty", "Frontline duty", 7, ()), 2, 18).words
        '2 more people at each session of Frontline duty to come would close the gap.'
        """
        number = "One" if self.number == 1 else str(self.number)
        return f"{number} more {NOUNS[self.what][self.number != 1].format(self.group.name)} would close the gap."


def cheapest_change(plan: Plan, since: date) -> Change | None:
    """The change from `since` on that reaches the target with the fewest auditor-days, then the smallest number.

    None where nothing is short, and where no one change would do: more sessions than there are weeks left, or more than
    `MOST_PEOPLE_MORE` times the people.

    >>> from goldenthread.method.periods import Period
    >>> days = tuple(date(2026, 4 + month, 14) for month in range(9))
    >>> duty = GroupPlan("duty", "Frontline duty", 7, days)
    >>> plan = Plan(Period(date(2026, 4, 1), date(2027, 3, 31)), 4, 300, 5, 10, (duty,))
    >>> cheapest_change(plan, date(2026, 3, 1)).words
    'One more session of Frontline duty would close the gap.'
    """
    short = capacity(plan).short
    if short <= 0:
        return None
    found = [change for group in plan.groups for change in _changes(plan, group, short, since)]
    return min(found, key=lambda change: (change.auditor_days, change.number), default=None)


def days_wanting(plan: Plan) -> int | None:
    """Auditor-days that would close the gap where a file takes least; None where no day of anybody's gives a file.

    >>> from goldenthread.method.periods import Period
    >>> days_wanting(Plan(Period(date(2026, 4, 1), date(2027, 3, 31)), 4, 90, 5, 10, (GroupPlan("d", "Duty", 7, ()),)))
    20
    """
    best = max((plan.a_seat_day(group) for group in plan.groups), default=Fraction(0))
    return ceil(max(capacity(plan).short, 0) / best) if best else None


def _changes(plan: Plan, group: GroupPlan, short: int, since: date) -> Iterator[Change]:
    """Each way in which this group alone could close the gap, with the smallest number that does."""
    a_day = plan.a_seat_day(group) * plan.days
    held = held_by(group.sessions, plan.year, plan.year.ends_on)
    needed = plan.files_of(group, held) + short
    to_come = sum(day in plan.year and day >= since for day in group.sessions)
    if a_day and group.seats:
        number = ceil(needed / (a_day * group.seats)) - held
        if number <= weeks_left(plan, since):
            yield Change("sessions", group, number, number * group.seats * plan.days)
    if a_day and to_come:
        number = ceil((needed / a_day - group.seats * held) / to_come)
        if number <= MOST_PEOPLE_MORE * group.seats:
            yield Change("seats", group, number, number * to_come * plan.days)


def weeks_left(plan: Plan, since: date) -> int:
    """Whole weeks from this day to the year's end."""
    return max((plan.year.ends_on - max(since, plan.year.starts_on)).days + 1, 0) // 7


def outcome(plan: Plan, since: date) -> str:
    """What the plan delivers and, where that is short, what would close the gap; to stand after "As planned, ".

    >>> from goldenthread.method.periods import Period
    >>> outcome(Plan(Period(date(2026, 4, 1), date(2027, 3, 31)), 4, 120, 5, 10, ()), date(2026, 4, 1))
    'about 0 of 120 files: 120 short. Nobody is there to audit them.'
    """
    made = capacity(plan)
    if made.short <= 0:
        return f"{made.words}."
    if change := cheapest_change(plan, since):
        return f"{made.words}. {change.words}"
    if wanting := days_wanting(plan):
        days = counted(wanting, "more day")
        return f"{made.words}. No one change closes the gap: it takes {days} of one auditor's work."
    return f"{made.words}. Nobody is there to audit them."
