"""An owner says that a task is not hers, or not needed; somebody else keeps it or drops it, and says why."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from goldenthread.act.models import Task
from goldenthread.act.queries import OpenReturn, managers_on
from goldenthread.act.queries.answering import answering
from goldenthread.act.services.tasks import held_task
from goldenthread.method.following import deciders
from goldenthread.method.lifecycles import TASK, TaskFacts
from goldenthread.notices.services import link, tell
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON

KIND = "task decided"


@step
def challenge_task(*, by: Person, opened: OpenReturn, task: Task, because: str, now: datetime) -> Task:
    """Say why a task is not hers, or not needed. Until that is decided it is neither done nor dropped."""
    task = held_task(opened, task)
    row = TASK.take("challenge", task.state, opened.standings_to(task, by), TaskFacts(reason=because))
    task.state, task.challenge, task.challenged_at, task.challenged_by = row.after, because.strip(), now, by
    task.decision, task.decided_at, task.decided_by = "", None, None
    task.save(
        update_fields=[
            "state", "challenge", "challenged_at", "challenged_by", "decision", "decided_at", "decided_by",
        ]
    )  # fmt: skip
    record(by=by, verb="challenged", thing=task, at=now, because=because)
    return task


@step
def keep_task(*, by: Person, opened: OpenReturn, task: Task, because: str, now: datetime) -> Task:
    """The task stands, and its owner does it after all."""
    return _decided("keep", "kept", by, opened, task, because, now)


@step
def drop_task(*, by: Person, opened: OpenReturn, task: Task, because: str, now: datetime) -> Task:
    """The task is not needed: nothing more is asked of its owner, and the reason stays on record."""
    return _decided("drop", "dropped", by, opened, task, because, now)


def _decided(
    name: str, verb: str, by: Person, opened: OpenReturn, task: Task, because: str, now: datetime
) -> Task:  # fmt: skip
    task = held_task(opened, task)
    framework = opened.returned.audit.framework.parsed
    managers = managers_on(opened.returned.authority_id, now.astimezone(LONDON).date())
    hers = answering(by, opened.returned, task, deciders(framework), framework, managers)
    facts = TaskFacts(
        reason=because, own=by.pk in {task.owner_id, task.challenged_by_id}, nearer="" if hers.may else hers.instead
    )
    row = TASK.take(name, task.state, opened.standings, facts)
    task.state, task.decision, task.decided_at, task.decided_by = row.after, because.strip(), now, by
    task.save(update_fields=["state", "decision", "decided_at", "decided_by"])
    record(by=by, verb=verb, thing=task, at=now, because=because)
    _tell_owner(task, opened, verb, by, now)
    return task


def _tell_owner(task: Task, opened: OpenReturn, verb: str, by: Person, now: datetime) -> None:
    """Nothing of the child: only that it was decided, and where to read it."""
    said = "still asked of you" if verb == "kept" else "not needed any more"
    path = reverse("open_return", args=[opened.returned.code])
    tell(
        key=f"task:{task.code}:{verb}:{now.isoformat()}", to=task.owner, kind=KIND,
        subject="A task you challenged is decided",
        body=f"{task.owner.name},\n\n{by.name} has decided: a task that you challenged is {said}.\n\n{link(path)}\n",
        now=now,
    )  # fmt: skip
