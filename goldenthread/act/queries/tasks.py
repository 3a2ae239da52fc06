"""Tasks: whose they are, who may see and ask after which, and exactly what is signed of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from goldenthread.act.models import Extension, Task
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.method.access import MAY, Is, may
from goldenthread.people.models import Person
from goldenthread.people.standing import standings

UNFINISHED = ("to do", "challenged")


def tasks_to_do(person: Person) -> QuerySet[Task]:
    """What this person herself has to do, the soonest due first."""
    tasks = Task.objects.filter(~blind_to(person.pk, "returned__audit"), owner=person.pk, state="to do")
    return with_framework(tasks.select_related("returned__team")).order_by("due_on", "pk")


def with_framework(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """With the audit and the rules each was asked under, but not their text: that is parsed once for all."""
    return tasks.select_related("returned__audit__framework").defer("returned__audit__framework__source")


def tasks_visible_to(person: Person) -> QuerySet[Task]:
    """The tasks of the returned audits that she may read; one predicate in the statement, as for the returns."""
    tasks = Task.objects.filter(~blind_to(person.pk, "returned__audit"), authority=person.authority_id)
    everywhere = {Is.QUALITY_ASSURANCE, Is.DIRECTOR} & MAY["read a returned audit"]
    if may("read a returned audit", standings(person) & everywhere):
        return tasks
    owns_another = Exists(Task.objects.filter(returned=OuterRef("returned"), owner=person.pk))
    return tasks.filter(Q(returned__practitioner=person.pk) | _managed(person) | Q(owner=person.pk) | owns_another)


def tasks_to_chase(person: Person, today: date) -> QuerySet[Task]:
    """What she may ask after today: to do, of those she manages or all for the unit and the directors, not her own."""
    tasks = Task.objects.filter(
        ~blind_to(person.pk, "returned__audit"), authority=person.authority_id, state="to do",
        returned__state="with the team", owner__is_active=True,
    )  # fmt: skip
    tasks = tasks.exclude(owner=person.pk).exclude(chased_on=today)
    if {Is.QUALITY_ASSURANCE, Is.DIRECTOR} & standings(person):
        return tasks
    return tasks.filter(_managed(person))


def _managed(person: Person) -> Q:
    return Q(returned__team__in=person.teams_managed) | Q(returned__service__in=person.services_managed)


def as_signed(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with everything that a signature stands for; two statements."""
    people = tasks.select_related("owner", "done_by", "decided_by", "challenged_by", "finding")
    return people.prefetch_related(Prefetch("extensions", Extension.objects.select_related("allowed_by")))


def signed_content(tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """Exactly what a sign-off signs: each task, whose and how urgent it was, by when, what was done and where."""
    return [
        {
            "task": task.code,
            "text": task.text,
            "owner": task.owner.name,
            "severity": task.severity,
            "scope": task.scope,
            "agency": task.agency,
            "due_on": task.due_on.isoformat(),
            "first_due_on": task.first_due_on.isoformat(),
            "extensions": [_extension(each) for each in task.extensions.all()],
            "state": task.state,
            "decision": task.decision,
            "evidence": task.evidence,
            "record": task.record,
            "done_at": task.done_at.isoformat() if task.done_at else "",
        }
        for task in tasks
    ]


def _extension(given: Extension) -> dict[str, str]:
    return {
        "from": given.was_due_on.isoformat(), "to": given.due_on.isoformat(), "because": given.because,
        "by": f"{given.allowed_by.name}, {given.capacity}",
    }  # fmt: skip
