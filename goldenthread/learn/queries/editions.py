"""Reading editions: those one may read, the drafts, and the sessions that still wait for their report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery

from goldenthread.audit.models import Audit
from goldenthread.audit.queries.blindness import hidden_from
from goldenthread.learn.models import Edition
from goldenthread.learn.readers import SERVICE
from goldenthread.learn.subjects import Subject, rests_on
from goldenthread.method.access import may
from goldenthread.method.disclosure import Released
from goldenthread.method.periods import periods
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Group, Session
from goldenthread.trail.queries import events_of

PAGE = 50
MOST_COMPARED = 20


def may_read_reports(person: Person) -> bool:
    return may("read published reports", standings(person))


def blind_to_some(person: Person, subject: Subject) -> bool:
    """Whether she is grading blind a file that a report of this rests on, so that the report is not hers to see yet."""
    return hidden_from(person).filter(rests_on(subject)).exists()


def editions_visible_to(person: Person) -> QuerySet[Edition]:
    """Published editions: every one for the QAU, those for circulation for others who read reports, those for the
    service's own managers for these.

    Never one that rests on a file which she is grading blind.
    """
    published = Edition.objects.filter(~_hides(person), authority=person.authority_id, state="published")
    published = published.select_related("session__group", "team", "published_by").defer("content", "words", "released")
    published = published.annotate(
        circulated=F("content__circulated"), readers=F("content__readers"), named=F("content__report__subtitle")
    )
    hers = standings(person)
    if may("write reports", hers):
        return published
    if not may("read published reports", hers):
        return published.none()
    within = Q(content__readers=SERVICE)
    if not may("read reports within the service", hers):
        within &= Q(team__in=person.teams_managed)
    return published.filter(Q(content__circulated=True) | within)


def _hides(person: Person) -> Q:
    """Whether an edition rests on a file that she grades blind: the session's, the period's, that one."""
    hidden = hidden_from(person)
    period = Q(submitted_at__date__gte=OuterRef("period_starts_on"), submitted_at__date__lte=OuterRef("period_ends_on"))
    return (
        Q(Exists(hidden.filter(session=OuterRef("session"))))
        | Q(Exists(hidden.filter(pk=OuterRef("audit"))))
        | Q(Exists(hidden.filter(period)), session__isnull=True, audit__isnull=True)
    )


def edition_or_none(person: Person, code: str) -> Edition | None:
    """A published edition with its content; None alike when there is none and when it is not hers to read."""
    return editions_visible_to(person).defer(None).filter(code=code).first()


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list of editions is narrowed by: each "" or None for all."""

    group: str = ""
    report: str = ""
    body: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One page of published editions, how many there are, and the key that the next, older page begins after."""

    editions: tuple[Edition, ...]
    count: int
    older: int | None


def page_of_editions(person: Person, sought: Sought = Sought(), *, below: int | None = None) -> EditionPage:
    """Fifty editions of what is sought, the last published first; `below`: those after this one (its pk)."""
    editions = editions_visible_to(person).filter(_fits(sought))
    shown = editions
    if below is not None:
        last = Subquery(Edition.objects.filter(pk=below).values("published_at"))
        shown = editions.filter(Q(published_at__lt=last) | Q(published_at=last, pk__lt=below))
    found = list(shown.order_by("-published_at", "-pk")[: PAGE + 1])
    return EditionPage(tuple(found[:PAGE]), editions.count(), found[PAGE - 1].pk if len(found) > PAGE else None)


def _fits(sought: Sought) -> Q:
    """A session stands in the period in which it was held, any other report where its own period begins."""
    fits = Q()
    if sought.group:
        fits &= Q(session__group__key=sought.group)
    if sought.report:
        fits &= Q(report=sought.report)
    if sought.body:
        fits &= Q(body=sought.body)
    if sought.since:
        fits &= Q(period_starts_on__gte=sought.since) | Q(session__held_on__gte=sought.since)
    if sought.until:
        fits &= Q(period_starts_on__lte=sought.until) | Q(session__held_on__lte=sought.until)
    return fits


def groups_reported(person: Person) -> list[tuple[str, str]]:
    """(key, name) of each auditing group of her council."""
    return list(Group.objects.filter(authority=person.authority_id).values_list("key", "name"))


def years_reported(person: Person, starts_month: int) -> Iterator[tuple[str, str, date, date]]:
    """The council's years of which somebody could read an edition, the newest first: key, label, first and last day."""
    editions = editions_visible_to(person).order_by()
    found = editions.aggregate(
        first=Min("period_starts_on"), last=Max("period_starts_on"), first_held=Min("session__held_on"),
        last_held=Max("session__held_on"),
    )  # fmt: skip
    days = [day for day in found.values() if day]
    if not days:
        return
    for year in reversed(list(periods("year", min(days), max(days), starts_month))):
        yield f"{year.starts_on.year}", year.label, year.starts_on, year.ends_on


def drafts_of(person: Person) -> QuerySet[Edition]:
    """The drafts that the Quality Assurance Unit is writing; nobody else's."""
    drafts = Edition.objects.filter(authority=person.authority_id, state="draft")
    drafts = drafts.select_related("session__group", "team").defer("released")
    return drafts if may("write reports", standings(person)) else drafts.none()


def draft_of(report: str, subject: Subject) -> Edition | None:
    """The draft of this report of this, if somebody has begun to write it."""
    return _of(report, subject).filter(state="draft").first()


def last_edition_of(report: str, subject: Subject) -> Edition | None:
    """The newest published edition of it, with its words."""
    return earlier_editions_of(report, subject).first()


def earlier_editions_of(report: str, subject: Subject) -> QuerySet[Edition]:
    """The published editions of it, the newest first, without their content."""
    editions = _of(report, subject).filter(state="published").order_by("-number")
    return editions.select_related("published_by").defer("content", "released")


def editions_to_compare(person: Person, report: str, subject: Subject) -> list[Edition]:
    """Earlier editions of the same thing, then of the same body, group or team at another time; twenty at most."""
    hers = editions_visible_to(person).filter(report=report)
    alike = Q(body=subject.body, team=subject.team)
    if subject.session:
        alike &= Q(session__group=subject.session.group_id)
    same = list(hers.filter(subject=subject.key).order_by("-number")[:MOST_COMPARED])
    others = hers.filter(alike).exclude(subject=subject.key).order_by("-published_at", "-pk")
    return [*same, *others[: MOST_COMPARED - len(same)]]


def _of(report: str, subject: Subject) -> QuerySet[Edition]:
    return Edition.objects.filter(authority=subject.authority.pk, report=report, subject=subject.key)


def subjects_begun(authority_id: int, report: str, keys: list[str]) -> set[str]:
    """Which of these have a draft or an edition already."""
    found = Edition.objects.filter(authority=authority_id, report=report, subject__in=keys)
    return set(found.values_list("subject", flat=True))


def released_before(authority_id: int) -> list[Released]:
    """The tables of numbers of every edition that left the unit."""
    editions = Edition.objects.filter(authority=authority_id, state="published").exclude(released=[])
    kept = editions.order_by("pk").values_list("released", flat=True)
    return [Released.from_json(table) for tables in kept for table in tables]


def last_saver(edition: Edition) -> str:
    """Who saved this draft last, as the trail has it."""
    event = events_of(edition).filter(verb="wrote").order_by("-seq").first()
    return event.by_name if event else "Somebody"


# --- sessions that wait ------------------------------------------------------------------------------------


def sessions_to_report(person: Person) -> QuerySet[Session]:
    """Sessions with submitted audits and no report yet, not even a draft: for those who write it."""
    waiting = sessions_waiting(person.authority_id)
    return waiting if may("write reports", standings(person)) else waiting.none()


def sessions_waiting(authority_id: int) -> QuerySet[Session]:
    begun = Edition.objects.filter(report="session", session=OuterRef("pk"))
    done = Audit.objects.filter(session=OuterRef("pk"), state="submitted")
    sessions = Session.objects.filter(Exists(done), ~Exists(begun), authority=authority_id)
    return sessions.select_related("group", "authority").order_by("held_on", "pk")


def audits_submitted(sessions: QuerySet[Session]) -> dict[int, tuple[int, int]]:
    """(submitted, all that stand) of each of these sessions, in one statement."""
    counted = Audit.objects.filter(session__in=sessions.order_by().values("pk")).exclude(state="withdrawn")
    rows = counted.order_by().values("session").annotate(
        done=Count("pk", filter=Q(state="submitted")), every=Count("pk")
    )  # fmt: skip
    return {row["session"]: (row["done"], row["every"]) for row in rows}
