"""What a service manager assures herself of: the tasks of her teams, what is late and why; scopes of the SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window

from goldenthread.act.models import Extension, Task
from goldenthread.act.queries.tasks import UNFINISHED
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.method.access import Is, may
from goldenthread.people.models import Person
from goldenthread.people.standing import standings

LATE_SHOWN = 10


def late_on(today: date) -> Q:
    """Open past its day: what is challenged is open until it is decided."""
    return Q(state__in=UNFINISHED, due_on__lt=today)


def tasks_assured_by(person: Person) -> QuerySet[Task]:
    """Every task for the unit and the directors, else those of her services; never of a file she is grading blind."""
    tasks = Task.objects.filter(~blind_to(person.pk, "returned__audit"), authority=person.authority_id)
    held = standings(person)
    if not may("see the assurance", held):
        return tasks.none()
    if held & {Is.QUALITY_ASSURANCE, Is.DIRECTOR}:
        return tasks
    return tasks.filter(returned__service__in=person.services_managed)


@dataclass(frozen=True, slots=True)
class TeamTasks:
    """How one team's tasks stand. `open` counts the challenged too; `extended`: open, with more time than at first."""

    team: int | None
    name: str
    open: int
    late: int
    challenged: int
    extended: int
    done: int
    signed_off: int


def tasks_by_team(person: Person, today: date) -> list[TeamTasks]:
    """Each team that has or had a task, by name: nobody is ranked. One statement."""
    rows = tasks_assured_by(person).order_by().values("returned__team", "returned__team__name").annotate(
        open=Count("pk", filter=Q(state__in=UNFINISHED)), late=Count("pk", filter=late_on(today)),
        challenged=Count("pk", filter=Q(state="challenged")),
        extended=Count("pk", filter=Q(state__in=UNFINISHED, due_on__gt=F("first_due_on"))),
        done=Count("pk", filter=Q(state="done")), signed_off=Count("pk", filter=Q(state="signed off")),
    )  # fmt: skip
    found = [
        TeamTasks(
            row["returned__team"], row["returned__team__name"] or "No team", row["open"], row["late"],
            row["challenged"], row["extended"], row["done"], row["signed_off"],
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.team is None, each.name, each.team or 0))


def totals_of(teams: Sequence[TeamTasks]) -> TeamTasks:
    """The sum of the teams."""
    columns = ("open", "late", "challenged", "extended", "done", "signed_off")
    return TeamTasks(None, "All teams", *(sum(getattr(each, name) for each in teams) for name in columns))


@dataclass(frozen=True, slots=True)
class LateTasks:
    """The latest tasks with why each is late, and how many there are in all."""

    rows: Sequence[tuple[Task, str]]
    count: int


def late_and_why(person: Person, today: date) -> LateTasks:
    """The longest late first, with what is known of why: that it is challenged, or had more time. One statement."""
    last = Extension.objects.filter(task=OuterRef("pk")).order_by("-pk")
    late = tasks_assured_by(person).filter(late_on(today)).annotate(
        in_all=Window(Count("pk")), more_time=Subquery(last.values("because")[:1])
    )  # fmt: skip
    rows = list(late.select_related("returned__team", "returned__audit", "owner").order_by("due_on", "pk")[:LATE_SHOWN])
    return LateTasks([(task, _why(task)) for task in rows], rows[0].in_all if rows else 0)


def _why(task: Task) -> str:
    more_time: str | None = getattr(task, "more_time", None)
    if task.state == "challenged":
        return f"Challenged, not decided yet: {task.challenge}"
    return f"Had more time: {more_time}" if more_time else "No reason was given."
