"""Reading returns and tasks: who may see which, what is late, what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from goldenthread.act.models import Return, SignOff, Task
from goldenthread.audit.models import Audit
from goldenthread.method.access import MAY, Is, may
from goldenthread.people.models import Person
from goldenthread.people.standing import standings, standings_towards
from goldenthread.plan.models import Session


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
    """The list form of "read a returned audit"."""
    returns = Return.objects.filter(authority=person.authority_id)
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
        return sum(1 for task in self.tasks if task.state == "to do")


def open_return(person: Person, code: str) -> OpenReturn:
    """Raises Return.DoesNotExist alike when there is none and when it is not hers to see."""
    returned = (
        returns_visible_to(person)
        .select_related("audit__session__group", "audit__framework", "practitioner", "returned_by", "team", "service")
        .get(code=code)
    )
    tasks = tuple(returned.tasks.select_related("owner", "done_by", "finding"))
    owns = any(task.owner_id == person.pk for task in tasks)
    sign_offs = tuple(returned.sign_offs.select_related("signed_by"))
    return OpenReturn(returned, tasks, sign_offs, standings_of(person, returned, owns_a_task=owns))


def task_in(opened: OpenReturn, code: str) -> Task:
    found = next((task for task in opened.tasks if task.code == code), None)
    if found is None:
        raise Task.DoesNotExist
    return found


@dataclass(frozen=True, slots=True)
class ReturnFilter:
    state: str = ""
    team: str = ""
    late: bool = False
    text: str = ""

    def narrow(self, returns: QuerySet[Return], today: date) -> QuerySet[Return]:
        wanted = Q()
        if self.state:
            wanted &= Q(state=self.state)
        if self.team:
            wanted &= Q(team=self.team)
        if self.late:
            wanted &= Q(state="with the team", sign_off_due_on__lt=today)
        if self.text:
            wanted &= Q(audit__ref__istartswith=self.text)
        return returns.filter(wanted)


def returns_with_counts(person: Person, narrowed: ReturnFilter, today: date) -> QuerySet[Return]:
    """The returned audits this person may see, the most pressing first, with how their tasks stand."""
    late = Count("tasks", filter=Q(tasks__state="to do", tasks__due_on__lt=today))
    returns = narrowed.narrow(returns_visible_to(person), today).select_related("audit", "team", "practitioner")
    return returns.annotate(
        all_tasks=Count("tasks"), to_do=Count("tasks", filter=Q(tasks__state="to do")), late=late
    ).order_by("accepted_at", "sign_off_due_on", "pk")


def tasks_to_do(person: Person) -> QuerySet[Task]:
    """What this person herself has to do."""
    return Task.objects.filter(owner=person.pk, state="to do").select_related("returned__audit", "returned__team")


def returns_to_sign_off(person: Person) -> QuerySet[Return]:
    """The returns of the teams this person manages whose tasks are all done and wait for a signature."""
    waiting = Return.objects.filter(state="with the team", team__in=person.teams_managed)
    undone = Exists(Task.objects.filter(returned=OuterRef("pk"), state="to do"))
    return waiting.exclude(undone).select_related("audit", "team").order_by("sign_off_due_on", "pk")


def returns_to_accept(person: Person) -> QuerySet[Return]:
    """What has come back to the Quality Assurance Unit and waits to be accepted."""
    if not person.is_quality_assurance:
        return Return.objects.none()
    return Return.objects.filter(authority=person.authority_id, state="signed off").select_related("audit", "team")


def late_returns(person: Person, today: date) -> QuerySet[Return]:
    """Returns whose sign-off is overdue, as far as this person may see them."""
    late = returns_visible_to(person).filter(state="with the team", sign_off_due_on__lt=today)
    return late.select_related("audit", "team").order_by("sign_off_due_on", "pk")


def audits_to_return(session: Session) -> QuerySet[Audit]:
    """The session's submitted audits that have not been returned yet."""
    returned = Exists(Return.objects.filter(audit=OuterRef("pk")))
    return Audit.objects.filter(session=session, state="submitted").exclude(returned).order_by("pk")


def sessions_to_return(person: Person) -> QuerySet[Session]:
    """Sessions with submitted audits that wait to be returned; for the Quality Assurance Unit."""
    if not person.is_quality_assurance:
        return Session.objects.none()
    returned = Exists(Return.objects.filter(audit=OuterRef("pk")))
    waiting = Audit.objects.filter(session=OuterRef("pk"), state="submitted").exclude(returned)
    sessions = Session.objects.filter(Exists(waiting), authority=person.authority_id)
    return sessions.select_related("group").order_by("held_on")


def returns_of(session: Session) -> QuerySet[Return]:
    returns = Return.objects.filter(audit__session=session)
    return returns.prefetch_related(Prefetch("tasks", Task.objects.select_related("owner"))).order_by("pk")


def signed_content(tasks: Sequence[Task]) -> list[dict[str, str]]:
    """Exactly what a sign-off signs: each task, its owner, and what was done."""
    return [
        {
            "task": task.code,
            "text": task.text,
            "owner": task.owner.name,
            "state": task.state,
            "evidence": task.evidence,
            "done_at": task.done_at.isoformat() if task.done_at else "",
        }
        for task in tasks
    ]
