"""Checking a sampled task in the record: truly done, partly, or not; and, where it was not, that it was put right."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from goldenthread.act.models import TaskCheck
from goldenthread.act.queries.answerable import managers_on
from goldenthread.act.queries.samples import PUT_RIGHT, event_of_putting_right, signatures_of, why_not_check
from goldenthread.method.assurance import WANTING
from goldenthread.method.refusal import Refused
from goldenthread.notices.services import link, tell
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON

OUTCOMES = dict(TaskCheck.OUTCOMES)


@step
def check_task(*, by: Person, check: TaskCheck, outcome: str, note: str, now: datetime) -> TaskCheck:
    """Say of a sampled task what the record shows. It stays as it was said, for ever.

    Raises `Refused`: not hers to check, checked already, no answer, or no note where it is not truly done.
    """
    check = _locked(check)
    _must_be_hers(by, check)
    if check.outcome:
        raise Refused("This task is checked already, and what was found stands.")
    if outcome not in OUTCOMES:
        raise Refused("Say whether the task is truly done, partly done or not done.")
    if outcome in WANTING and not note.strip():
        raise Refused("Say what is missing, so that the team knows what to put right.")
    check.outcome, check.note, check.checked_at, check.checked_by = outcome, note.strip(), now, by
    check.save(update_fields=["outcome", "note", "checked_at", "checked_by"])
    record(by=by, verb="checked", thing=check, at=now, now={"task": check.task_id, "outcome": outcome}, because=note)
    if outcome in WANTING:
        _tell_managers(by, check, now)
    return check


@step
def see_put_right(*, by: Person, check: TaskCheck, note: str, now: datetime) -> TaskCheck:
    """Say that a task which was found wanting is done by now, and where the record shows it.

    What was found stands, and so does its rate: that it was put right is a second thing, kept on the trail.
    """
    check = _locked(check)
    _must_be_hers(by, check)
    if check.outcome not in WANTING:
        raise Refused("Only a task that was found not, or only partly, done can be found put right.")
    if event_of_putting_right(check):
        raise Refused("Somebody has seen already that this task was put right.")
    if not note.strip():
        raise Refused("Say what was done, and where the record shows it.")
    record(by=by, verb=PUT_RIGHT, thing=check, at=now, because=note.strip())
    return check


def _locked(check: TaskCheck) -> TaskCheck:
    related = ("task__returned__audit", "task__owner")
    return TaskCheck.objects.select_for_update(of=("self",)).select_related(*related).get(pk=check.pk)


def _must_be_hers(by: Person, check: TaskCheck) -> None:
    if why := why_not_check(by, check, [signed.signed_by_id for signed in signatures_of(check)]):
        raise Refused(why)


def _tell_managers(by: Person, check: TaskCheck, now: datetime) -> None:
    """The team's and the service's manager hear that something is to be put right; nothing of the child."""
    managers, returned = managers_on(check.authority_id, now.astimezone(LONDON).date()), check.task.returned
    told = (managers.of_team.get(returned.team_id or 0), managers.of_service.get(returned.service_id or 0))
    for person in {each.pk: each for each in told if each and each.pk != by.pk}.values():
        tell(
            key=f"wanting:{check.code}:{person.pk}", to=person, kind="assurance",
            subject="A signed-off task was found not to be done",
            body=f"{person.name},\n\nA task that was signed off was checked in the record, and is {_found(check)}. "
            f"What is missing stands here; put it right, and say so to whoever checked it.\n\n"
            f"{link(reverse('check_task', args=[check.code]))}\n",
            now=now,
        )  # fmt: skip


def _found(check: TaskCheck) -> str:
    return "only partly done" if check.outcome == "partly" else "not done"
