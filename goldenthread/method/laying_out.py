"""A year's session days: every so many weeks from a first day, moved round the days on which nobody can meet.

A day that cannot be is moved to the nearest working day of its own week, the later of two alike; where that week has
none, to the nearest week in which the group does not meet anyway, and there to the weekday nearest its own; but never
as far as the next place of its rhythm: what finds no day so near is left out, and said. A day moved is not put where
another group meets while any other day is left. Days already arranged stay, and each fills the place of the rhythm
nearest to it, so that laying out again adds only what is missing.

Source: the seed, "3 specific Auditing Groups are established which meet together for one full day every 6 weeks".
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from goldenthread.method.deadlines import FIRST, LAST, is_working_day, named_holidays
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused

FRIDAY = 4
SPREAD = (1, 2, 3)  # Tuesday to Thursday: most bank holidays are Mondays and Fridays


Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Shut:
    """Days on which no session is held, and why: a blackout of the year, or days the council is closed."""

    days: Period
    why: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One place of the rhythm. `held_on` is None where no day was left for it; `why` says what stood on `planned_on`.

    `there`: a session of the group stands there already.
    """

    planned_on: date
    held_on: date | None
    why: str = ""
    there: bool = False

    @property
    def moved(self) -> bool:
        return self.held_on != self.planned_on


class CannotLayOut(Refused):
    """Why one group's year cannot be laid out."""

    def __init__(self, group: Hashable, *sentences: str) -> None:
        self.group = group
        super().__init__(*sentences)


def lay_out(
    firsts: Mapping[Group, date],
    year: Period,
    every_weeks: int,
    *,
    shut: Sequence[Shut] = (),
    there: Mapping[Group, Collection[date]],
) -> dict[Group, tuple[Planned, ...]]:
    """The year of several groups, each from its own first day; `there`: the days on which each group meets already.

    Raises `CannotLayOut`, as `session_days` refuses the first group that cannot be laid out.
    """
    busy = {group: set(days) for group, days in there.items()}
    for group, first_on in firsts.items():
        busy[group] = busy.get(group, set()) | set(rhythm(first_on, year.ends_on, every_weeks))
    laid: dict[Group, tuple[Planned, ...]] = {}
    for group, first_on in firsts.items():
        others = set().union(*(days for other, days in busy.items() if other != group))
        mine = there.get(group, ())
        try:
            laid[group] = session_days(first_on, year, every_weeks, shut=shut, others=others, there=mine)
        except Refused as refusal:
            raise CannotLayOut(group, *refusal.sentences) from None
        busy[group] |= {each.held_on for each in laid[group] if each.held_on}
    return laid


def session_days(
    first_on: date,
    year: Period,
    every_weeks: int,
    *,
    shut: Sequence[Shut] = (),
    others: Collection[date] = (),
    there: Collection[date] = (),
) -> tuple[Planned, ...]:
    """Every place of one group's rhythm in the year, with the day it is held on.

    `others`: days on which other groups meet; `there`: days on which this group meets already. Refused: a first day
    outside the year or at a weekend, a rhythm of less than a week, and a year in which no day at all is left.

    >>> year = Period(date(2026, 4, 1), date(2027, 3, 31))
    >>> [f"{each.held_on:%-d %b}" for each in session_days(date(2026, 4, 7), year, 6)]
    ['7 Apr', '19 May', '30 Jun', '11 Aug', '22 Sep', '3 Nov', '15 Dec', '26 Jan', '9 Mar']
    >>> august = Shut(Period(date(2026, 8, 1), date(2026, 8, 31)), "August")
    >>> moved, *_ = [each for each in session_days(date(2026, 4, 7), year, 6, shut=[august]) if each.moved]
    >>> f"{moved.planned_on:%-d %b} to {moved.held_on:%-d %b}: {moved.why}"
    '11 Aug to 28 Jul: August'
    """
    _refuse_unless_possible(first_on, year, every_weeks)
    places = tuple(rhythm(first_on, year.ends_on, every_weeks))
    filled = _filled(places, there, every_weeks)
    around = _Around(
        year, shut, frozenset(others), set(there) | set(places), {_week(day) for day in (*places, *there)},
        every_weeks,
    )  # fmt: skip
    laid = tuple(_laid(place, filled.get(place), around) for place in places)
    if not any(each.held_on for each in laid):
        raise Refused(f"No day is left between {_said(first_on)} and {_said(year.ends_on)}: {_reasons(laid)}.")
    return laid


def rhythm(first_on: date, last: date, every_weeks: int) -> Iterator[date]:
    """The days of the rhythm itself, whatever stands on them.

    >>> [f"{day:%-d %b}" for day in rhythm(date(2026, 4, 7), date(2026, 7, 1), 6)]
    ['7 Apr', '19 May', '30 Jun']
    """
    day = first_on
    while every_weeks > 0 and day <= last:
        yield day
        day += timedelta(weeks=every_weeks)


def first_weekday(day: date, weekday: int) -> date:
    """The first such weekday (0: Monday) on this day or after it.

    >>> first_weekday(date(2026, 4, 1), 1)
    datetime.date(2026, 4, 7)
    """
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def first_days(start: date, groups: int, every_weeks: int) -> list[date]:
    """A first day to offer each group: one a week, on another weekday each, so that none meets on another's day.

    >>> [f"{day:%a %-d %b}" for day in first_days(date(2026, 4, 1), 3, 6)]
    ['Tue 7 Apr', 'Wed 8 Apr', 'Thu 16 Apr']
    """
    return [
        first_weekday(start + timedelta(weeks=number % every_weeks), SPREAD[number % len(SPREAD)])
        for number in range(groups)
    ]


def months_of(year: Period) -> int:
    """Calendar months in which a day of the year lies.

    >>> months_of(Period(date(2026, 9, 1), date(2027, 3, 31)))
    7
    """
    first, last = year.starts_on, year.ends_on
    return (last.year - first.year) * 12 + last.month - first.month + 1


def share_of_months(files: int, months: int, of: int = 12) -> int:
    """The files of so many months where `of` months have `files`, to the nearest file, a half upwards.

    >>> share_of_months(120, 7), share_of_months(1, 6)
    (70, 1)
    """
    return (2 * files * months + of) // (2 * of)


def share_in_words(files: int, months: int, of: int = 12) -> str:
    """The sum behind the share, to be read beside it.

    >>> share_in_words(120, 7)
    '7 of 12 months: 70 of 120'
    """
    return f"{months} of {of} months: {share_of_months(files, months, of):,} of {files:,}"


def usual_shut(year: Period) -> list[Shut]:
    """What most councils keep free of a year, as far as it lies in it: August, and the weeks of Christmas and New Year.

    >>> [f"{each.why}, {each.days.starts_on:%-d %b} to {each.days.ends_on:%-d %b}"
    ...     for each in usual_shut(Period(date(2026, 4, 1), date(2027, 3, 31)))]
    ['August, 1 Aug to 31 Aug', 'Christmas and New Year, 21 Dec to 1 Jan']
    """
    found = []
    for number in range(year.starts_on.year, year.ends_on.year + 1):
        monday = _week(date(number, 12, 25))
        found.append(Shut(Period(date(number, 8, 1), date(number, 8, 31)), "August"))
        found.append(
            Shut(Period(monday, max(monday + timedelta(days=11), date(number + 1, 1, 1))), "Christmas and New Year")
        )
    return [Shut(days, each.why) for each in found if (days := each.days.within(year))]


@dataclass(frozen=True, slots=True)
class _Around:
    """What a day has to keep clear of. `taken`: this group's own days; `weeks`: those in which it meets anyway."""

    year: Period
    shut: Sequence[Shut]
    others: frozenset[date]
    taken: set[date]
    weeks: set[date]
    every_weeks: int

    def why_not(self, day: date) -> str:
        """What stands on a day of the week, as words; nothing where a session can be held."""
        if name := named_holidays().get(day):
            return name
        return next((each.why for each in self.shut if day in each.days), "")

    def open_in(self, week: date, around: int, *, shared: bool) -> Iterator[date]:
        """The days of this week that are free, the nearest to the weekday first and the later of two alike."""
        for weekday in sorted(range(FRIDAY + 1), key=lambda each: (abs(each - around), -each)):
            day = week + timedelta(days=weekday)
            free = day in self.year and is_working_day(day) and day not in self.taken and not self.why_not(day)
            if free and (shared or day not in self.others):
                yield day


def _laid(place: date, there: date | None, around: _Around) -> Planned:
    if there:
        return Planned(place, there, "" if there == place else around.why_not(place), there=True)
    why = around.why_not(place)
    if not why:
        return Planned(place, place)
    held_on = _nearest(place, around)
    if held_on:
        around.taken.add(held_on)
        around.weeks.add(_week(held_on))
    return Planned(place, held_on, why)


def _nearest(place: date, around: _Around) -> date | None:
    home = _week(place)
    away = (home + timedelta(weeks=ahead) for far in range(1, around.every_weeks) for ahead in (far, -far))
    weeks = [home, *(week for week in away if week not in around.weeks)]
    for shared in (False, True):
        for week in weeks:
            if FIRST <= week <= LAST - timedelta(days=FRIDAY):
                found = next(around.open_in(week, place.weekday(), shared=shared), None)
                if found:
                    return found
    return None


def _filled(places: Sequence[date], there: Collection[date], every_weeks: int) -> dict[date, date]:
    """Place of the rhythm → the session that stands for it: the nearest pairs first, none a rhythm apart."""
    pairs = sorted((abs((day - place).days), place, day) for place in places for day in set(there))
    filled: dict[date, date] = {}
    for far, place, day in pairs:
        if place not in filled and day not in filled.values() and far < 7 * every_weeks:
            filled[place] = day
    return filled


def _refuse_unless_possible(first_on: date, year: Period, every_weeks: int) -> None:
    if every_weeks < 1:
        raise Refused(f"A group cannot meet every {every_weeks} weeks; give 1 or more.")
    if first_on not in year:
        span = f"{_said(year.starts_on)} to {_said(year.ends_on)}"
        raise Refused(f"The first day, {_said(first_on)}, is outside the year, which runs from {span}.")
    if first_on.weekday() > FRIDAY:
        raise Refused(f"The first day, {_said(first_on)}, is a {first_on:%A}; give a day from Monday to Friday.")


def _reasons(laid: Sequence[Planned]) -> str:
    return ", ".join(dict.fromkeys(each.why for each in laid))


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _said(day: date) -> str:
    return f"{day:%-d %B %Y}"
