"""More time for a task: given by a post that may, never for one's own, and kept for ever with who allowed it."""

from __future__ import annotations

from datetime import date, datetime

from goldenthread.act.models import Extension, Return, Task
from goldenthread.act.queries import OpenReturn, managers_on
from goldenthread.act.queries.answering import answering
from goldenthread.act.services.signing import capacity_for
from goldenthread.act.services.tasks import held_task
from goldenthread.method.following import givers_of_time, sign_off_due, too_long
from goldenthread.method.framework import Framework
from goldenthread.method.lifecycles import TASK, TaskFacts
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step


@step
def extend_task(
    *, by: Person, opened: OpenReturn, task: Task, until: date, because: str, asked: bool, now: datetime, today: date
) -> Extension:
    """Give a task until a later day. `asked`: its owner asked for it. The return's own days move where they must."""
    task = held_task(opened, task)
    framework = opened.returned.audit.framework.parsed
    _refuse(by, opened, task, framework, until, because, today)
    given = Extension.objects.create(
        authority_id=task.authority_id, task=task, was_due_on=task.due_on, due_on=until, because=because.strip(),
        asked_by=task.owner if asked else None, allowed_at=now, allowed_by=by,
        capacity=capacity_for(by, opened.returned),
    )  # fmt: skip
    task.due_on = until
    task.save(update_fields=["due_on"])
    _move_along(task.returned, framework, until)
    record(
        by=by, verb="extended", thing=task, at=now, was={"due_on": given.was_due_on.isoformat()},
        now={"due_on": until.isoformat()}, because=because, capacity=given.capacity,
    )  # fmt: skip
    return given


def _refuse(
    by: Person, opened: OpenReturn, task: Task, framework: Framework, until: date, because: str, today: date
) -> None:  # fmt: skip
    managers = managers_on(opened.returned.authority_id, today)
    hers = answering(by, opened.returned, task, givers_of_time(framework), framework, managers)
    facts = TaskFacts(
        reason=because, own=task.owner_id == by.pk, nearer="" if hers.may else hers.instead,
        too_long=too_long(framework.tasking, task.due_on, task.first_due_on, until, today),
    )  # fmt: skip
    TASK.take("extend", task.state, opened.standings, facts)


def _move_along(returned: Return, framework: Framework, until: date) -> None:
    """The section cannot be signed off before its last task is due: its day moves with it, and never back."""
    if until <= returned.due_on:
        return
    returned.due_on = until
    returned.sign_off_due_on = max(returned.sign_off_due_on, sign_off_due(framework, until))
    returned.save(update_fields=["due_on", "sign_off_due_on"])
