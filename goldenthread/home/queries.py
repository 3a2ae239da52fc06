"""What one person owes today, a council's first steps, and what a search finds; each as far as she may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Window

from goldenthread.act.models import Concern, Return, Task
from goldenthread.act.queries import (
    UNDONE,
    late_returns,
    returns_to_accept,
    returns_to_sign_off,
    returns_visible_to,
    sessions_to_return,
    tasks_to_do,
)
from goldenthread.act.queries.answering import tasks_to_decide
from goldenthread.act.queries.concerns import concerns_to_answer
from goldenthread.act.queries.reaudits import reaudits_to_arrange
from goldenthread.act.queries.samples import checks_to_do
from goldenthread.audit.models import Audit, Calibration, Inspection, Moderation, Part
from goldenthread.audit.queries import audits_to_write, audits_visible_to
from goldenthread.audit.queries.allotting import audits_in_conflict
from goldenthread.audit.queries.calibration import calibrations_to_agree, calibrations_to_grade
from goldenthread.audit.queries.challenge import challenges_to_decide
from goldenthread.audit.queries.inspections import inspections_to_do
from goldenthread.audit.queries.moderation import moderations_to_allot, moderations_to_do
from goldenthread.audit.queries.owed import owed_now
from goldenthread.audit.queries.parts import audits_to_agree, parts_asked_of
from goldenthread.framework.models import FrameworkVersion, TemplateVersion
from goldenthread.learn.models import Edition
from goldenthread.learn.periodic.spans import to_write
from goldenthread.learn.queries.editions import drafts_of, sessions_to_report
from goldenthread.learn.subjects import Subject
from goldenthread.method.owed import Account
from goldenthread.method.refusal import Refused
from goldenthread.notices.queries import stuck
from goldenthread.people.models import Authority, Person
from goldenthread.people.queries import with_posts
from goldenthread.plan.models import Group, Seat, Session
from goldenthread.plan.queries.absences import seats_of_those_away
from goldenthread.plan.queries.sessions import sessions_visible_to
from goldenthread.plan.queries.years import year_on
from goldenthread.select.models import CaseList, Draw
from goldenthread.select.queries.draws import draws_to_settle, numbers_to_reveal

MOST = 8  # lines of a kind on one page; where there are more, the page says so and leads to the whole list
SOON = 5  # sessions to come

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Some(Generic[Row]):
    """The first rows of a list, and how many there are in all."""

    rows: Sequence[Row] = ()
    count: int = 0

    @property
    def more(self) -> bool:
        return self.count > len(self.rows)


def _some(found: QuerySet[Row], most: int = MOST) -> Some[Row]:
    """The rows and their number in one statement."""
    rows: list[Any] = list(found.annotate(in_all=Window(Count("pk")))[:most])
    return Some(rows, rows[0].in_all if rows else 0)


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Which of a new council's first steps are done."""

    framework: bool
    template: bool
    groups: bool
    people: bool
    case_list: bool
    session: bool
    draw: bool

    @property
    def begun(self) -> bool:
        """Whether the council has what a first round needs, so that the steps need not be shown."""
        return all((self.framework, self.template, self.groups, self.case_list, self.session, self.draw))


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody owes today, each kind the most pressing first."""

    concerns: Some[Concern]
    audits: Some[Audit]
    parts: Some[Part]
    to_agree: Some[Audit]
    to_moderate: Some[Moderation]
    to_allot: Some[Moderation]
    challenges: Some[Moderation]
    to_calibrate: Some[Calibration]
    calibrated: Sequence[Any]
    shut: Some[Any]
    uncovered: Sequence[str]
    numbers: Some[Draw]
    draws: Some[Draw]
    tasks: Some[Task]
    to_decide: Some[Task]
    to_sign: Some[Return]
    to_accept: Some[Return]
    checks: Some[Any]
    reaudits: Some[Any]
    to_return: Some[Any]
    to_report: Some[Session]
    quarters: Sequence[Subject]
    drafts: Some[Edition]
    coming: Some[Session]
    late: Some[Any]
    owed: Sequence[Account]
    inspections: Some[Inspection]
    stuck: int
    away: Some[Seat]
    first_steps: FirstSteps | None


def work_of(person: Person, today: date) -> Work:
    """One statement a kind, whatever there is of it; kinds that her posts have nothing to do with cost none."""
    return Work(
        concerns=_some(concerns_to_answer(person)),
        audits=_some(audits_to_write(person)),
        parts=_some(parts_asked_of(person).filter(kind__in=OWN_PARTS)),
        to_agree=_some(audits_to_agree(person)),
        to_moderate=_some(moderations_to_do(person)),
        to_allot=_some(moderations_to_allot(person)) if person.is_quality_assurance else Some(),
        challenges=_some(challenges_to_decide(person, today)) if _decides(person) else Some(),
        to_calibrate=_some(calibrations_to_grade(person, today)),
        calibrated=calibrations_to_agree(person, today) if person.is_quality_assurance else (),
        shut=_some(audits_in_conflict(person.authority_id)) if person.is_quality_assurance else Some(),
        uncovered=_uncovered(person, today) if person.is_quality_assurance else (),
        numbers=_some(numbers_to_reveal(person)),
        draws=_some(draws_to_settle(person)) if person.is_quality_assurance else Some(),
        tasks=_some(tasks_to_do(person)),
        to_decide=_some(tasks_to_decide(person, today)) if _chases(person) else Some(),
        to_sign=_some(returns_to_sign_off(person, today)) if _manages(person) else Some(),
        to_accept=_some(returns_to_accept(person)) if person.is_quality_assurance else Some(),
        checks=_some(checks_to_do(person, today)) if _assures(person) else Some(),
        reaudits=_some(reaudits_to_arrange(person)) if person.is_quality_assurance else Some(),
        to_return=_some(sessions_to_return(person)) if person.is_quality_assurance else Some(),
        to_report=_some(sessions_to_report(person)) if person.is_quality_assurance else Some(),
        quarters=to_write(person.authority, "quarterly", "quarter", today) if person.is_quality_assurance else (),
        drafts=_some(drafts_of(person)) if person.is_quality_assurance else Some(),
        coming=_some(_coming(person, today), SOON),
        late=_some(late_returns(person, today).annotate(undone=UNDONE)) if _chases(person) else Some(),
        owed=_owed(person, today),
        inspections=_some(inspections_to_do(person, today)),
        stuck=stuck(person.authority_id).count() if person.is_quality_assurance else 0,
        away=_some(seats_of_those_away(person.authority_id, today)) if person.is_quality_assurance else Some(),
        first_steps=first_steps(person, today) if person.is_quality_assurance else None,
    )


def _coming(person: Person, today: date) -> QuerySet[Session]:
    sessions = sessions_visible_to(person).filter(held_on__gte=today, cancelled_at__isnull=True, group__meets=True)
    return sessions.order_by("held_on", "pk")


def _owed(person: Person, today: date) -> Sequence[Account]:
    """What she has still to submit; nothing is owed where no rules say what."""
    try:
        return owed_now(person, today)
    except Refused:
        return ()


def _uncovered(person: Person, today: date) -> Sequence[str]:
    """What the year will not cover if nothing is done, as the ledger was last counted."""
    year = year_on(person.authority_id, today)
    return year.uncovered if year else ()


OWN_PARTS = ("practitioner", "reply")  # a file's other parts stand on the file's own page, beside its audit


def _decides(person: Person) -> bool:
    """Challenges are decided by posts above a team; who they are is the framework's."""
    return any(post.oversees in {"service", "authority"} or post.quality_assurance for post in person.posts_held)


def _manages(person: Person) -> bool:
    return bool(person.teams_managed or person.services_managed)


def _assures(person: Person) -> bool:
    """Whether signed-off tasks can be hers to check."""
    return bool(person.services_managed) or person.is_quality_assurance


def _chases(person: Person) -> bool:
    """Whether she can act on what others are late with."""
    return _manages(person) or person.is_quality_assurance or person.is_director


def first_steps(person: Person, today: date) -> FirstSteps:
    """One statement."""
    here = {"authority": OuterRef("pk")}
    found = Authority.objects.filter(pk=person.authority_id).values_list(
        Exists(FrameworkVersion.objects.filter(**here, in_force_from__lte=today)),
        Exists(TemplateVersion.objects.filter(**here)),
        Exists(Group.objects.filter(**here)),
        Exists(Person.objects.filter(**here, is_active=True).exclude(pk=person.pk)),
        Exists(CaseList.objects.filter(**here, state="loaded")),
        Exists(Session.objects.filter(**here)),
        Exists(Draw.objects.filter(**here)),
    )
    return FirstSteps(*found.get())


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, as far as the person who searches may see it."""

    audits: Some[Audit]
    returns: Some[Return]
    sessions: Some[Session]
    people: Sequence[Person]

    @property
    def nothing(self) -> bool:
        return not (self.audits.rows or self.returns.rows or self.sessions.rows or self.people)


def search_for(person: Person, text: str, today: date) -> Found:
    """Audits and returned audits by the beginning of the case reference, sessions and (for the QAU) people by name."""
    people = Person.objects.filter(authority=person.authority_id, name__icontains=text).order_by("name", "pk")[:MOST]
    sessions = sessions_visible_to(person).filter(
        Q(group__name__icontains=text) | Q(venue__icontains=text) | Q(focus__icontains=text)
    )
    returns = returns_visible_to(person).filter(audit__ref__istartswith=text)
    return Found(
        audits=_some(audits_visible_to(person).filter(ref__istartswith=text).select_related("session__group")),
        returns=_some(returns.select_related("audit", "team")),
        sessions=_some(sessions.order_by("-held_on", "-pk")),
        people=with_posts(people, today) if person.is_quality_assurance else (),
    )
