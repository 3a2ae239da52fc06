"""Reading immediate concerns: who may see which, who is told, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.act.models import Concern
from goldenthread.audit.models import Audit
from goldenthread.audit.queries.blindness import blind_to, reads_it
from goldenthread.framework.queries import framework_or_none_on
from goldenthread.method.access import MAY, Is, may
from goldenthread.method.framework import Concerns
from goldenthread.people.models import Person, Post
from goldenthread.people.queries import people_in_post
from goldenthread.people.standing import standings

PAGE = 50
OPEN = ("raised", "acknowledged")
NO_RULE = Concerns()


def told(person: Person) -> Exists:
    """Whether this person was told of the concern."""
    return Exists(Concern.told.through.objects.filter(concern=OuterRef("pk"), person=person.pk))


def concerns_visible_to(person: Person) -> QuerySet[Concern]:
    """The list form of "read a concern".

    Whoever grades the file blind sees none that others raised; but who was told sees it all the same: a child waits.
    """
    hers = Q(raised_by=person.pk) | Q(told(person))
    if may("read a concern", standings(person) & {Is.QUALITY_ASSURANCE, Is.DIRECTOR}):
        hers |= ~blind_to(person.pk, "audit")
    return Concern.objects.filter(hers, authority=person.authority_id)


@dataclass(frozen=True, slots=True)
class OpenConcern:
    """A concern as one person sees it: the row, who was told, and what she is to it."""

    concern: Concern
    told: tuple[Person, ...]
    standings: frozenset[Is]


def concern_or_none(person: Person, code: str) -> OpenConcern | None:
    """Two statements; None alike when there is none and when it is not hers to see."""
    related = ("audit__session__group", "audit__team", "raised_by", "acknowledged_by", "closed_by")
    concern = concerns_visible_to(person).select_related(*related).filter(code=code).first()
    if concern is None:
        return None
    told_of_it = tuple(concern.told.order_by("name", "pk"))
    return OpenConcern(concern, told_of_it, standings_of(person, concern, told_of_it))


def standings_of(person: Person, concern: Concern, told_of_it: Iterable[Person]) -> frozenset[Is]:
    """What this person is to a concern."""
    found = standings(person) - {Is.TEAM_MANAGER, Is.SERVICE_MANAGER}
    if any(each.pk == person.pk for each in told_of_it):
        found |= {Is.TOLD}
    return found | {Is.RAISER} if concern.raised_by_id == person.pk else found


def audit_to_raise_on(person: Person, code: str) -> Audit | None:
    """The audit from which this person may raise a concern, however far it is: her own, one she moderates, any for the
    unit. Blindness does not stand in the way: nothing of the audit is shown to whoever raises one."""
    audits = Audit.objects.filter(authority=person.authority_id)
    if not may("raise a concern", standings(person) & MAY["raise a concern"]):
        audits = audits.filter(reads_it(person.pk))
    return audits.select_related("session__group", "team", "service").filter(code=code).first()


# --- who is told --------------------------------------------------------------------------------------------


def rule_on(authority_id: int, day: date) -> Concerns:
    """What the council's rules of that day say of concerns: it is today's posts that are told."""
    version = framework_or_none_on(authority_id, day)
    return version.parsed.concerns if version else NO_RULE


def holders(audit: Audit, kinds: Sequence[str], day: date, *, but: Iterable[int] = ()) -> list[Person]:
    """Who holds these posts, in the order of the posts: of those that oversee a team or a service the child's own.

    Where nobody does, the Quality Assurance Unit and the directors: somebody always hears of it. One statement, or two.
    """
    left_out = set(but)
    found = _for_this_child(audit, people_in_post(audit.authority_id, day, kinds)) if kinds else []
    found.sort(key=lambda post: kinds.index(post.kind))
    people = {post.person_id: post.person for post in found if post.person_id not in left_out}
    if people:
        return list(people.values())
    everywhere = people_in_post(audit.authority_id, day).filter(Q(quality_assurance=True) | Q(oversees="authority"))
    last = {post.person_id: post.person for post in everywhere}
    return [person for key, person in last.items() if key not in left_out]


def _for_this_child(audit: Audit, posts: Iterable[Post]) -> list[Post]:
    own = {"team": audit.team_id, "service": audit.service_id}
    return [post for post in posts if post.oversees not in own or post.team_id == (own[post.oversees] or 0)]


# --- lists --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConcernFilter:
    """What the list of concerns is narrowed by; blank means all."""

    state: str = ""
    text: str = ""

    def narrow(self, concerns: QuerySet[Concern]) -> QuerySet[Concern]:
        wanted = Q(state=self.state) if self.state else Q()
        if self.text:
            wanted &= Q(audit__ref__istartswith=self.text)
        return concerns.filter(wanted)


@dataclass(frozen=True, slots=True)
class ConcernPage:
    """The concerns that are open, the most pressing first, and one page of those closed, the newest first."""

    open: tuple[Concern, ...]
    closed: tuple[Concern, ...]
    older: int | None


def page_of_concerns(person: Person, narrowed: ConcernFilter, *, below: int | None = None) -> ConcernPage:
    """Two statements. The open ones stand on the first page only."""
    related = ("audit__team", "raised_by", "acknowledged_by")
    concerns = narrowed.narrow(concerns_visible_to(person)).select_related(*related)
    still = concerns.filter(state__in=OPEN).order_by("answer_by", "pk") if below is None else ()
    closed = concerns.filter(state="closed").order_by("-pk")
    found = list((closed.filter(pk__lt=below) if below is not None else closed)[: PAGE + 1])
    return ConcernPage(tuple(still), tuple(found[:PAGE]), found[PAGE - 1].pk if len(found) > PAGE else None)


def concerns_to_answer(person: Person) -> QuerySet[Concern]:
    """What waits for this person: those she was told of and nobody has acknowledged, those she has and not closed."""
    waiting = Q(state="raised") | Q(state="acknowledged", acknowledged_by=person.pk)
    return Concern.objects.filter(waiting, told(person)).select_related("audit__team").order_by("answer_by", "pk")


def concerns_overdue(now: datetime) -> QuerySet[Concern]:
    """Of every council: those that nobody acknowledged in time and that were not passed on yet."""
    late = Concern.objects.filter(state="raised", escalated__isnull=True, answer_by__lte=now)
    return late.order_by("answer_by", "pk")
