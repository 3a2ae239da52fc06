"""Reading what a year plans: what its sessions can deliver, what they leave uncovered, what is to be warned of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Exists, OuterRef

from goldenthread.method.capacity import (
    Duty,
    GroupPlan,
    Measured,
    Plan,
    capacity,
    outcome,
    shortfalls,
    statuses_in_words,
    teams_in_words,
)
from goldenthread.method.framework import Framework
from goldenthread.method.laying_out import Shut, first_days, lay_out
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Post
from goldenthread.people.queries import teams_of
from goldenthread.plan.models import Group, Session, Year
from goldenthread.plan.queries.groups import groups_of, seats_asked
from goldenthread.plan.queries.years import CASE_FILE, days_of, years_of

Themes = Mapping[str, Sequence[str]]
ABSENCE = 10  # of 100 seats, how many are taken to stay empty until somebody says otherwise


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a year plans. `laid_out`: whether any session stands; until then those stand for it that could be.

    `themes`: group → the statuses whose files it audits. `team_duties` and `status_duties`: what the framework asks the
    year to cover, with the groups open to each.
    """

    framework: Framework
    plan: Plan
    laid_out: bool
    measured: Measured
    themes: Themes
    team_duties: tuple[Duty, ...]
    status_duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Covering:
    """One kind of duty: what it asks for in all, and a sentence for each reason why it cannot be met."""

    asked: str
    faults: tuple[str, ...]


def years_to_plan(authority_id: int, today: date) -> list[Year]:
    """The years that are not over, the one that is on first."""
    return list(years_of(authority_id).filter(ends_on__gte=today).order_by("starts_on"))


def outlook_of(year: Year, today: date) -> Outlook:
    """Three statements, and one for the days kept free while no session stands."""
    framework, groups = year.framework.parsed, list(groups_of(year.authority_id))
    sessions = _sessions_of(year)
    laid_out = bool(sessions)
    if not laid_out:
        sessions = _sessions_that_could_be(year, framework, groups, today)
    measured = Measured.from_json(year.effort)
    themes = {group.key: group.statuses or [status.key for status in framework.statuses] for group in groups}
    plan = Plan(
        year=days_of(year),
        year_starts_month=framework.year_starts_month,
        target=year.kinds.get(CASE_FILE, 0),
        files_a_day=framework.target.files_a_day,
        absence=ABSENCE,
        groups=tuple(
            GroupPlan(
                group.key,
                group.name,
                sum(seat.number for seat in seats_asked(group, framework)),
                tuple(sessions.get(group.key, ())),
                _hundredths(measured.of_statuses(themes[group.key])),
            )
            for group in groups
        ),
        days=framework.rhythm.days,
    )
    teams = _teams_with_cases(year.authority_id, framework, today)
    return Outlook(
        framework, plan, laid_out, measured, themes, _team_duties(framework, themes, teams),
        _status_duties(framework, themes),
    )  # fmt: skip


def covering(outlook: Outlook, plan: Plan) -> tuple[Covering, ...]:
    """How far this plan can cover each team and each status; a kind of duty that the framework does not ask is absent.

    `plan` is the outlook's own, or what it would be with other numbers.
    """
    made, rule = capacity(plan).groups, outlook.framework.coverage
    files = {group.key: group.files for group in made}
    kinds = (
        (rule.each_team, "team", outlook.team_duties, teams_in_words),
        (rule.each_status, "kind of case", outlook.status_duties, statuses_in_words),
    )
    return tuple(
        Covering(
            f"At least {each} of each {noun}: {len(duties)} × {each} = {len(duties) * each} files",
            tuple(say(short, each, made) for short in shortfalls(duties, files)),
        )
        for each, noun, duties, say in kinds
        if each and duties
    )


def warnings_of(year: Year, today: date) -> tuple[str, ...]:
    """What the plan of this year cannot do, a sentence or two each; nothing where it can do all that is asked."""
    if year.ends_on < today:
        return ()
    outlook = outlook_of(year, today)
    plan, every = outlook.plan, outlook.framework.rhythm.every_weeks
    if not plan.groups:
        return ("No auditing group is formed yet, so nobody audits the files of this year.",)
    said = []
    made = capacity(plan)
    if made.short > 0:
        opening = "As planned" if outlook.laid_out else f"With a session of each group every {every} weeks"
        said.append(f"{opening}, {outcome(plan, today)}")
    said += [f"No session of {group.name} stands in this year." for group in plan.groups if not group.sessions]
    empty = [quarter.period for quarter in made.quarters if quarter.period.ends_on >= today and not quarter.files]
    said += [f"Nothing is planned for {period.label}." for period in empty if made.files and plan.target]
    for each in covering(outlook, plan):
        said += [f"{each.asked}. {fault}" for fault in each.faults]
    return tuple(said)


def _sessions_of(year: Year) -> dict[str, list[date]]:
    """The days on which each group meets in the year, by its key."""
    standing = Session.objects.filter(
        authority=year.authority_id, group__meets=True, cancelled_at__isnull=True,
        held_on__gte=year.starts_on, held_on__lte=year.ends_on,
    )  # fmt: skip
    found: dict[str, list[date]] = {}
    for key, day in standing.order_by("held_on", "pk").values_list("group__key", "held_on"):
        found.setdefault(key, []).append(day)
    return found


def _sessions_that_could_be(
    year: Year, framework: Framework, groups: Sequence[Group], today: date
) -> dict[str, list[date]]:
    """The framework's rhythm in what is left of the year, round the days kept free."""
    shut = [Shut(Period(each.from_on, each.to_on), each.why) for each in year.blackouts.all()]
    every, start = framework.rhythm.every_weeks, max(year.starts_on, today)
    firsts = dict(zip([group.key for group in groups], first_days(start, len(groups), every), strict=True))
    try:
        laid = lay_out(firsts, days_of(year), every, shut=shut, there={})
    except Refused:  # too little of the year is left for a rhythm
        return {}
    return {key: sorted(each.held_on for each in places if each.held_on) for key, places in laid.items()}


def _teams_with_cases(authority_id: int, framework: Framework, day: date) -> list[str]:
    """The names of the teams open on this day in which somebody holds a post to which children are allocated."""
    kinds = [post.key for post in framework.posts if post.holds_cases]
    holders = Post.objects.filter(Post.on(day), team=OuterRef("pk"), kind__in=kinds, person__is_active=True)
    return list(teams_of(authority_id, day).filter(Exists(holders)).values_list("name", flat=True))


def groups_taking_team(framework: Framework, themes: Themes, team: str) -> frozenset[str]:
    """The keys of the groups that may audit files of the team of this name."""
    rules = {group.key: group for group in framework.groups}

    def takes(key: str) -> bool:
        rule = rules.get(key)
        return rule is None or any(rule.takes(status, team) for status in rule.statuses)

    return frozenset(key for key in themes if takes(key))


def groups_taking_status(themes: Themes, status: str) -> frozenset[str]:
    """The keys of the groups that audit files of this status."""
    return frozenset(key for key, taken in themes.items() if status in taken)


def _team_duties(framework: Framework, themes: Themes, teams: Sequence[str]) -> tuple[Duty, ...]:
    each = framework.coverage.each_team
    return tuple(Duty(team, team, each, groups_taking_team(framework, themes, team)) for team in teams)


def _status_duties(framework: Framework, themes: Themes) -> tuple[Duty, ...]:
    each = framework.coverage.each_status
    return tuple(
        Duty(status.key, status.plural, each, groups_taking_status(themes, status.key)) for status in framework.statuses
    )


def _hundredths(effort: float) -> Fraction:
    """As exact as it is shown, so that the sum in words is the sum; a file cannot take nothing."""
    return max(Fraction(round(effort * 100), 100), Fraction(1, 100))
