"""What a year's sessions can deliver against its target, quarter by quarter, and the sum it rests on in words.

A group's files are seats × files a day × sessions × attendance, divided by what a file of its theme takes. Half a file
is no file: each group's files in the year are counted down to whole ones; a quarter has the whole files finished by its
end, less those of the quarters before it; and all groups together are the sum of the groups. So every table adds up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from goldenthread.method.periods import Period, periods

ORDINARY = Fraction(1)


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """What one group plans: places at each session, and the days it meets.

    `effort`: what a file of its theme takes, where an ordinary one takes 1 and `files_a_day` of these make a day.
    """

    key: str
    name: str
    seats: int
    sessions: tuple[date, ...]
    effort: Fraction = ORDINARY


@dataclass(frozen=True, slots=True)
class Plan:
    """A year of sessions. `target`: files in these very days, so a part-year has its own. `days`: of one session.

    `absence`: of 100 seats, how many stay empty.
    """

    year: Period
    year_starts_month: int
    target: int
    files_a_day: int
    absence: int
    groups: tuple[GroupPlan, ...]
    days: int = 1

    def files_of(self, group: GroupPlan, sessions: int) -> int:
        """Whole files the group audits in so many sessions.

        >>> year = Period(date(2026, 4, 1), date(2027, 3, 31))
        >>> duty = GroupPlan("duty", "Frontline duty", 7, ())
        >>> Plan(year, 4, 300, 5, 10, (duty,)).files_of(duty, 9)
        283
        """
        return int(self.a_seat_day(group) * group.seats * sessions * self.days)

    def a_seat_day(self, group: GroupPlan) -> Fraction:
        """Files that one seat of the group delivers in one day, absence and effort counted."""
        return self.files_a_day * Fraction(100 - self.absence, 100) / group.effort


@dataclass(frozen=True, slots=True)
class Quarter:
    """The days of a quarter that lie in the year: its share of the target, and each group's files, by key."""

    period: Period
    target: int
    files_by_group: Mapping[str, int]

    @property
    def files(self) -> int:
        return sum(self.files_by_group.values())

    @property
    def short(self) -> int:
        """Files wanting to the target; below nought, files above it."""
        return self.target - self.files


@dataclass(frozen=True, slots=True)
class GroupFiles:
    """One group's files in the year, and the sum that gives them."""

    key: str
    name: str
    sessions: int
    files: int
    words: str


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a plan delivers in the year."""

    target: int
    quarters: tuple[Quarter, ...]
    groups: tuple[GroupFiles, ...]

    @property
    def files(self) -> int:
        return sum(group.files for group in self.groups)

    @property
    def short(self) -> int:
        return self.target - self.files

    @property
    def words(self) -> str:
        """As "about 283 of 300 files: 17 short".

        >>> Capacity(300, (), (GroupFiles("duty", "Frontline duty", 9, 283, ""),)).words
        'about 283 of 300 files: 17 short'
        """
        if self.short > 0:
            return f"about {self.files:,} of {self.target:,} files: {self.short:,} short"
        if self.short < 0:
            return f"about {self.files:,} files, {-self.short:,} more than the target of {self.target:,}"
        return f"about {self.files:,} files, which is the target"


def capacity(plan: Plan) -> Capacity:
    """What the plan delivers, by quarter and by group; sessions outside the year do not count.

    >>> year = Period(date(2026, 4, 1), date(2027, 3, 31))
    >>> days = tuple(date(2026, 4, 7) + timedelta(weeks=6 * turn) for turn in range(9))
    >>> made = capacity(Plan(year, 4, 300, 5, 10, (GroupPlan("duty", "Frontline duty", 7, days),)))
    >>> made.groups[0].words
    '7 seats × 5 files × 9 sessions × 90 % = 283'
    >>> [(quarter.files, quarter.target) for quarter in made.quarters]
    [(94, 75), (63, 75), (63, 76), (63, 74)]
    """
    spans = [span for whole in _quarters(plan) if (span := whole.within(plan.year))]
    shares = shares_by_days(plan.target, plan.year, spans)
    by_group = {group.key: _by_quarter(plan, group, spans) for group in plan.groups}
    quarters = tuple(
        Quarter(span, share, {key: files[place] for key, files in by_group.items()})
        for place, (span, share) in enumerate(zip(spans, shares, strict=True))
    )
    groups = tuple(
        GroupFiles(group.key, group.name, held, plan.files_of(group, held), sum_in_words(plan, group))
        for group in plan.groups
        for held in [held_by(group.sessions, plan.year, plan.year.ends_on)]
    )
    return Capacity(plan.target, quarters, groups)


def _quarters(plan: Plan) -> Iterable[Period]:
    return periods("quarter", plan.year.starts_on, plan.year.ends_on, plan.year_starts_month)


def shares_by_days(total: int, year: Period, spans: Sequence[Period]) -> list[int]:
    """A year's files shared among the spans that make it up, by their days, each to the nearest file; they add up.

    >>> year = Period(date(2026, 11, 16), date(2027, 3, 31))
    >>> autumn, winter = Period(year.starts_on, date(2026, 12, 31)), Period(date(2027, 1, 1), year.ends_on)
    >>> shares_by_days(50, year, [autumn, winter])
    [17, 33]
    """
    days_by_then = [(span.ends_on - year.starts_on).days + 1 for span in spans]
    by_then = [(2 * total * days + year.days) // (2 * year.days) for days in days_by_then]
    return [later - sooner for sooner, later in pairwise([0, *by_then])]


def _by_quarter(plan: Plan, group: GroupPlan, spans: Sequence[Period]) -> list[int]:
    by_then = [plan.files_of(group, held_by(group.sessions, plan.year, span.ends_on)) for span in spans]
    return [later - sooner for sooner, later in pairwise([0, *by_then])]


def held_by(sessions: Iterable[date], year: Period, day: date) -> int:
    """How many of these days lie in the year, and not after this day."""
    return sum(held in year and held <= day for held in sessions)


def sum_in_words(plan: Plan, group: GroupPlan) -> str:
    """The group's sum: "7 seats × 5 files × 9 sessions × 90 % = 283", with what a file takes where that is not 1."""
    held = held_by(group.sessions, plan.year, plan.year.ends_on)
    parts = [
        counted(group.seats, "seat"),
        counted(plan.files_a_day, "file"),
        counted(held, "session"),
        *([counted(plan.days, "day")] if plan.days != 1 else []),
        f"{100 - plan.absence} %",
    ]
    divided = "" if group.effort == ORDINARY else f" ÷ {float(group.effort):.2f} effort"
    return f"{' × '.join(parts)}{divided} = {plan.files_of(group, held):,}"


def with_sessions(group_sessions: Sequence[date], number: int, since: date, year: Period) -> tuple[date, ...]:
    """As many session days as `number` says: those before `since` stand, further ones are spread over the days left.

    Of those to come some are left out evenly where there are too many. Fewer than stand already: those that stand.

    >>> year = Period(date(2026, 4, 1), date(2027, 3, 31))
    >>> [f"{day:%-d %b}" for day in with_sessions([date(2026, 5, 12)], 3, date(2026, 10, 1), year)]
    ['12 May', '15 Nov', '13 Feb']
    """
    held = [day for day in group_sessions if day < since]
    to_come = [day for day in group_sessions if day >= since]
    wanted = max(number - len(held), 0)
    if wanted <= len(to_come):
        kept = [to_come[turn * len(to_come) // wanted] for turn in range(wanted)]
        return tuple(sorted(held + kept))
    further = wanted - len(to_come)
    first = max(since, year.starts_on)
    left = max((year.ends_on - first).days, 0)
    spread = [first + timedelta(days=left * (2 * turn + 1) // (2 * further)) for turn in range(further)]
    return tuple(sorted(held + to_come + spread))


def counted(number: int, noun: str) -> str:
    """A number with its noun, as "1 session", "1,200 files"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them.

    >>> listed(["early help", "care leavers", "open assessments"])
    'early help, care leavers and open assessments'
    """
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
