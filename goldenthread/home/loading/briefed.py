"""Themes that the unit made its own, and the briefings on them: one for all long ago, one in every team's meeting."""

from __future__ import annotations

from datetime import date, timedelta

from goldenthread.framework.models import Theme
from goldenthread.framework.services import themes
from goldenthread.framework.services.themes import ThemeSaid
from goldenthread.home.demonstration.chance import Chance
from goldenthread.home.demonstration.history import TAUGHT, briefed_on, taught_from
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.learn.models import Briefing, BriefingSession, Edition
from goldenthread.learn.queries.briefings import members_on, teams_to_brief
from goldenthread.learn.services import briefings
from goldenthread.method.deadlines import due_date, is_working_day
from goldenthread.method.periods import Period, period_of
from goldenthread.people.models import Team

CAME, CAME_TO_ALL, UNMARKED = 0.86, 0.6, 0.06  # people in a team's meeting, at the one for all; teams that forgot
RENAMED = ("multi_agency", "Working with other agencies")
ADDED = ("Harm outside the home", "practice")
RETIRED = "debrief"


def edit_themes(loaded: Loaded, *, today: date) -> None:
    """One is renamed, one added, one retired: in the summer, by the unit."""
    day = today - timedelta(days=150)
    unit = loaded.on(loaded.unit.staff_number, day)
    listed = {theme.key: theme for theme in Theme.objects.filter(authority=loaded.authority)}
    key, label = RENAMED
    themes.change_theme(
        by=unit, theme=listed[key], said=ThemeSaid(label, listed[key].domain, listed[key].sort), now=at(day, 10)
    )
    label, domain = ADDED
    themes.add_theme(by=unit, said=ThemeSaid(label, domain, ""), now=at(day, 10, 5))
    themes.retire_theme(by=unit, theme=listed[RETIRED], now=at(day, 10, 10))


def brief(loaded: Loaded, *, today: date) -> None:
    chance = Chance(loaded.authority.name, "briefings")
    _for_all(loaded, chance, _working(briefed_on(today)))
    _in_teams(loaded, chance, _working(taught_from(today) - timedelta(days=14)), today)


def hand_out(loaded: Loaded, made: Briefing, edition: Edition, day: date) -> None:
    unit = loaded.on(loaded.unit.staff_number, day)
    briefings.hand_out(by=unit, briefing=made, edition=edition, now=at(day, 13))


def _for_all(loaded: Loaded, chance: Chance, day: date) -> None:
    """A one-off session for everybody, marked by the unit."""
    made = _planned(
        loaded, day, "Plans that say what will be different", ["planning", "drift"], ["plan_grade"],
        "Write each step of the plan so that the family knows who does it, by when, and what will be different then.",
    )  # fmt: skip
    (session,) = _given(loaded, made, [], day, "one-off session")
    unit = loaded.on(loaded.unit.staff_number, day)
    members = members_on(loaded.authority.pk, day, loaded.framework.parsed)
    people = [each.person for each in members if chance.happens(CAME_TO_ALL)]
    briefings.mark_briefed(by=unit, session=session, people=people, held_on=day, now=at(day, 16))


def _in_teams(loaded: Loaded, chance: Chance, day: date, today: date) -> None:
    """In each team's meeting within two weeks, marked by its manager that day; a team or two never marked it."""
    made = _planned(
        loaded, day, "What our help is like for the child", ["impact", "feedback"], list(TAUGHT),
        "After each important decision write a line on what it will mean for the child, and ask what our help is like.",
    )  # fmt: skip
    teams = teams_to_brief(loaded.authority.pk, day, loaded.framework.parsed)
    for session in _given(loaded, made, teams, day, "team meeting"):
        _mark(loaded, chance, session, min(due_date(day, chance.whole(1, 9)), today))


def _mark(loaded: Loaded, chance: Chance, session: BriefingSession, day: date) -> None:
    managers = loaded.managers_on(session.team_id, day)
    if not managers or chance.happens(UNMARKED):
        return
    members = members_on(loaded.authority.pk, day, loaded.framework.parsed, [session.team_id or 0])
    people = [each.person for each in members if chance.happens(CAME)]
    manager = loaded.on(managers[0], day)
    briefings.mark_briefed(by=manager, session=session, people=people, held_on=day, now=at(day, 12))


def _planned(
    loaded: Loaded, day: date, title: str, taken_up: list[str], questions: list[str], message: str
) -> Briefing:
    planned = day - timedelta(days=14)
    unit = loaded.on(loaded.unit.staff_number, planned)
    chosen = list(Theme.objects.filter(authority=loaded.authority, key__in=taken_up))
    return briefings.plan_briefing(
        by=unit, title=title, period=_half_year_before(loaded, planned), themes=chosen, questions=questions,
        message=message, now=at(planned, 10),
    )  # fmt: skip


def _given(loaded: Loaded, made: Briefing, teams: list[Team], day: date, way: str) -> list[BriefingSession]:
    unit = loaded.on(loaded.unit.staff_number, day - timedelta(days=14))
    return briefings.arrange_briefings(
        by=unit, briefing=made, teams=teams, held_on=day, way=way, led_by=None if teams else unit,
        now=at(day - timedelta(days=14), 11),
    )  # fmt: skip


def _half_year_before(loaded: Loaded, day: date) -> Period:
    """The last one of the framework's rhythm that was over by then."""
    rules = loaded.framework.parsed
    now = period_of(day, rules.briefing.every, rules.year_starts_month)
    return period_of(now.starts_on - timedelta(days=1), rules.briefing.every, rules.year_starts_month)


def _working(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
