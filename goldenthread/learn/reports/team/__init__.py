"""A team's own page: what audits found in its files, good first, what it was asked to do, and what is coming.

For its manager, her service manager and the unit. No other team stands beside it, nobody is ranked, and no worker or
auditor is named. The council as a whole is there as context only where the team cannot be told from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from goldenthread.learn.queries.editions import blind_to_some
from goldenthread.learn.queries.team_facts import TeamFigures
from goldenthread.learn.queries.team_figures import may_read_team, team_figures, year_of_team
from goldenthread.learn.readers import UNIT
from goldenthread.learn.rendering.model import Block, Figure, Figures, Report, Section, Text, Words
from goldenthread.learn.rendering.model import day_in_words as day
from goldenthread.learn.reports.team.following import coming_blocks, reaudit_blocks, task_blocks, task_words
from goldenthread.learn.reports.team.found import file_blocks, grade_blocks, headline_words, theme_blocks
from goldenthread.learn.subjects import Subject
from goldenthread.people.models import Authority, Person, Team

KEY, TITLE, CADENCE = "team", "A team's own page", "whenever it is opened"
AUDIENCE = "The team's manager, her service manager, the Quality Assurance Unit"

PARTS = {
    "summary": "Summary",
    "good": "What was good",
    "improve": "What to improve",
    "grades": "Grades",
    "tasks": "Tasks",
    "again": "Audited again",
    "coming": "What is coming",
}


def subjects(authority: Authority, today: date) -> list[Subject]:
    """None is offered: the page is there without anybody writing it."""
    return []


def subject(authority: Authority, key: str) -> Subject | None:
    """`key`: the team's number and the first day of the year, "12:2026-04-01"."""
    number, _, starts_on = key.partition(":")
    if not number.isdecimal() or len(number) > 18:
        return None
    team = Team.objects.filter(authority=authority.pk, pk=int(number), parent__isnull=False).first()
    try:
        first = date.fromisoformat(starts_on)
    except ValueError:
        return None
    return subject_of(team, first) if team else None


def subject_of(team: Team, on: date) -> Subject:
    """The year of this team in which the day lies."""
    period = year_of_team(team, on)
    key = f"{team.pk}:{period.starts_on.isoformat()}"
    return Subject(key, f"{team.name}, {period.label}", team.authority, period=period, team=team)


def may(person: Person, subject: Subject) -> bool:
    """Whose page it is; nobody while she grades a file of the team blind."""
    team = subject.team
    return team is not None and may_read_team(person, team) and not blind_to_some(person, subject)


def readers(subject: Subject) -> tuple[str, ...]:
    """Its numbers are small and other teams' managers are no readers of it, so an edition of it stays in the unit."""
    return (UNIT,)


def figures(subject: Subject, today: date, *, circulated: bool = False) -> TeamFigures:
    assert subject.team
    assert subject.period
    return team_figures(subject.team, subject.period, today)


def compose(figures: TeamFigures, words: Mapping[str, str]) -> Report:
    """The page, with the unit's own words (by part, see `PARTS`) where there are any."""
    blocks: dict[str, tuple[Block, ...]] = {
        "good": tuple(theme_blocks(figures, "good")),
        "improve": tuple(theme_blocks(figures, "improve")),
        "grades": (*grade_blocks(figures), *file_blocks(figures)),
        "tasks": tuple(task_blocks(figures)),
        "again": tuple(reaudit_blocks(figures)),
        "coming": tuple(coming_blocks(figures)),
    }
    unit = figures.framework.word("quality_assurance")

    def own(key: str) -> tuple[Block, ...]:
        text = words.get(key, "")
        return (Words(f"the {unit}", text),) if text.strip() else ()

    return Report(
        title=f"Audits of {figures.team}",
        subtitle=figures.period.label,
        council=figures.council_name,
        period=f"{figures.period.label}, as it stands on {day(figures.as_of)}",
        edition="",
        published_on=None,
        published_by="",
        audience=AUDIENCE,
        summary=(*_summary(figures), *own("summary")),
        sections=tuple(Section(PARTS[key], (*found, *own(key))) for key, found in blocks.items()),
        about=tuple(_about(figures)),
    )


def _summary(figures: TeamFigures) -> Iterator[Block]:
    if not figures.files:
        yield Text((f"No file of {figures.team} has been audited and returned in {figures.period.label} yet.",))
        return
    tasks = figures.tasks
    open_tasks = tasks.to_do + tasks.late + tasks.challenged
    yield Figures(
        (
            Figure(f"{len(figures.files)}", "files audited and returned"),
            Figure(f"{open_tasks}", "tasks to do", f"late: {tasks.late}"),
            Figure(f"{tasks.signed_off} of {tasks.total}", "tasks signed off"),
        )
    )
    yield Text((headline_words(figures), task_words(figures)))


def _about(figures: TeamFigures) -> Iterator[Block]:
    sentences = [
        f"This page counts the files of {figures.team} that were audited and returned to it by {day(figures.as_of)}.",
        "A grade is what auditors agreed on the file; it is not a judgement of a person.",
        "Other teams are not shown: with so few files each, differences are mostly chance.",
    ]
    if figures.closed_on:
        sentences.append(f"{figures.team} was closed on {day(figures.closed_on)}.")
    yield Text(tuple(sentences))
