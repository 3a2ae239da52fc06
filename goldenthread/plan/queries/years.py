"""Reading the year: which is open, what stands in it, and whether its sessions can meet its target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from goldenthread.framework.models import FrameworkVersion
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.framework import Framework
from goldenthread.method.laying_out import Planned, Shut, lay_out
from goldenthread.method.periods import Period, period_of, periods
from goldenthread.plan.models import Blackout, Group, Session, Year
from goldenthread.plan.queries.groups import groups_of, seats_asked

SITTING = ("seat", "core")  # the standings that fill the seats asked for; directors and partners sit beside
CASE_FILE = "case_file"  # the kind of audit that sessions are for


def seats_in_all(group: Group, framework: Framework) -> int:
    """How many seats each session of the group has."""
    return sum(seat.number for seat in seats_asked(group, framework))


def years_of(authority_id: int) -> QuerySet[Year]:
    return Year.objects.filter(authority=authority_id).select_related("framework")


def year_or_none(authority_id: int, code: str) -> Year | None:
    return years_of(authority_id).filter(code=code).first()


def year_on(authority_id: int, day: date) -> Year | None:
    """The open year in which a day lies."""
    return years_of(authority_id).filter(starts_on__lte=day, ends_on__gte=day).first()


def year_now(years: Sequence[Year], today: date) -> Year | None:
    """Of these years the one that is on, else the next to come, else the last."""
    ordered = sorted(years, key=lambda year: year.starts_on)
    return next((year for year in ordered if year.ends_on >= today), ordered[-1] if ordered else None)


def year_overlapping(authority_id: int, starts_on: date, ends_on: date) -> Year | None:
    return years_of(authority_id).filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()


def next_year(authority_id: int, today: date) -> tuple[FrameworkVersion, Period]:
    """The rules and the days to offer for opening a year: the one that is on, or the first after those open."""
    framework = framework_in_force(authority_id, today)
    month = framework.parsed.year_starts_month
    year = period_of(today, "year", month)
    if last := years_of(authority_id).filter(ends_on__gte=year.starts_on).order_by("ends_on").last():
        following = period_of(last.ends_on, "year", month).ends_on
        year = period_of(date.fromordinal(following.toordinal() + 1), "year", month)
    return framework, year


def days_of(year: Year) -> Period:
    return Period(year.starts_on, year.ends_on)


def blackouts_between(authority_id: int, first: date, last: date) -> QuerySet[Blackout]:
    return Blackout.objects.filter(authority=authority_id, from_on__lte=last, to_on__gte=first)


def blackout_or_none(year: Year, key: int) -> Blackout | None:
    return year.blackouts.filter(pk=key).first()


def layout(year: Year, firsts: Mapping[Group, date], every_weeks: int) -> dict[Group, tuple[Planned, ...]]:
    """The year's days for these groups as they would be arranged now. Nothing is kept. Two statements."""
    shut = [Shut(Period(each.from_on, each.to_on), each.why) for each in year.blackouts.all()]
    there: dict[int, set[date]] = {}
    for group, day in _standing(year).values_list("group_id", "held_on"):
        there.setdefault(group, set()).add(day)
    by_key = {group.pk: group for group in firsts}
    laid = lay_out(
        {group.pk: first for group, first in firsts.items()}, days_of(year), every_weeks, shut=shut, there=there
    )
    return {by_key[key]: planned for key, planned in laid.items()}


def _standing(year: Year) -> QuerySet[Session]:
    """Sessions in the year's days, those cancelled too: what was called off is not arranged again of itself."""
    return Session.objects.filter(
        authority=year.authority_id, group__meets=True, held_on__gte=year.starts_on, held_on__lte=year.ends_on
    )


def next_days(year: Year, today: date) -> dict[int, date]:
    """Group → the first day to come on which it meets already in the year, so that its rhythm can go on from there."""
    coming = _standing(year).filter(held_on__gte=today, cancelled_at__isnull=True)
    found: dict[int, date] = {}
    for group, day in coming.order_by("held_on").values_list("group_id", "held_on"):
        found.setdefault(group, day)
    return found


def proposals_of(year: Year) -> QuerySet[Session]:
    """Sessions of the year that were never published."""
    return year.sessions.filter(published_at__isnull=True, group__meets=True)


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of the year, as far as it lies in it, and what is laid out there."""

    days: Period
    sessions: int
    files: int


@dataclass(frozen=True, slots=True)
class YearLaidOut:
    """What of the year stands. `files`: what every seat of every session would audit; `case_files`: those planned."""

    groups: int
    sessions: int
    published: int
    seats: int
    seated: int
    files: int
    case_files: int
    quarters: Sequence[Quarter]
    on_shut_days: Sequence[Session]

    @property
    def short(self) -> int:
        """Files that the sessions cannot bring."""
        return max(0, self.case_files - self.files)


def year_laid_out(year: Year, framework: Framework, blackouts: Sequence[Blackout], today: date) -> YearLaidOut:
    """The year's sessions against its target, and those to come that stand on days kept free. Two statements."""
    groups = list(groups_of(year.authority_id))
    seats = {group.pk: seats_in_all(group, framework) for group in groups}
    sitting = Count("seats", filter=Q(seats__standing__in=SITTING))
    found = year.sessions.filter(cancelled_at__isnull=True, group__meets=True).annotate(seated=sitting)
    sessions = list(found.select_related("group").order_by("held_on", "pk"))
    a_day = framework.target.files_a_day
    return YearLaidOut(
        groups=len(groups),
        sessions=len(sessions),
        published=sum(session.published_at is not None for session in sessions),
        seats=sum(seats[session.group_id] for session in sessions),
        seated=sum(session.seated for session in sessions),
        files=sum(seats[session.group_id] * a_day for session in sessions),
        case_files=year.kinds.get(CASE_FILE, 0),
        quarters=tuple(_quarters(year, framework, sessions, seats)),
        on_shut_days=[
            each
            for each in sessions
            if each.held_on >= today and any(out.from_on <= each.held_on <= out.to_on for out in blackouts)
        ],
    )


def _quarters(year: Year, framework: Framework, sessions: Sequence[Session], seats: Mapping[int, int]) -> list[Quarter]:
    found = []
    for quarter in periods("quarter", year.starts_on, year.ends_on, framework.year_starts_month):
        if days := quarter.within(days_of(year)):
            held = [session for session in sessions if session.held_on in days]
            files = sum(seats[session.group_id] for session in held) * framework.target.files_a_day
            found.append(Quarter(days, len(held), files))
    return found
