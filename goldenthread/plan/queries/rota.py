"""All that a rota is made from, read once: sessions, seats, posts, absences, memberships."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from goldenthread.framework.queries import framework_in_force
from goldenthread.method.framework import Framework, Seat
from goldenthread.method.periods import Period, period_of
from goldenthread.method.places import kind_of, taken
from goldenthread.people.models import Person, Post
from goldenthread.plan.models import Absence, Group, Membership, Session, Year
from goldenthread.plan.models import Seat as SeatRow
from goldenthread.plan.queries.absences import standing_absences
from goldenthread.plan.queries.groups import groups_of, quorum_asked, seats_asked
from goldenthread.plan.queries.memberships import overlapping
from goldenthread.plan.queries.years import blackouts_between, year_now

BESIDE = ("director", "partner")  # who sits beside the seats by post


@dataclass(frozen=True, slots=True, order=True)
class Sitting:
    """One person at one session, as it stands or as it would."""

    session: int
    person: int
    post: str
    standing: str = "seat"
    fixed: bool = False


@dataclass(frozen=True)
class RotaFacts:
    """What is known of a year's rota, as plain values; `sessions` are those not cancelled, by day."""

    framework: Framework
    days: Period
    today: date
    groups: Mapping[int, Group]
    sessions: Mapping[int, Session]
    sittings: tuple[Sitting, ...]
    people: Mapping[int, Person]
    posts: Sequence[Post]
    absences: Sequence[Absence]
    memberships: Sequence[Membership]
    shut: Sequence[Period]

    @cached_property
    def seats(self) -> dict[int, tuple[Seat, ...]]:
        """The seats of each group's sessions."""
        return {key: seats_asked(group, self.framework) for key, group in self.groups.items()}

    @cached_property
    def quorums(self) -> dict[int, int]:
        return {key: quorum_asked(group, self.framework) for key, group in self.groups.items()}

    @cached_property
    def coming(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.held_on >= self.today]

    @cached_property
    def groups_without_sessions(self) -> list[Group]:
        meeting = {session.group_id for session in self.sessions.values()}
        return [group for key, group in self.groups.items() if key not in meeting]

    @cached_property
    def posts_of(self) -> dict[int, list[Post]]:
        found: dict[int, list[Post]] = defaultdict(list)
        for post in self.posts:
            found[post.person_id].append(post)
        return found

    @cached_property
    def _away(self) -> dict[int, list[Period]]:
        found: dict[int, list[Period]] = defaultdict(list)
        for absence in self.absences:
            found[absence.person_id].append(Period(absence.from_on, absence.to_on))
        return found

    def away(self, person: int, day: date) -> bool:
        return any(day in days for days in self._away.get(person, ()))

    def posts_on(self, person: int, day: date) -> list[Post]:
        """The posts she holds on the day, of those that sit or are linked."""
        held = self.posts_of.get(person, ())
        return [post for post in held if post.started_on <= day and (post.ended_on is None or day <= post.ended_on)]

    @cached_property
    def members(self) -> dict[int, list[Membership]]:
        """Each group's memberships."""
        found: dict[int, list[Membership]] = defaultdict(list)
        for membership in self.memberships:
            found[membership.group_id].append(membership)
        return found

    def members_at(self, session: Session, *standings: str) -> Iterator[Membership]:
        """Who belongs to the session's group on its day in one of these ways, and is not away."""
        for each in self.members.get(session.group_id, ()):
            lasts = each.from_on <= session.held_on and (each.to_on is None or session.held_on <= each.to_on)
            if each.standing in standings and lasts and not self.away(each.person_id, session.held_on):
                yield each

    @cached_property
    def sitting_at(self) -> dict[int, list[Sitting]]:
        found: dict[int, list[Sitting]] = {key: [] for key in self.sessions}
        for sitting in self.sittings:
            found[sitting.session].append(sitting)
        return found

    def kinds_at(self, session: int, sittings: Iterable[Sitting]) -> dict[int, str]:
        """Person → the kind of seat she takes; "" who sits beside: a director, a partner, a place more than asked.

        Core members come first and those seated by hand next, so that whoever has no seat left is one of the others.
        """
        order = {"core": 0, "seat": 1}
        ranked = sorted(sittings, key=lambda each: (order.get(each.standing, 2), not each.fixed, each.person))
        posts = ["" if each.standing in BESIDE else each.post for each in ranked]
        places = taken(posts, self.seats[self.sessions[session].group_id])
        return {each.person: kind_of(seat) if seat else "" for each, seat in zip(ranked, places, strict=True)}

    @cached_property
    def kinds(self) -> dict[int, dict[int, str]]:
        """Session → person → kind, as it stands."""
        return {key: self.kinds_at(key, sittings) for key, sittings in self.sitting_at.items()}

    def why_not_stay(self, sitting: Sitting) -> str:
        """Why she cannot keep the seat: "away", "no longer in post"; "" if she can. Partners hold no post."""
        day = self.sessions[sitting.session].held_on
        if self.away(sitting.person, day):
            return "away"
        if sitting.standing == "partner" or any(
            post.kind == sitting.post for post in self.posts_on(sitting.person, day)
        ):
            return ""
        return "no longer in post"

    @cached_property
    def lost(self) -> list[tuple[Sitting, str]]:
        """Seats of sessions to come held by somebody who cannot be there, with why."""
        coming = (sitting for session in self.coming for sitting in self.sitting_at[session.pk])
        return [(sitting, why) for sitting in coming if (why := self.why_not_stay(sitting))]

    @cached_property
    def digest(self) -> str:
        """Differs whenever anything that a rota is made from does."""
        parts = (
            [(key, group.name, group.seats, group.quorum) for key, group in self.groups.items()],
            [(key, str(each.held_on), each.published_at is None) for key, each in self.sessions.items()],
            sorted(self.sittings),
            [(each.person_id, str(each.from_on), str(each.to_on)) for each in self.absences],
            [(each.pk, str(each.from_on), str(each.to_on)) for each in self.memberships],
            [(each.pk, str(each.share), str(each.started_on), str(each.ended_on)) for each in self.posts],
            [str(each) for each in self.shut],
            str(self.today),
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def days_of_rota(authority_id: int, years: Sequence[Year], code: str, today: date) -> tuple[Framework, Period]:
    """The rules and days of the year of this code; else of the one that is on; where none is open, the framework's."""
    chosen = next((year for year in years if year.code == code), None) or year_now(years, today)
    return _days(authority_id, chosen, today)


def days_holding(authority_id: int, years: Sequence[Year], day: date) -> tuple[Framework, Period]:
    """The same for the year in which a day lies."""
    return _days(authority_id, next((year for year in years if year.starts_on <= day <= year.ends_on), None), day)


def _days(authority_id: int, year: Year | None, day: date) -> tuple[Framework, Period]:
    if year:
        return year.framework.parsed, Period(year.starts_on, year.ends_on)
    framework = framework_in_force(authority_id, day).parsed
    return framework, period_of(day, "year", framework.year_starts_month)


def rota_facts(authority_id: int, framework: Framework, days: Period, today: date) -> RotaFacts:
    """Everything a rota of these days is made from. Seven statements."""
    groups = {group.pk: group for group in groups_of(authority_id)}
    sessions = {session.pk: session for session in _sessions(authority_id, days)}
    for session in sessions.values():
        session.group = groups[session.group_id]
    seats = list(SeatRow.objects.filter(session__in=sessions).select_related("person").order_by("pk"))
    posts = list(_posts(authority_id, framework, days))
    memberships = list(_memberships(authority_id, days))
    rows: Iterable[Any] = (*posts, *memberships, *seats)
    people: dict[int, Person] = {row.person_id: row.person for row in rows}
    absences = standing_absences(authority_id).filter(from_on__lte=days.ends_on, to_on__gte=days.starts_on)
    shut = blackouts_between(authority_id, days.starts_on, days.ends_on)
    return RotaFacts(
        framework, days, today, groups, sessions,
        tuple(Sitting(each.session_id, each.person_id, each.post, each.standing, each.fixed) for each in seats),
        people, posts, list(absences), memberships, [Period(each.from_on, each.to_on) for each in shut],
    )  # fmt: skip


def _sessions(authority_id: int, days: Period) -> QuerySet[Session]:
    held = Session.objects.filter(authority=authority_id, group__meets=True, cancelled_at__isnull=True)
    return held.filter(held_on__range=(days.starts_on, days.ends_on)).order_by("held_on", "pk")


def _posts(authority_id: int, framework: Framework, days: Period) -> QuerySet[Post]:
    """Posts held on some of the days that sit, or are linked. Somebody whose account is closed has no seat."""
    kinds = {post.key for post in framework.posts if post.audits} | set(framework.joining.posts)
    held = Post.objects.filter(authority=authority_id, kind__in=kinds, person__is_active=True)
    within = held.filter(overlapping(days.starts_on, days.ends_on, "started_on", "ended_on"))
    return within.select_related("person", "team").order_by("person__name", "person_id", "pk")


def _memberships(authority_id: int, days: Period) -> QuerySet[Membership]:
    within = overlapping(days.starts_on, days.ends_on)
    found = Membership.objects.filter(within, authority=authority_id, group__meets=True)
    return found.select_related("person").order_by("pk")
