"""Reading a year of sessions as a calendar: by month and week, and by group, with what stands in their way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from goldenthread.method.deadlines import FIRST, LAST, named_holidays
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period, period_of, periods
from goldenthread.people.models import Person
from goldenthread.plan.models import Blackout, Group, Seat, Session
from goldenthread.plan.queries.sessions import sessions_visible_to
from goldenthread.plan.queries.years import SITTING, blackouts_between, seats_in_all

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CalendarOf:
    """What a calendar is narrowed to."""

    group: Group | None = None
    mine: bool = False
    by_group: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One session in a calendar; `seated` of `seats` are taken."""

    session: Session
    seated: int
    seats: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month; `why` it is kept free of sessions, if it is."""

    on: date
    entries: Sequence[Entry]
    holiday: str
    blackout: str


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks of a month, Monday first; None stands where a week belongs to another month."""

    days: Period
    weeks: Sequence[Sequence[Day | None]]
    blackouts: Sequence[Blackout]
    sessions: int


@dataclass(frozen=True, slots=True)
class Line:
    """One group's sessions, month by month."""

    group: Group
    months: Sequence[Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Twelve months of sessions. `weekends`: whether a session is held on one, so that they have to be shown."""

    days: Period
    months: Sequence[Month]
    lines: Sequence[Line]
    weekends: bool
    count: int


def year_shown(asked: str, today: date, starts_month: int) -> Period:
    """The council's year that begins in the calendar year asked for; where that makes no sense, the one that is on."""
    if len(asked) == 4 and asked.isascii() and asked.isdigit() and FIRST.year <= int(asked) < LAST.year:
        return period_of(date(int(asked), starts_month, 1), "year", starts_month)
    return period_of(today, "year", starts_month)


def calendar_of(
    person: Person, days: Period, framework: Framework, groups: Sequence[Group], narrowed: CalendarOf
) -> Calendar:
    """The sessions that she may see, as a calendar. Two statements, however many there are."""
    shown = [narrowed.group] if narrowed.group else list(groups)
    seats = {group.pk: seats_in_all(group, framework) for group in groups}
    entries = [
        Entry(each, each.seated, seats.get(each.group_id, 0)) for each in _sessions(person, days, shown, narrowed.mine)
    ]
    blackouts = list(blackouts_between(person.authority_id, days.starts_on, days.ends_on))
    months = list(periods("month", days.starts_on, days.ends_on, framework.year_starts_month))
    weekends = any(entry.session.held_on.weekday() >= SATURDAY for entry in entries)
    return Calendar(
        days=days,
        months=[_month(month, entries, blackouts, weekends) for month in months],
        lines=[Line(group, _by_month(months, group, entries)) for group in shown],
        weekends=weekends,
        count=len(entries),
    )


def _sessions(person: Person, days: Period, groups: Sequence[Group], mine: bool) -> Iterator[Any]:
    found = sessions_visible_to(person).filter(held_on__gte=days.starts_on, held_on__lte=days.ends_on, group__in=groups)
    if mine:
        found = found.filter(pk__in=Seat.objects.filter(person=person).values("session"))
    sitting = Count("seats", filter=Q(seats__standing__in=SITTING))
    yield from found.annotate(seated=sitting).order_by("held_on", "group__name", "pk")


def _month(month: Period, entries: Sequence[Entry], blackouts: Sequence[Blackout], weekends: bool) -> Month:
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.session.held_on in month:
            by_day[entry.session.held_on].append(entry)
    shut = [each for each in blackouts if each.from_on <= month.ends_on and each.to_on >= month.starts_on]
    return Month(month, list(_weeks(month, by_day, shut, 7 if weekends else 5)), shut, sum(map(len, by_day.values())))


def _weeks(
    month: Period, by_day: Mapping[date, Sequence[Entry]], shut: Sequence[Blackout], width: int
) -> Iterator[list[Day | None]]:
    """The weeks that have a day in the month, of five days or of seven."""
    names = named_holidays()
    monday = month.starts_on - timedelta(days=month.starts_on.weekday())
    while monday <= month.ends_on:
        week = [monday + timedelta(days=ahead) for ahead in range(width)]
        if week[-1] >= month.starts_on:
            yield [
                Day(day, by_day.get(day, ()), names.get(day, ""), _why(day, shut)) if day in month else None
                for day in week
            ]
        monday += timedelta(days=7)


def _why(day: date, shut: Sequence[Blackout]) -> str:
    return next((each.why for each in shut if each.from_on <= day <= each.to_on), "")


def _by_month(months: Sequence[Period], group: Group, entries: Sequence[Entry]) -> list[list[Entry]]:
    hers = [entry for entry in entries if entry.session.group_id == group.pk]
    return [[entry for entry in hers if entry.session.held_on in month] for month in months]
