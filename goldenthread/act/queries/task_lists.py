"""The list of tasks that is worked through: narrowed, counted, a page at a time by key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.act.models import Extension, Task
from goldenthread.act.queries.tasks import UNFINISHED, tasks_visible_to, with_framework
from goldenthread.method.access import Is
from goldenthread.method.deadlines import due_date
from goldenthread.people.models import Person
from goldenthread.people.queries import teams_of
from goldenthread.people.standing import standings
from goldenthread.web.keyset import page_of

SOON = 5  # working days

Places = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What the list of tasks is narrowed by. `state` blank: those that still need something; "all": every one.

    `due`: "late", or "soon" for what is due within a week. `team`, `service`: ids; `owner`: part of a name; `text`: how
    a case reference begins.
    """

    state: str = ""
    due: str = ""
    team: str = ""
    service: str = ""
    severity: str = ""
    scope: str = ""
    owner: str = ""
    text: str = ""
    mine: bool = False

    def narrow(self, tasks: QuerySet[Task], person: Person, today: date) -> QuerySet[Task]:
        """Each filter that is set, in the statement itself."""
        if self.state != "all":
            tasks = tasks.filter(state=self.state) if self.state else tasks.filter(state__in=UNFINISHED)
        if self.due == "late":
            tasks = tasks.filter(state__in=UNFINISHED, due_on__lt=today)
        if self.due == "soon":
            tasks = tasks.filter(state__in=UNFINISHED, due_on__gte=today, due_on__lte=due_date(today, SOON))
        exact = {"returned__team": self.team, "returned__service": self.service}
        exact |= {"severity": self.severity, "scope": self.scope}
        beginning = {"returned__audit__ref__istartswith": self.text, "owner__name__icontains": self.owner}
        tasks = tasks.filter(**{name: value for name, value in {**exact, **beginning}.items() if value})
        return tasks.filter(owner=person.pk) if self.mine else tasks


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One page of tasks, how many there are in all, and where the next page begins ("" on the last)."""

    tasks: tuple[Any, ...]
    count: int
    next: str


def page_of_tasks(person: Person, narrowed: TaskFilter, today: date, after: str = "") -> TaskPage:
    """Fifty tasks, the soonest due first, found by key; two statements. `after`: the last one's day and id."""
    found = narrowed.narrow(tasks_visible_to(person), person, today)
    shown, further = page_of(_with_all_it_shows(found), "due_on", after)
    return TaskPage(tuple(shown), found.count(), further)


def all_tasks(person: Person, narrowed: TaskFilter, today: date) -> Iterator[Any]:
    """Every task the list holds, for a file, a thousand rows at a time."""
    found = narrowed.narrow(tasks_visible_to(person), person, today)
    return _with_all_it_shows(found).iterator(chunk_size=1000)


def _with_all_it_shows(tasks: QuerySet[Task]) -> QuerySet[Task]:
    extended = Exists(Extension.objects.filter(task=OuterRef("pk")))
    people = tasks.select_related("returned__team", "returned__service", "owner", "done_by").annotate(extended=extended)
    return with_framework(people).order_by("due_on", "pk")


def places_to_choose(person: Person, today: date) -> tuple[Places, Places]:
    """The teams and the services whose tasks this person may see, for the filters; one statement."""
    teams = teams_of(person.authority_id, today).filter(parent__isnull=False)
    if not {Is.QUALITY_ASSURANCE, Is.DIRECTOR} & standings(person):
        teams = teams.filter(Q(pk__in=person.teams_managed) | Q(parent__in=person.services_managed))
    found = list(teams)
    services = {str(team.parent.pk): team.parent.name for team in found if team.parent}
    return [(str(team.pk), team.name) for team in found], list(services.items())
