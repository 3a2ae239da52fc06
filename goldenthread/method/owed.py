"""What each holder of a post owes in a month, quarter or half year, and how her account of it stands.

A quota says "4 records a month" of each person in a post. Here that is spread over the days she holds it: so many days
of the period, so large a share of a week, less the working days she is away. That gives fractions. They are rounded
per *seat of a post*, the post in one team, so that whoever comes and goes the seat gives what the framework says: its
exact dues are added up from the start of the year and each period's whole number is the step of the rounded sum, so
0.6 × 4 a month is 29 in a year and not 24. A period's whole number is shared among the seat's holders: each her exact
dues rounded down, and what is left to those whom rounding has cost most so far (largest remainder, as in quotas.py).

A record is due on the last working day of its period. What was allotted as a month's record is that month's, whenever
it comes; any other audit counts for the period of the day it was submitted on. What that period has no need of counts
for the oldest period that is still short, and is late; beyond that it is surplus, which is not carried over. (Were the
oldest always first, whoever does 3 of 4 each month would seem to have done nothing lately after a year of it.)

Source: the seed's table "Position | Number of case records / files", and "submissions is sporadic".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import floor
from typing import Literal

from goldenthread.method.deadlines import is_working_day, working_days_between
from goldenthread.method.framework.planning import Quota
from goldenthread.method.periods import Period, periods

WORDS_OF = {"month": "a month", "quarter": "a quarter", "half_year": "a half year", "year": "a year"}
NOTHING, WHOLE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Holding:
    """A post held by a person, in a team or in none, from one day to another; a `share` of a week, 1 for full time."""

    person: int
    post: str
    team: int | None
    held: Period
    share: Fraction = WHOLE
    away: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Stint:
    """The days of one period on which a post is held, and how many of their working days its holder is away."""

    held: Period
    of: Period
    share: Fraction
    working: int
    away: int

    @property
    def whole(self) -> bool:
        """All of the period, at full time, without a day away."""
        return self.held == self.of and self.share == WHOLE and not self.away

    def exact(self, records: int) -> Fraction:
        """Records owed for these days, before rounding.

        >>> june = Period(date(2026, 6, 1), date(2026, 6, 30))
        >>> Stint(Period(date(2026, 6, 16), date(2026, 6, 30)), june, Fraction(1), 11, 0).exact(4)
        Fraction(2, 1)
        """
        there = Fraction(self.working - self.away, self.working) if self.away else WHOLE
        return records * Fraction(self.held.days, self.of.days) * self.share * there


@dataclass(frozen=True, slots=True)
class Due:
    """What one person owes for one post in one period: `records`, rounded from `exact`; `stints` say what it is for."""

    person: int
    post: str
    period: Period
    quota: Quota
    records: int
    exact: Fraction
    stints: tuple[Stint, ...]

    @property
    def due_on(self) -> date:
        return last_working_day(self.period)

    @property
    def why(self) -> str:
        """The number in words, such as "4 a month, from 12 June (19 of 30 days): 2.53, so 3"."""
        said = f"{self.quota.records} {WORDS_OF[self.quota.every]}"
        pieces = [words for stint in self.stints if (words := _words(stint))]
        if not pieces:
            return said if len(self.stints) == 1 else f"{said}, in each of {len(self.stints)} posts"
        return f"{said}, {'; '.join(pieces)}: {_figure(self.exact)}, so {self.records}"


@cache
def last_working_day(period: Period) -> date:
    """The day on which a period's records are due.

    >>> last_working_day(Period(date(2026, 5, 1), date(2026, 5, 31)))
    datetime.date(2026, 5, 29)
    """
    day = period.ends_on
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def dues(quota: Quota, holdings: Iterable[Holding], year: Period, year_starts_month: int) -> list[Due]:
    """What the holders of the quota's post owe in each period of a year, in the order of the periods.

    `year` is an audit year, the span over which rounding evens out; `year_starts_month` (1 to 12) is the month it
    begins in. A holder appears in every period of which she holds the post for a day, even where she owes 0.

    >>> every_month = Quota("team_manager", 4, "month")
    >>> year = Period(date(2026, 4, 1), date(2027, 3, 31))
    >>> part_time = Holding(7, "team_manager", 2, year, Fraction(3, 5))
    >>> [due.records for due in dues(every_month, [part_time], year, 4)]
    [2, 3, 2, 3, 2, 2, 3, 2, 3, 2, 2, 3]
    """
    seats: dict[int | None, list[Holding]] = defaultdict(list)
    for holding in holdings:
        if holding.post == quota.post and holding.held.within(year):
            seats[holding.team].append(holding)
    whole = list(periods(quota.every, year.starts_on, year.ends_on, year_starts_month))
    return _joined(due for held in seats.values() for due in _of_a_seat(quota, held, whole))


def _of_a_seat(quota: Quota, holdings: Sequence[Holding], whole: Sequence[Period]) -> Iterable[Due]:
    """One seat's dues. `cost` is what rounding has taken from each holder so far, below 0 where it has given."""
    before, cost = NOTHING, defaultdict[int, Fraction](Fraction)
    for period in whole:
        stints: dict[int, list[Stint]] = defaultdict(list)
        for holding in holdings:
            if held := holding.held.within(period):
                stints[holding.person].append(_stint(holding, held, period))
        if all(one.whole for each in stints.values() for one in each):  # as nearly all are: nothing to round
            for person, each in stints.items():
                records = quota.records * len(each)
                yield Due(person, quota.post, period, quota, records, Fraction(records), tuple(each))
            continue
        exact = {person: sum((one.exact(quota.records) for one in each), NOTHING) for person, each in stints.items()}
        after = before + sum(exact.values())
        shares = _shared(exact, _rounded(after) - _rounded(before), cost)
        before = after
        for person, each in stints.items():
            cost[person] += exact[person] - shares[person]
            yield Due(person, quota.post, period, quota, shares[person], exact[person], tuple(each))


def _shared(exact: Mapping[int, Fraction], number: int, cost: Mapping[int, Fraction]) -> dict[int, int]:
    """A period's whole number among a seat's holders: each gets her exact dues rounded down, or one more."""
    shares = {person: floor(owed) for person, owed in exact.items()}
    broken = [person for person in exact if exact[person].denominator != 1]
    first = sorted(broken, key=lambda person: (shares[person] - exact[person] - cost[person], person))
    for person in first[: number - sum(shares.values())]:
        shares[person] += 1
    return shares


def _rounded(exact: Fraction) -> int:
    """To the nearest whole number; a half is rounded up."""
    return floor(exact + Fraction(1, 2))


def _stint(holding: Holding, held: Period, period: Period) -> Stint:
    if not any(each.within(held) for each in holding.away):
        return Stint(held, period, holding.share, 0, 0)
    days = {day for each in holding.away if (both := each.within(held)) for day in _days(both)}
    working = working_days_between(held.starts_on - timedelta(days=1), held.ends_on)
    return Stint(held, period, holding.share, working, sum(1 for day in days if is_working_day(day)))


def _days(period: Period) -> Iterable[date]:
    return (period.starts_on + timedelta(days=ahead) for ahead in range(period.days))


def _joined(found: Iterable[Due]) -> list[Due]:
    """One line a person and period: who holds the post in two teams owes both."""
    lines: dict[tuple[int, Period], Due] = {}
    for due in found:
        one = lines.get((due.person, due.period))
        lines[due.person, due.period] = due if one is None else replace(
            one, records=one.records + due.records, exact=one.exact + due.exact, stints=one.stints + due.stints
        )  # fmt: skip
    return sorted(lines.values(), key=lambda due: due.period.starts_on)


def _words(stint: Stint) -> str:
    """What makes a stint less than the whole period at full time; "" where nothing does."""
    held, period = stint.held, stint.of
    since = f"from {_day(held.starts_on)}" if held.starts_on > period.starts_on else ""
    until = f"until {_day(held.ends_on)}" if held.ends_on < period.ends_on else ""
    span = f"{' '.join(filter(None, (since, until)))} ({held.days} of {period.days} days)" if since or until else ""
    week = f"{_figure(stint.share * 100)}% of a week" if stint.share != WHOLE else ""
    away = f"away {stint.away} of {stint.working} working days" if stint.away else ""
    return ", ".join(filter(None, (span, week, away)))


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _figure(number: Fraction) -> str:
    """Two places, without noughts that say nothing.

    >>> _figure(Fraction(12, 5)), _figure(Fraction(60))
    ('2.4', '60')
    """
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


# --- how it stands --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Excused:
    """Records of one post and period that need not be submitted ("exemption"), or only by another day ("extension")."""

    post: str
    period_starts_on: date
    kind: Literal["extension", "exemption"]
    records: int
    until_on: date | None = None


@dataclass(slots=True, eq=False)
class Account:
    """How one line stands: what is owed, what is exempt, the day each other record is due, the days they came in.

    `days` has the day each record asked for is due, the earliest first; `met` the days the first of them were
    submitted on; `surplus` how many were submitted in the period beyond all that was owed by then.
    """

    due: Due
    exempt: int
    days: tuple[date, ...]
    met: list[date] = field(default_factory=list)
    surplus: int = 0

    @property
    def owed(self) -> int:
        return self.due.records

    @property
    def asked(self) -> int:
        """Owed and not exempt."""
        return len(self.days)

    @property
    def submitted(self) -> int:
        return len(self.met)

    @property
    def late(self) -> int:
        """Submitted after the day it was due."""
        return sum(1 for due_on, day in zip(self.days, self.met, strict=False) if day > due_on)

    @property
    def to_do(self) -> tuple[date, ...]:
        """The day on which each record that is still to be submitted is due."""
        return self.days[len(self.met) :]

    @property
    def extended(self) -> int:
        """Still to do, and due on a later day than the others were."""
        return sum(1 for day in self.to_do if day > self.due.due_on)

    def overdue(self, today: date) -> int:
        """Not submitted, and due before today."""
        return sum(1 for day in self.to_do if day < today)

    def behind(self, today: date) -> bool:
        """Whether a record came late, or has not come and is late."""
        return bool(self.late or self.overdue(today))


@dataclass(frozen=True, slots=True, order=True)
class Submission:
    """An audit that somebody submitted on a day; `meant_for`, the day by which it was due as a month's record."""

    on: date
    meant_for: date | None = None


def accounts(owed: Iterable[Due], excused: Sequence[Excused], came: Iterable[Submission]) -> list[Account]:
    """How one person's lines stand, the oldest first, given what she was excused and what she submitted.

    Within a period a submission fills the record that is due first. An exemption never takes a line below 0.

    >>> june, july = (Period(date(2026, month, 1), date(2026, month, 30)) for month in (6, 7))
    >>> quota = Quota("team_manager", 1, "month")
    >>> lines = [Due(7, "team_manager", each, quota, 1, Fraction(1), ()) for each in (june, july)]
    >>> came = [Submission(date(2026, 7, 2)), Submission(date(2026, 7, 3))]
    >>> [(line.submitted, line.late) for line in accounts(lines, [], came)]
    [(1, 1), (1, 0)]
    """
    lines = sorted((_account(due, excused) for due in owed), key=lambda line: line.due.period.ends_on)
    short = [line for line in lines if line.days]
    for one in sorted(came, key=lambda one: one.on):
        if line := _filled_by(one, short):
            line.met.append(one.on)
            if len(line.met) == len(line.days):
                short.remove(line)
        elif now := next((line for line in lines if one.on in line.due.period), None):
            now.surplus += 1
    return lines


def _filled_by(one: Submission, short: Sequence[Account]) -> Account | None:
    """Which of the lines that are short it counts for: its month's, else that of its day, else the oldest."""
    for day in (one.meant_for or one.on, one.on):
        if line := next((line for line in short if day in line.due.period), None):
            return line
    return next((line for line in short if line.due.period.ends_on < one.on), None)


def _account(due: Due, excused: Sequence[Excused]) -> Account:
    hers = [each for each in excused if (each.post, each.period_starts_on) == (due.post, due.period.starts_on)]
    exempt = min(due.records, sum(each.records for each in hers if each.kind == "exemption"))
    later = sorted(each.until_on for each in hers for _ in range(each.records) if each.until_on)
    later = later[: due.records - exempt]
    return Account(due, exempt, (due.due_on,) * (due.records - exempt - len(later)) + tuple(later))


# --- reminding ------------------------------------------------------------------------------------------


def reminded(due_on: date, today: date, *, before: int, after: int, told_on: date | None = None) -> bool:
    """Whether a holder is reminded today: `before` working days ahead, then every `after` working days (0: never).

    `told_on`: the last day on which anybody was reminded, where days were missed since: what fell on them is due today.

    >>> reminded(date(2026, 7, 31), date(2026, 7, 24), before=5, after=5)
    True
    >>> [day for day in range(1, 20) if reminded(date(2026, 7, 31), date(2026, 8, day), before=5, after=5)]
    [7, 14]
    >>> reminded(date(2026, 7, 31), date(2026, 8, 10), before=5, after=5, told_on=date(2026, 8, 6))
    True
    """
    return any(_reminded(due_on, day, before, after) for day in _unsaid(told_on, today))


def _reminded(due_on: date, day: date, before: int, after: int) -> bool:
    ahead = working_days_between(day, due_on)
    return bool(before and ahead == before) or bool(after and ahead < 0 and -ahead % after == 0)


def _unsaid(told_on: date | None, today: date) -> list[date]:
    """Today, and the working days missed before it; none where nobody works today."""
    if not is_working_day(today):
        return []
    missed = range(1, (today - told_on).days) if told_on else ()
    return [today, *(day for back in missed if is_working_day(day := today - timedelta(days=back)))]


def escalated(due_on: date, today: date, *, first: int, again: int, told_on: date | None = None) -> bool:
    """Whether a holder's manager is told today: `first` working days late (0: never), then with each reminder.

    `told_on` as for `reminded`.

    >>> [day for day in range(1, 32) if escalated(date(2026, 7, 31), date(2026, 8, day), first=10, again=5)]
    [14, 21, 28]
    """
    return bool(first) and any(_escalated(due_on, day, first, again) for day in _unsaid(told_on, today))


def _escalated(due_on: date, day: date, first: int, again: int) -> bool:
    beyond = working_days_between(due_on, day) - first
    return beyond == 0 or bool(again and beyond > 0 and beyond % again == 0)
