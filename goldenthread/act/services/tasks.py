"""Tasks: agreed by their owner, done with what was done and where the record shows it, asked for again."""

from __future__ import annotations

from datetime import datetime

from goldenthread.act.models import Return, Task
from goldenthread.act.queries import OpenReturn
from goldenthread.method.lifecycles import TASK, TaskFacts
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail import services as trail
from goldenthread.trail.services import step


@step
def agree_to_task(*, by: Person, opened: OpenReturn, task: Task, now: datetime) -> Task:
    """Its owner takes it on."""
    task = held_task(opened, task)
    TASK.take("agree", task.state, opened.standings_to(task, by), TaskFacts())
    if task.agreed_at:
        raise Refused("You have agreed to this task already.")
    task.agreed_at, task.agreed_by = now, by
    task.save(update_fields=["agreed_at", "agreed_by"])
    trail.record(by=by, verb="agreed to", thing=task, at=now)
    return task


@step
def complete_task(*, by: Person, opened: OpenReturn, task: Task, evidence: str, record: str, now: datetime) -> Task:
    """Mark a task done, saying what was done and where the council's record shows it: a reference, no document."""
    task = held_task(opened, task)
    facts = TaskFacts(evidence=evidence, record=record)
    row = TASK.take("complete", task.state, opened.standings_to(task, by), facts)
    task.state, task.evidence, task.record = row.after, evidence.strip(), record.strip()
    task.done_at, task.done_by = now, by
    task.save(update_fields=["state", "evidence", "record", "done_at", "done_by"])
    trail.record(by=by, verb="completed", thing=task, at=now, now={"state": task.state})
    return task


@step
def reopen_task(*, by: Person, opened: OpenReturn, task: Task, because: str, now: datetime) -> Task:
    """Ask for a task again, with the reason."""
    task = held_task(opened, task)
    row = TASK.take("reopen", task.state, opened.standings, TaskFacts(reason=because))
    was = {"evidence": task.evidence, "record": task.record}
    task.state, task.done_at, task.done_by = row.after, None, None
    task.save(update_fields=["state", "done_at", "done_by"])
    trail.record(by=by, verb="reopened", thing=task, at=now, was=was, because=because)
    return task


def held_task(opened: OpenReturn, task: Task) -> Task:
    """The task as it now stands, held with its return until the end of the transaction."""
    returned = Return.objects.select_for_update().get(pk=opened.returned.pk)
    if returned.state != "with the team":
        raise Refused("This audit's tasks are signed off, so they can no longer be changed.")
    return returned.tasks.select_related("owner", "returned").get(pk=task.pk)
