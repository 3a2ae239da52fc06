"""One task of a list as its row: the council's words for how urgent and how far, and whether it may be asked after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.act.models import Task
from goldenthread.act.showing import Standing, standing_of_task
from goldenthread.act.signed import scope_in_words, severity_in_words
from goldenthread.method.access import MAY
from goldenthread.method.deadlines import late_by
from goldenthread.people.models import Person
from goldenthread.people.standing import standings_towards
from goldenthread.web.wording import LONDON, day

COLUMNS = (
    "Case", "Service", "Team", "Task", "How urgent", "How far it reaches", "Whose task", "Due on", "Due at first",
    "How far", "Days late", "What was done", "Where the record shows it", "Done on", "Asked after on", "Times asked",
)  # fmt: skip
STATES = dict(Task.STATES)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A row of the list. `chased`: when it was last asked after, in words; `may_chase`: whether it can be chosen."""

    task: Task
    standing: Standing
    severity: str
    scope: str
    first_due: str
    chased: str
    may_chase: bool


def line_of(task: Any, person: Person, today: date) -> TaskLine:
    """No statement: everything a row shows came with the task."""
    return TaskLine(
        task=task,
        standing=standing_of_task(task, today),
        severity=severity_in_words(task.returned.audit.framework.parsed, task.severity),
        scope="" if task.scope == "child" else scope_in_words(task.scope, task.agency),
        first_due=day(task.first_due_on, "short") if task.first_due_on != task.due_on else "",
        chased=day(task.chased_on, "short") if task.chased_on else "",
        may_chase=_may_chase(task, person, today),
    )


def _may_chase(task: Task, person: Person, today: date) -> bool:
    """As `queries.tasks.tasks_to_chase` says it in a statement."""
    returned = task.returned
    towards = standings_towards(person, authority=task.authority_id, team=returned.team_id, service=returned.service_id)
    open_now = task.state == "to do" and returned.state == "with the team" and task.owner.is_active
    hers = task.owner_id == person.pk
    return bool(towards & MAY["chase tasks"]) and open_now and not hers and task.chased_on != today


def row_of(task: Any, today: date) -> tuple[object, ...]:
    """A line of the file, under `COLUMNS`."""
    returned, framework = task.returned, task.returned.audit.framework.parsed
    late = late_by(task.due_on, today) if task.state in {"to do", "challenged"} else 0
    return (
        returned.audit.ref,
        returned.service.name if returned.service else "",
        returned.team.name if returned.team else "",
        task.text,
        severity_in_words(framework, task.severity),
        scope_in_words(task.scope, task.agency),
        task.owner.name,
        task.due_on.isoformat(),
        task.first_due_on.isoformat(),
        STATES[task.state],
        late,
        task.evidence,
        task.record,
        task.done_at.astimezone(LONDON).date().isoformat() if task.done_at else "",
        task.chased_on.isoformat() if task.chased_on else "",
        task.chases,
    )
