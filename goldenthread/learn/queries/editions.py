"""Reading editions: those one may read, the drafts, and the sessions that still wait for their report."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from goldenthread.audit.models import Audit
from goldenthread.learn.models import Edition
from goldenthread.method.access import may
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Group, Session
from goldenthread.trail.queries import events_of

PAGE = 50


def may_read_reports(person: Person) -> bool:
    return may("read published reports", standings(person))


def editions_visible_to(person: Person) -> QuerySet[Edition]:
    """Published editions: every one for the QAU, those for circulation for others who read reports."""
    published = Edition.objects.filter(authority=person.authority_id, state="published")
    published = published.select_related("session__group", "published_by").defer("content", "words")
    published = published.annotate(circulated=F("content__circulated"))
    if may("write reports", standings(person)):
        return published
    return published.filter(content__circulated=True) if may_read_reports(person) else published.none()


def edition_or_none(person: Person, code: str) -> Edition | None:
    """A published edition with its content; None alike when there is none and when it is not hers to read."""
    return editions_visible_to(person).defer(None).filter(code=code).first()


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One page of published editions, how many there are, and the key that the next, older page begins after."""

    editions: tuple[Edition, ...]
    count: int
    older: int | None


def page_of_editions(person: Person, *, group: str = "", below: int | None = None) -> EditionPage:
    """Fifty editions, newest first, of one group or of all."""
    editions = editions_visible_to(person)
    if group:
        editions = editions.filter(session__group__key=group)
    shown = editions.filter(pk__lt=below) if below is not None else editions
    found = list(shown.order_by("-pk")[: PAGE + 1])
    return EditionPage(tuple(found[:PAGE]), editions.count(), found[PAGE - 1].pk if len(found) > PAGE else None)


def groups_reported(person: Person) -> list[tuple[str, str]]:
    """(key, name) of each auditing group of her council."""
    return list(Group.objects.filter(authority=person.authority_id).values_list("key", "name"))


def drafts_of(person: Person) -> QuerySet[Edition]:
    """The drafts that the Quality Assurance Unit is writing; nobody else's."""
    drafts = Edition.objects.filter(authority=person.authority_id, state="draft").select_related("session__group")
    return drafts if may("write reports", standings(person)) else drafts.none()


def draft_of(session: Session) -> Edition | None:
    """The draft of this session's report, if somebody has begun to write it."""
    return Edition.objects.filter(report="session", session=session, state="draft").first()


def last_edition_of(session: Session) -> Edition | None:
    """The newest published edition of this session's report."""
    editions = Edition.objects.filter(report="session", session=session, state="published").order_by("-number")
    return editions.select_related("published_by").defer("content").first()


def last_saver(edition: Edition) -> str:
    """Who saved this draft last, as the trail has it."""
    event = events_of(edition).filter(verb="wrote").order_by("-seq").first()
    return event.by_name if event else "Somebody"


def sessions_to_report(person: Person) -> QuerySet[Session]:
    """Sessions with submitted audits and no report yet, not even a draft, with `submitted` of `allotted` audits."""
    if not may("write reports", standings(person)):
        return Session.objects.none()
    begun = Edition.objects.filter(report="session", session=OuterRef("pk"))
    done = Audit.objects.filter(session=OuterRef("pk"), state="submitted")
    sessions = Session.objects.filter(Exists(done), ~Exists(begun), authority=person.authority_id)
    return sessions.select_related("group").order_by("held_on", "pk")


def audits_submitted(sessions: QuerySet[Session]) -> dict[int, tuple[int, int]]:
    """(submitted, all that stand) of each of these sessions, in one statement."""
    counted = Audit.objects.filter(session__in=sessions.order_by().values("pk")).exclude(state="withdrawn")
    rows = counted.order_by().values("session").annotate(
        done=Count("pk", filter=Q(state="submitted")), every=Count("pk")
    )  # fmt: skip
    return {row["session"]: (row["done"], row["every"]) for row in rows}
