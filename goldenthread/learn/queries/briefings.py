"""Reading briefings: those there are, when each was given, who was briefed by a day and who was not yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Q, QuerySet

from goldenthread.framework.models import Theme
from goldenthread.framework.queries import framework_in_force
from goldenthread.learn.models import Attendance, Briefing, BriefingSession, Edition
from goldenthread.method.access import may
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period, period_of
from goldenthread.people.models import Person, Post, Team, held
from goldenthread.people.queries import teams_of
from goldenthread.people.standing import standings
from goldenthread.plan.models import Focus

BACK = 4  # periods that a briefing may still be planned of, this one beside them
MOST = 50  # briefings on the list: 25 years of two a year
REPORT = "briefing"  # the report that is handed out


def may_see_briefings(person: Person) -> bool:
    return may("see briefings", standings(person))


def may_plan_briefings(person: Person) -> bool:
    return may("plan briefings", standings(person))


# --- briefings ---------------------------------------------------------------------------------------------


def briefings_visible_to(person: Person) -> QuerySet[Briefing]:
    """Every briefing of her council for whoever may see briefings; the newest period first."""
    briefings = Briefing.objects.filter(authority=person.authority_id).select_related("edition", "made_by")
    return briefings if may_see_briefings(person) else briefings.none()


def briefings_listed(person: Person, today: date) -> list[Briefing]:
    """Those she may see, each with how many sessions are `arranged`, how many were `held`, and people `briefed`."""
    stands = Q(sessions__cancelled_at__isnull=True)
    counted = briefings_visible_to(person).annotate(
        arranged=Count("sessions", filter=stands, distinct=True),
        held=Count("sessions", filter=stands & Q(sessions__held_on__lte=today), distinct=True),
        briefed=Count("sessions__attendances__person", filter=stands, distinct=True),
    )
    return list(counted[:MOST])


def briefing_or_none(person: Person, code: str) -> Briefing | None:
    """One of them; None alike where there is none and where it is not hers to see."""
    return briefings_visible_to(person).filter(code=code).first()


def themes_of(briefing: Briefing) -> list[Theme]:
    return list(briefing.themes.all())


def themes_to_take_up(authority_id: int) -> list[Theme]:
    """The council's themes that are in use, in its own order."""
    return list(Theme.objects.filter(authority=authority_id, retired_at__isnull=True))


def periods_to_brief(framework: Framework, today: date) -> list[Period]:
    """The periods a briefing may be of, the one that ended last first."""
    every, month = framework.briefing.every, framework.year_starts_month
    found = [period_of(today, every, month)]
    while len(found) <= BACK:
        found.append(period_of(date.fromordinal(found[-1].starts_on.toordinal() - 1), every, month))
    return [*found[1:], found[0]]


def hand_outs_of(briefing: Briefing) -> list[Edition]:
    """The published editions of the briefing report on the same period, the newest first."""
    editions = Edition.objects.filter(
        authority=briefing.authority_id, report=REPORT, state="published",
        period_starts_on=briefing.period_starts_on, period_ends_on=briefing.period_ends_on,
    )  # fmt: skip
    return list(editions.defer("content", "words", "released").order_by("-number", "-pk"))


# --- practitioners -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team on a day; `practises`: holds a post that children are allocated to."""

    person: int
    code: str
    name: str
    title: str
    team: int | None
    team_name: str
    practises: bool


def members_on(authority_id: int, day: date, framework: Framework, teams: Collection[int] = ()) -> list[Member]:
    """Each person once, by team and name: in these teams or, with none, whoever practises anywhere. One statement."""
    kinds = {post.key for post in framework.posts if post.holds_cases}
    posts = Post.objects.filter(Post.on(day), authority=authority_id, person__is_active=True)
    posts = posts.filter(team__in=teams) if teams else posts.filter(kind__in=kinds)
    found: dict[int, Member] = {}
    for post in posts.select_related("person", "team").order_by("team__name", "person__name", "pk"):
        if post.person_id not in found:
            who, team = post.person, post.team.name if post.team else ""
            found[post.person_id] = Member(
                who.pk, who.code, who.name, post.title, post.team_id, team, post.kind in kinds
            )
    return list(found.values())


def teams_to_brief(authority_id: int, day: date, framework: Framework) -> list[Team]:
    """The teams in which somebody holds cases that day, by service and name."""
    holding = {member.team for member in members_on(authority_id, day, framework)}
    return [team for team in teams_of(authority_id, day) if team.pk in holding]


# --- sessions ----------------------------------------------------------------------------------------------


def session_to_mark_or_none(person: Person, code: str) -> BriefingSession | None:
    """A session where this person marks who was there: any for the unit; for a manager her team's, or one for all."""
    sessions = BriefingSession.objects.filter(authority=person.authority_id, code=code, cancelled_at__isnull=True)
    if not may_plan_briefings(person):
        hers = Q(team__in=person.teams_managed)
        sessions = sessions.filter(hers | Q(team__isnull=True)) if person.teams_managed else sessions.none()
    return sessions.select_related("briefing", "team", "led_by").first()


def session_to_plan_or_none(person: Person, code: str) -> BriefingSession | None:
    sessions = BriefingSession.objects.filter(authority=person.authority_id, code=code, cancelled_at__isnull=True)
    found = sessions.select_related("briefing", "team", "led_by")
    return found.first() if may_plan_briefings(person) else None


def members_to_mark(person: Person, session: BriefingSession, framework: Framework) -> list[Member]:
    """Who may be ticked by this person: the team's members on the day; at one for all, the practitioners of all teams,
    or for a manager of hers."""
    if session.team_id:
        return members_on(session.authority_id, session.held_on, framework, [session.team_id])
    everyone = members_on(session.authority_id, session.held_on, framework)
    if may_plan_briefings(person):
        return everyone
    return [member for member in everyone if member.team in person.teams_managed]


def marked_at(session: BriefingSession) -> set[int]:
    return set(Attendance.objects.filter(session=session).values_list("person_id", flat=True))


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session with how many were marked there, and whether this person may mark it, and plan it."""

    session: BriefingSession
    marked: int
    may_mark: bool
    may_plan: bool


def sessions_of(person: Person, briefing: Briefing) -> list[SessionRow]:
    """By day and team; those that were cancelled are left out. One statement."""
    plans = may_plan_briefings(person)
    sessions = BriefingSession.objects.filter(briefing=briefing, cancelled_at__isnull=True)
    sessions = sessions.select_related("team", "led_by").annotate(marked=Count("attendances"))
    return [
        SessionRow(
            each, each.marked, plans or each.team_id in person.teams_managed
            or (each.team_id is None and bool(person.teams_managed)), plans,
        )
        for each in sessions.order_by("held_on", "team__name", "pk")
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TeamTold:
    """How many practitioners of a team were briefed, of how many; and who was not, where that may be known."""

    team: str
    briefed: int
    of: int
    not_yet: tuple[str, ...] | None


@dataclass(frozen=True)
class Told:
    """Who was briefed of those who practised on a day: that of the last session held, or today before there is one."""

    on: date
    teams: tuple[TeamTold, ...]

    @cached_property
    def briefed(self) -> int:
        return sum(team.briefed for team in self.teams)

    @cached_property
    def of(self) -> int:
        return sum(team.of for team in self.teams)

    @property
    def sentence(self) -> str:
        if not self.of:
            return "Nobody holds a post of a practitioner, so there is nobody to brief."
        who = "practitioner" if self.of == 1 else "practitioners"
        return f"{self.briefed} of {self.of} {who} briefed."


def told_of(person: Person, briefing: Briefing, rows: Iterable[SessionRow], today: date) -> Told:
    """Names of those not briefed yet go to the unit, and to a manager those of her team. Three statements."""
    framework = framework_in_force(briefing.authority_id, today).parsed
    held = [row.session.held_on for row in rows if row.session.held_on <= today]
    day = max(held, default=today)
    there = Attendance.objects.filter(session__briefing=briefing, session__cancelled_at__isnull=True)
    briefed = set(there.values_list("person_id", flat=True))
    teams: dict[tuple[str, int | None], list[Member]] = defaultdict(list)
    for member in members_on(briefing.authority_id, day, framework):
        teams[member.team_name, member.team].append(member)
    return Told(day, tuple(
        TeamTold(
            name or "No team", sum(1 for each in members if each.person in briefed), len(members),
            tuple(each.name for each in members if each.person not in briefed)
            if may_plan_briefings(person) or team in person.teams_managed else None,
        )
        for (name, team), members in sorted(teams.items(), key=lambda one: (not one[0][0], one[0][0]))
    ))  # fmt: skip


# --- beside them -------------------------------------------------------------------------------------------

PROCEDURE = "procedure"  # the kind of focus whose effect is looked at as a briefing's is


def period_of_briefing(briefing: Briefing) -> Period:
    return Period(briefing.period_starts_on, briefing.period_ends_on)


def procedures_of(authority_id: int) -> list[Focus]:
    """The focuses on a new procedure, the newest first."""
    return list(Focus.objects.filter(authority=authority_id, kind=PROCEDURE).order_by("-from_on", "-pk")[:MOST])


def leaders_on(authority_id: int, day: date) -> dict[int, Person]:
    """Who may lead one, by name: the unit, and whoever manages a team, a service or the whole."""
    posts = Post.objects.filter(Post.on(day), authority=authority_id, person__is_active=True)
    posts = posts.filter(Q(quality_assurance=True) | ~Q(oversees=""))
    found: dict[int, Person] = {}
    for post in posts.select_related("person", "team").order_by("person__name", "pk"):
        person = found.setdefault(post.person_id, post.person)
        person.__dict__.setdefault("posts_held", (held(post),))
    return found
