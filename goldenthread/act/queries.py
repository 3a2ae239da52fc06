"""Reading returns and tasks: who may see which, what is late, what waits for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from goldenthread.act.models import Return, SignOff, Task
from goldenthread.audit.models import Audit, Finding, Judgement
from goldenthread.audit.queries import OpenAudit
from goldenthread.method.access import MAY, Is, may
from goldenthread.people.models import Person, Post
from goldenthread.people.queries import people_in_post, teams_of
from goldenthread.people.standing import standings, standings_towards
from goldenthread.plan.models import Session
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


def open_return_or_none(person: Person, code: str) -> OpenReturn | None:
    """A returned audit with its tasks and signatures; None alike when there is none and when it is not hers to see."""
    returned = (
        returns_visible_to(person)
        .select_related(
            "audit__session__group", "audit__framework", "audit__template", "returned_by", "accepted_by", "team",
        )
        .filter(code=code)
        .first()
    )  # fmt: skip
    if returned is None:
        return None
    tasks = tuple(returned.tasks.select_related("owner", "done_by", "finding"))
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
    return OpenAudit(audit, part, audit.template.parsed, audit.framework.parsed, opened.standings, None)


def events_of_return(opened: OpenReturn) -> QuerySet[Event]:
    """What happened to the return and its tasks, and who read the audit by way of it, oldest first."""
    returned = opened.returned
    through = Q(verb__in=["submitted", "returned"]) | Q(verb="read", now__return=returned.pk)
    of_audit = Q(thing="audit", thing_id=returned.audit_id) & through
    of_tasks = Q(thing="task", thing_id__in=[task.pk for task in opened.tasks])
    return Event.objects.filter(of_audit | of_tasks | Q(thing="return", thing_id=returned.pk)).order_by("seq")


def overall_judgement(audit: Audit) -> Judgement | None:
    return Judgement.objects.filter(audit=audit, section="").first()


# --- who answers for a team ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Managers:
    """Who manages which team and which service on a day, and who holds each managing post."""

    of_team: Mapping[int, Person]
    of_service: Mapping[int, Person]
    in_post: Mapping[str, Person]


def managers_on(authority_id: int, day: date) -> Managers:
    """One statement for the whole council, however many audits are returned."""
    posts = people_in_post(authority_id, day).exclude(oversees="").order_by("started_on", "pk")
    of_team: dict[int, Person] = {}
    of_service: dict[int, Person] = {}
    in_post: dict[str, Person] = {}
    for post in posts:
        in_post.setdefault(post.kind, post.person)
        if post.team_id:
            {"team": of_team, "service": of_service}.get(post.oversees, {}).setdefault(post.team_id, post.person)
    return Managers(of_team, of_service, in_post)


def whose_signature(opened: OpenReturn, managers: Managers) -> Person | None:
    """Who signs: the team's manager; her service's manager where she did a task herself, or where there is none."""
    owners = {task.owner_id for task in opened.tasks}
    candidates = (
        managers.of_team.get(opened.returned.team_id or 0),
        managers.of_service.get(opened.returned.service_id or 0),
    )
    return next((person for person in candidates if person and person.pk not in owners), None)


# --- lists --------------------------------------------------------------------------------------------------

PAGE = 50
UNDONE = Exists(Task.objects.filter(returned=OuterRef("pk"), state="to do"))
OPEN = ("with the team", "signed off")


def late_on(today: date) -> Q:
    """With the team, and either tasks are undone after their day or the signature is."""
    overdue = Q(sign_off_due_on__lt=today) | Q(UNDONE, due_on__lt=today)
    return Q(state="with the team") & overdue


@dataclass(frozen=True, slots=True)
class ReturnFilter:
    """What a list of returned audits is narrowed by. `state` blank: those not yet accepted; "all": every one."""

    state: str = ""
    team: str = ""
    late: bool = False
    text: str = ""

    def narrow(self, returns: QuerySet[Return], today: date) -> QuerySet[Return]:
        wanted = late_on(today) if self.late else Q()
        if self.state != "all":
            wanted &= Q(state=self.state) if self.state else Q(state__in=OPEN)
        if self.team:
            wanted &= Q(team=self.team)
        if self.text:
            wanted &= Q(audit__ref__istartswith=self.text)
        return returns.filter(wanted)


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """One page of returns with `all_tasks` and `to_do`, how many there are in all, and where the next page begins."""

    returns: tuple[Any, ...]
    count: int
    next: str


def page_of_returns(person: Person, narrowed: ReturnFilter, today: date, after: str = "") -> ReturnPage:
    """Fifty returned audits, the most pressing first, found by key; two statements.

    `after` is the last one's date of signature and id, as the page before gave it.
    """
    found = narrowed.narrow(returns_visible_to(person), today)
    tasks = Task.objects.filter(returned=OuterRef("pk")).order_by().values("returned")
    rows = (
        found.filter(_later(after))
        .select_related("audit__session__group", "team", "practitioner")
        .annotate(
            all_tasks=Coalesce(Subquery(tasks.annotate(n=Count("pk")).values("n")), 0),
            to_do=Coalesce(Subquery(tasks.filter(state="to do").annotate(n=Count("pk")).values("n")), 0),
        )
        .order_by("sign_off_due_on", "pk")[: PAGE + 1]
    )
    shown = tuple(rows)
    last = shown[PAGE - 1] if len(shown) > PAGE else None
    return ReturnPage(shown[:PAGE], found.count(), f"{last.sign_off_due_on.isoformat()}.{last.pk}" if last else "")


def _later(after: str) -> Q:
    day, _, key = after.partition(".")
    try:
        due_on = date.fromisoformat(day)
    except ValueError:
        return Q()
    if not key.isdecimal() or len(key) > 18:
        return Q()
    return Q(sign_off_due_on__gt=due_on) | Q(sign_off_due_on=due_on, pk__gt=int(key))


def teams_to_choose(person: Person, today: date) -> list[tuple[str, str]]:
    """The teams whose returned audits this person may see, for a filter; none where she sees only her own."""
    teams = teams_of(person.authority_id, today).filter(parent__isnull=False)
    if not {Is.QUALITY_ASSURANCE, Is.DIRECTOR} & standings(person):
        teams = teams.filter(Q(pk__in=person.teams_managed) | Q(parent__in=person.services_managed))
    return [(str(team.pk), team.name) for team in teams]


def tasks_to_do(person: Person) -> QuerySet[Task]:
    """What this person herself has to do, the soonest due first."""
    tasks = Task.objects.filter(owner=person.pk, state="to do")
    return tasks.select_related("returned__audit", "returned__team").order_by("due_on", "pk")


def returns_to_sign_off(person: Person, today: date) -> QuerySet[Return]:
    """Returns whose tasks are all done and that wait for this person's signature.

    Those of her teams; and those of her services where the team has no manager, or its manager did a task herself.
    Never one in which she did a task.
    """
    hers = Exists(Task.objects.filter(returned=OuterRef("pk"), owner=person.pk))
    manager = Post.objects.filter(Post.on(today), team=OuterRef("team"), oversees="team", person__is_active=True)
    managers_task = Task.objects.filter(
        Post.on(today, "owner__posts__"), returned=OuterRef("pk"), owner__posts__oversees="team",
        owner__posts__team=OuterRef("team"),
    )  # fmt: skip
    falls_to_service = Q(~Exists(manager) | Exists(managers_task), service__in=person.services_managed)
    waiting = Return.objects.filter(
        Q(team__in=person.teams_managed) | falls_to_service, ~UNDONE, ~hers,
        authority=person.authority_id, state="with the team",
    )  # fmt: skip
    return waiting.select_related("audit", "team").order_by("sign_off_due_on", "pk")


def returns_to_accept(person: Person) -> QuerySet[Return]:
    """What has come back to the Quality Assurance Unit and waits to be accepted."""
    if not person.is_quality_assurance:
        return Return.objects.none()
    back = Return.objects.filter(authority=person.authority_id, state="signed off")
    return back.select_related("audit", "team").order_by("sign_off_due_on", "pk")


def late_returns(person: Person, today: date) -> QuerySet[Return]:
    """Returns that are late, as far as this person may see them, the latest first."""
    late = returns_visible_to(person).filter(late_on(today))
    return late.select_related("audit", "team").order_by("sign_off_due_on", "pk")


# --- before the return --------------------------------------------------------------------------------------


def audits_to_return(session: Session) -> QuerySet[Audit]:
    """The session's submitted audits that have not been returned yet."""
    returned = Exists(Return.objects.filter(audit=OuterRef("pk")))
    audits = Audit.objects.filter(session=session, state="submitted").exclude(returned)
    return audits.select_related("framework", "worker", "team").order_by("pk")


def actions_in(audits: Sequence[Audit]) -> dict[int, list[Finding]]:
    """What each of these audits asks to be put right, by the audit's id; one statement."""
    asked: dict[int, list[Finding]] = {audit.pk: [] for audit in audits}
    findings = Finding.objects.filter(part__audit__in=list(asked), removed=False, sort="improve").exclude(action="")
    for finding in findings.select_related("part").order_by("pk"):
        asked[finding.part.audit_id].append(finding)
    return asked


def sessions_to_return(person: Person) -> QuerySet[Session]:
    """Sessions with submitted audits that wait to be returned, and how many; for the Quality Assurance Unit."""
    if not person.is_quality_assurance:
        return Session.objects.none()
    returned = Exists(Return.objects.filter(audit=OuterRef("pk")))
    waiting = Audit.objects.filter(session=OuterRef("pk"), state="submitted").exclude(returned)
    counted = waiting.order_by().values("session").annotate(n=Count("pk")).values("n")
    sessions = Session.objects.filter(authority=person.authority_id).annotate(waiting=Subquery(counted))
    return sessions.filter(waiting__gt=0).select_related("group").order_by("held_on", "pk")


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
