"""Returned audits: who may see which, one of them opened, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.act.models import Return, SignOff, Task
from goldenthread.act.queries.tasks import UNFINISHED, as_signed
from goldenthread.audit.queries import OpenAudit
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.method.access import MAY, Is, may
from goldenthread.people.models import Person
from goldenthread.people.standing import standings, standings_towards
from goldenthread.trail.models import Event


def standings_of(person: Person, returned: Return, *, owns_a_task: bool = False) -> frozenset[Is]:
    """What this person is to a returned audit."""
    found = standings_towards(
        person, authority=returned.authority_id, team=returned.team_id, service=returned.service_id
    )
    if returned.authority_id != person.authority_id:
        return found
    if returned.practitioner_id == person.pk:
        found |= {Is.PRACTITIONER}
    return found | {Is.OWNER} if owns_a_task else found


def returns_visible_to(person: Person) -> QuerySet[Return]:
    """The list form of "read a returned audit"; never one whose file she is grading blind."""
    returns = Return.objects.filter(~blind_to(person.pk, "audit"), authority=person.authority_id)
    everywhere = {Is.QUALITY_ASSURANCE, Is.DIRECTOR} & MAY["read a returned audit"]
    if may("read a returned audit", standings(person) & everywhere):
        return returns
    hers = Exists(Task.objects.filter(returned=OuterRef("pk"), owner=person.pk))
    return returns.filter(
        Q(practitioner=person.pk) | Q(team__in=person.teams_managed) | Q(service__in=person.services_managed) | hers
    )


@dataclass(frozen=True, slots=True)
class OpenReturn:
    """A returned audit as one person sees it."""

    returned: Return
    tasks: tuple[Task, ...]
    sign_offs: tuple[SignOff, ...]
    standings: frozenset[Is]

    @property
    def to_do(self) -> int:
        """Tasks that still need something: to be done, or a challenge of them to be decided."""
        return sum(1 for task in self.tasks if task.state in UNFINISHED)

    def standings_to(self, task: Task, person: Person) -> frozenset[Is]:
        """What this person is to one of the tasks: its owner only where it is hers."""
        return self.standings - {Is.OWNER} | ({Is.OWNER} if task.owner_id == person.pk else set())


def open_return_or_none(person: Person, code: str) -> OpenReturn | None:
    """A returned audit with its tasks and signatures; None alike when there is none and when it is not hers to see."""
    returned = (
        returns_visible_to(person)
        .select_related(
            "audit__session__group", "audit__framework", "audit__template", "returned_by", "accepted_by", "team",
        )
        .defer("audit__framework__source", "audit__template__source")
        .filter(code=code)
        .first()
    )  # fmt: skip
    if returned is None:
        return None
    tasks = tuple(as_signed(returned.tasks.all()))
    owns = any(task.owner_id == person.pk for task in tasks)
    sign_offs = tuple(returned.sign_offs.select_related("signed_by"))
    return OpenReturn(returned, tasks, sign_offs, standings_of(person, returned, owns_a_task=owns))


def open_return(person: Person, code: str) -> OpenReturn:
    """The same, for who knows that it is there. Raises Return.DoesNotExist."""
    opened = open_return_or_none(person, code)
    if opened is None:
        raise Return.DoesNotExist
    return opened


def task_or_none(opened: OpenReturn, code: str) -> Task | None:
    return next((task for task in opened.tasks if task.code == code), None)


def audit_of(opened: OpenReturn) -> OpenAudit:
    """The audit behind a return, to be read by whoever may read the return: nobody writes in it any more."""
    audit = opened.returned.audit
    part = audit.parts.get(kind="auditor")
    return OpenAudit(audit, part, audit.form, audit.framework.parsed, opened.standings, None)


def events_of_return(opened: OpenReturn) -> QuerySet[Event]:
    """What happened to the return and its tasks, and who read the audit by way of it, oldest first."""
    returned = opened.returned
    through = Q(verb__in=["submitted", "returned"]) | Q(verb="read", now__return=returned.pk)
    of_audit = Q(thing="audit", thing_id=returned.audit_id) & through
    of_tasks = Q(thing="task", thing_id__in=[task.pk for task in opened.tasks])
    return Event.objects.filter(of_audit | of_tasks | Q(thing="return", thing_id=returned.pk)).order_by("seq")
