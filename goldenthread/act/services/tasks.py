"""Tasks: done with a note of evidence, asked for again with a reason."""

from __future__ import annotations

from datetime import datetime

from goldenthread.act.models import Return, Task
from goldenthread.act.queries import OpenReturn
from goldenthread.method.access import Is
from goldenthread.method.lifecycles import TASK, TaskFacts
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step


@step
def complete_task(*, by: Person, opened: OpenReturn, task: Task, evidence: str, now: datetime) -> Task:
    """Mark a task done, saying what was done and where the record shows it."""
    task = _locked(opened, task)
    theirs = opened.standings - {Is.OWNER} | ({Is.OWNER} if task.owner_id == by.pk else set())
    row = TASK.take("complete", task.state, theirs, TaskFacts(evidence=evidence))
    task.state, task.evidence, task.done_at, task.done_by = row.after, evidence.strip(), now, by
    task.save(update_fields=["state", "evidence", "done_at", "done_by"])
    record(by=by, verb="completed", thing=task, at=now, now={"state": task.state})
    return task


@step
def reopen_task(*, by: Person, opened: OpenReturn, task: Task, because: str, now: datetime) -> Task:
    """Ask for a task again, with the reason."""
    task = _locked(opened, task)
    row = TASK.take("reopen", task.state, opened.standings, TaskFacts(reason=because))
    was = {"evidence": task.evidence}
    task.state, task.done_at, task.done_by = row.after, None, None
    task.save(update_fields=["state", "done_at", "done_by"])
    record(by=by, verb="reopened", thing=task, at=now, was=was, because=because)
    return task


def _locked(opened: OpenReturn, task: Task) -> Task:
    """The task as it now stands, held with its return until the end of the transaction."""
    returned = Return.objects.select_for_update().get(pk=opened.returned.pk)
    if returned.state != "with the team":
        raise Refused("This audit's tasks are signed off, so they can no longer be changed.")
    return returned.tasks.select_related("owner").get(pk=task.pk)
