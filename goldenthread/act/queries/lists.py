"""Lists of returned audits: narrowed, paged, late, waiting for a signature or to be accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from goldenthread.act.models import Return, Task
from goldenthread.act.queries.returns import returns_visible_to
from goldenthread.act.queries.tasks import UNFINISHED
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.method.access import Is
from goldenthread.people.models import Person, Post
from goldenthread.people.queries import teams_of
from goldenthread.people.standing import standings
from goldenthread.web.keyset import page_of

UNDONE = Exists(Task.objects.filter(returned=OuterRef("pk"), state__in=UNFINISHED))


OPEN = ("with the team", "signed off")


def late_on(today: date) -> Q:
    """With the team, and either a task is undone after its day or the signature is."""
    task = Exists(Task.objects.filter(returned=OuterRef("pk"), state__in=UNFINISHED, due_on__lt=today))
    overdue = Q(sign_off_due_on__lt=today) | Q(task)
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
    rows = found.select_related("audit__session__group", "team", "practitioner").annotate(
        all_tasks=Coalesce(Subquery(tasks.annotate(n=Count("pk")).values("n")), 0),
        first_due_on=first_due(),
        to_do=Coalesce(Subquery(tasks.filter(state__in=UNFINISHED).annotate(n=Count("pk")).values("n")), 0),
    )
    shown, further = page_of(rows, "sign_off_due_on", after)
    return ReturnPage(tuple(shown), found.count(), further)


def teams_to_choose(person: Person, today: date) -> list[tuple[str, str]]:
    """The teams whose returned audits this person may see, for a filter; none where she sees only her own."""
    teams = teams_of(person.authority_id, today).filter(parent__isnull=False)
    if not {Is.QUALITY_ASSURANCE, Is.DIRECTOR} & standings(person):
        teams = teams.filter(Q(pk__in=person.teams_managed) | Q(parent__in=person.services_managed))
    return [(str(team.pk), team.name) for team in teams]


def returns_to_sign_off(person: Person, today: date) -> QuerySet[Return]:
    """Returns whose tasks are all done and that wait for this person's signature.

    Those of her teams; and those of her services where the team has no manager, or its manager did a task herself.
    Never one in which she did a task.
    """
    asked = Task.objects.filter(returned=OuterRef("pk")).exclude(state="dropped")
    hers = Exists(asked.filter(owner=person.pk))
    manager = Post.objects.filter(Post.on(today), team=OuterRef("team"), oversees="team", person__is_active=True)
    managers_task = asked.filter(
        Post.on(today, "owner__posts__"), owner__posts__oversees="team",
        owner__posts__team=OuterRef("team"),
    )  # fmt: skip
    falls_to_service = Q(~Exists(manager) | Exists(managers_task), service__in=person.services_managed)
    waiting = Return.objects.filter(
        Q(team__in=person.teams_managed) | falls_to_service, ~UNDONE, ~hers, ~blind_to(person.pk, "audit"),
        authority=person.authority_id, state="with the team",
    )  # fmt: skip
    return waiting.select_related("audit", "team").order_by("sign_off_due_on", "pk")


def returns_to_accept(person: Person) -> QuerySet[Return]:
    """What has come back to the Quality Assurance Unit and waits to be accepted."""
    if not person.is_quality_assurance:
        return Return.objects.none()
    back = returns_visible_to(person).filter(state="signed off")
    return back.select_related("audit", "team").order_by("sign_off_due_on", "pk")


def late_returns(person: Person, today: date) -> QuerySet[Return]:
    """Returns that are late, as far as this person may see them, the latest first."""
    late = returns_visible_to(person).filter(late_on(today))
    late = late.annotate(first_due_on=first_due())
    return late.select_related("audit", "team").order_by("sign_off_due_on", "pk")


def first_due() -> Subquery:
    """When the first of a return's unfinished tasks is due; nothing where none is."""
    tasks = Task.objects.filter(returned=OuterRef("pk"), state__in=UNFINISHED).order_by("due_on", "pk")
    return Subquery(tasks.values("due_on")[:1])
