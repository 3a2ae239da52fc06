"""Asking after many tasks at once: one message a person, however many are hers, and a task at most once a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.urls import reverse

from goldenthread.act.models import Task
from goldenthread.act.queries.tasks import tasks_to_chase
from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.notices.services import link, tell
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.trail.services import record, step
from goldenthread.web.wording import day, plural

KIND = "tasks asked after"


@dataclass(frozen=True, slots=True)
class Chased:
    """How many tasks were asked after, of how many people, and how many of those chosen were left alone."""

    tasks: int
    people: int
    left: int


@step
def chase_tasks(*, by: Person, codes: Collection[str], now: datetime, today: date) -> Chased:
    """Ask the owners of these tasks when they will be done. Raises `Refused` where there is none to ask after.

    Left alone: what is not to do any more, her own tasks, and what was asked after today already.
    """
    if not may("chase tasks", standings(by)):
        raise Refused("Tasks are asked after by those who manage the team, and by the Quality Assurance Unit.")
    if not codes:
        raise Refused("Choose at least one task to ask after.")
    found = tasks_to_chase(by, today).filter(code__in=codes).select_for_update(of=("self",))
    tasks = list(found.select_related("owner").order_by("owner", "due_on", "pk"))
    if not tasks:
        raise Refused(
            "None of these can be asked after: they are done, or your own, or were asked after today already."
        )
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(chased_on=today, chases=F("chases") + 1)
    for task in tasks:
        record(by=by, verb="asked after", thing=task, at=now)
    by_owner: dict[int, list[Task]] = {}
    for task in tasks:
        by_owner.setdefault(task.owner_id, []).append(task)
    for hers in by_owner.values():
        _write(by, hers, now, today)
    return Chased(len(tasks), len(by_owner), len(set(codes)) - len(tasks))


def _write(by: Person, tasks: Sequence[Task], now: datetime, today: date) -> None:
    """Numbers and days only. A task is asked after once a day, so its key makes the message one of a day too."""
    owner, late = tasks[0].owner, [task for task in tasks if task.due_on < today]
    days = f"The first was due on {day(tasks[0].due_on, 'plain')}." if late else ""
    days = days or f"The first is due on {day(tasks[0].due_on, 'plain')}."
    overdue = f", {len(late)} of them late" if late and len(tasks) > 1 else ", which is late" if late else ""
    tell(
        key=f"chased:{today.isoformat()}:{tasks[0].code}", to=owner, kind=KIND,
        subject=f"{by.name} asks after {plural(len(tasks), 'task')} of yours",
        body=(
            f"{owner.name},\n\n{by.name} ({by.capacity}) asks when {plural(len(tasks), 'task')} of yours from file "
            f"audits will be done{overdue}. {days}\n\nMark them done with where the record shows it, or say why not:\n"
            f"{link(reverse('tasks'))}?mine=on\n"
        ),
        now=now,
    )  # fmt: skip
