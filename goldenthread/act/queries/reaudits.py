"""Files to be audited again: which are owed, arranged or done, who could audit one, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from goldenthread.act.models import Reaudit, Return
from goldenthread.audit.models import Audit, Judgement
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.audit.queries.independence import file_of, why_not
from goldenthread.audit.queries.moderators import auditors_of_audit
from goldenthread.framework.queries import framework_or_none_on
from goldenthread.method.access import Is, may
from goldenthread.method.deadlines import working_days_between
from goldenthread.method.framework import Framework
from goldenthread.notices.reminder import Reminder
from goldenthread.people.models import Person
from goldenthread.people.queries import people_in_post, with_posts
from goldenthread.people.standing import standings
from goldenthread.plan.models import Session
from goldenthread.plan.queries.sessions import coming_sessions, people_seated
from goldenthread.select.models import CaseLine
from goldenthread.select.queries.choosing import lists_to_draw_from
from goldenthread.web.keyset import page_of
from goldenthread.web.wording import day as day_words
from goldenthread.web.wording import plural

SESSIONS_OFFERED = 20

# What a re-audit is by now: whoever submits it, or withdraws it, does so in a stage that knows nothing of re-audits.
IS_DONE = Q(state="done") | Q(state="arranged", again__state="submitted")
IS_OWED = Q(state="owed") | Q(state="arranged", again__state="withdrawn")
IS_ARRANGED = Q(state="arranged", again__state__in=["allotted", "in progress"])
STANDS = {"owed": IS_OWED, "arranged": IS_ARRANGED, "done": IS_DONE, "excused": Q(state="excused")}


def standing_grade(audit: str = "audit") -> Subquery:
    """The grade of the whole file that stands."""
    judged = Judgement.objects.filter(audit=OuterRef(audit), section="", stands=True)
    return Subquery(judged.values("grade")[:1])


def state_of(reaudit: Reaudit) -> str:
    """As `STANDS`, of one."""
    again = reaudit.again.state if reaudit.again else ""
    if reaudit.state != "arranged":
        return reaudit.state
    return {"submitted": "done", "withdrawn": "owed"}.get(again, "arranged")


# --- who sees which ----------------------------------------------------------------------------------------


def reaudits_visible_to(person: Person) -> QuerySet[Reaudit]:
    """All for the unit and the directors, else those of her services and teams; never of a file she grades blind."""
    found = Reaudit.objects.filter(
        ~blind_to(person.pk, "audit"), ~blind_to(person.pk, "again"), authority=person.authority_id
    )
    held = standings(person)
    if not may("see re-audits", held):
        return found.none()
    if held & {Is.QUALITY_ASSURANCE, Is.DIRECTOR}:
        return found
    return found.filter(Q(audit__service__in=person.services_managed) | Q(audit__team__in=person.teams_managed))


def reaudit_with_all(found: QuerySet[Reaudit]) -> QuerySet[Reaudit]:
    return found.select_related(
        "audit__framework", "audit__template", "audit__team", "audit__case__draw__case_list", "audit__session__group",
        "again__session__group", "again__template", "again__framework", "chosen_by",
    ).defer(
        "audit__framework__source", "audit__template__source", "again__template__source", "again__framework__source",
        "audit__case__draw__frame", "audit__case__draw__exclusions", "audit__case__draw__case_list__reading",
        "audit__case__draw__case_list__summary",
    )  # fmt: skip


def reaudit_or_none(person: Person, code: str) -> Reaudit | None:
    """None alike where there is none and where it is not hers to see."""
    return reaudit_with_all(reaudits_visible_to(person)).filter(code=code).first()


@dataclass(frozen=True, slots=True)
class ReauditPage:
    """Fifty of them, how many there are in all, and where the next page begins."""

    rows: Sequence[Any]
    count: int
    next: str


def page_of_reaudits(person: Person, state: str, after: str = "") -> ReauditPage:
    """Those that are owed, arranged, done or excused, by the day they are due; two statements."""
    found = reaudits_visible_to(person).filter(STANDS.get(state, IS_OWED))
    rows = found.select_related("audit__team", "again__session__group").annotate(grade_now=standing_grade())
    shown, further = page_of(rows, "due_on", after)
    return ReauditPage(shown, found.count(), further)


def reaudits_to_arrange(person: Person) -> QuerySet[Reaudit]:
    """What the unit has still to arrange, the soonest due first."""
    if not may("arrange re-audits", standings(person)):
        return Reaudit.objects.none()
    owed = reaudits_visible_to(person).filter(IS_OWED)
    return owed.select_related("audit__team").order_by("due_on", "pk")


def audit_of_case(person: Person, ref: str) -> Audit | None:
    """The last audit of a case, whatever became of it, submitted before withdrawn; of those she may see."""
    audits = Audit.objects.filter(~blind_to(person.pk), authority=person.authority_id, ref=ref)
    submitted = audits.filter(state="submitted").order_by("-submitted_at", "-pk").first()
    return submitted or audits.order_by("-pk").first()


# --- grades changed after the return -----------------------------------------------------------------------


def owed_since_returned(person: Person, today: date) -> QuerySet[Audit]:
    """Returned audits whose grade was changed since to one that calls for a re-audit, and none was ever owed."""
    framework = framework_or_none_on(person.authority_id, today)
    grades = framework.parsed.reaudit.grades if framework else ()
    changed = Judgement.objects.filter(
        audit=OuterRef("pk"), section="", stands=True, grade__in=grades, made_at__gt=OuterRef("returned_at")
    )
    returned = Return.objects.filter(audit=OuterRef("pk"))
    audits = Audit.objects.annotate(returned_at=Subquery(returned.values("returned_at")[:1])).filter(
        Exists(changed), ~Exists(Reaudit.objects.filter(audit=OuterRef("pk"))), ~blind_to(person.pk),
        authority=person.authority_id, state="submitted",
    )  # fmt: skip
    return audits.select_related("framework", "template").order_by("pk")


def no_longer_called_for(person: Person) -> list[Any]:
    """Re-audits owed for a grade that no longer stands, and not arranged yet."""
    owed = reaudit_with_all(reaudits_visible_to(person)).filter(state="owed", reason="grade")
    return [
        each for each in owed.annotate(grade_now=standing_grade())
        if each.grade_now and each.grade_now not in each.audit.framework.parsed.reaudit.grades
    ]  # fmt: skip


# --- who could audit one again -----------------------------------------------------------------------------


def line_to_take(reaudit: Reaudit) -> CaseLine:
    """The case as the newest list has it; as the list of its first audit has it where it is closed by now."""
    first = reaudit.audit.case.draw.case_list
    newest = lists_to_draw_from(reaudit.authority_id, first.kind).first()
    lines = CaseLine.objects.select_related("case_list", "team")
    line = lines.filter(case_list=newest, ref=reaudit.audit.ref).first() if newest else None
    return line or lines.get(pk=reaudit.audit.case.line_id)


def sessions_for_reaudit(person: Person, today: date) -> list[Session]:
    """The sessions to come, and this month's rounds, that a file can be added to; the nearest first."""
    coming = coming_sessions(person, today).filter(cancelled_at__isnull=True)[:SESSIONS_OFFERED]
    rounds = Session.objects.filter(
        authority=person.authority_id, group__meets=False, cancelled_at__isnull=True, held_on__lt=today,
        held_on__gte=today.replace(day=1),
    ).select_related("group")  # fmt: skip
    return [*rounds.order_by("held_on", "pk"), *coming]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who sits at a session: those who may audit the file again, and the others with why not."""

    people: Sequence[Person]
    barred: Sequence[tuple[str, str]]


def candidates_for(reaudit: Reaudit, session: Session, today: date) -> Candidates:
    """By every tie that independence knows, as of a re-audit."""
    framework = reaudit.audit.framework.parsed
    first = frozenset(each.pk for each in auditors_of_audit(reaudit.audit_id))
    file = replace(file_of(line_to_take(reaudit), today), reaudit=True, audited_by=first)
    people, barred = [], []
    for person in with_posts(people_seated(session), today):
        why = why_not(person, file, framework)
        if why is None and framework.reaudit.by_someone_else and person.pk in first:
            why = "audited this file last time"
        people.append(person) if why is None else barred.append((person.name, why))
    return Candidates(people, barred)


# --- what came of them -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """One file's grades before and after, why it was audited again, and whether chance drew it at first."""

    reason: str
    by_chance: bool
    before: str
    after: str
    submitted_on: Any


def pairs_of_grades(person: Person) -> list[Pair]:
    """Every re-audit that is submitted, as this person may see them; one statement."""
    done = reaudits_visible_to(person).filter(IS_DONE, again__submitted_at__isnull=False)
    rows = done.order_by("again__submitted_at", "pk").annotate(
        before=standing_grade(), after=standing_grade("again"), way=F("audit__case__draw__way")
    )
    return [
        Pair(each["reason"], each["way"] in ("simple_random", "stratified"), each["before"], each["after"],
             each["again__submitted_at"])
        for each in rows.values("reason", "way", "before", "after", "again__submitted_at")
        if each["before"] and each["after"]
    ]  # fmt: skip


def may_see_after(person: Person, reaudit: Reaudit) -> bool:
    """Whether what the re-audit found is hers to see: once it is submitted, and for the team's side, returned."""
    if state_of(reaudit) != "done" or reaudit.again is None:
        return False
    if standings(person) & {Is.QUALITY_ASSURANCE, Is.DIRECTOR}:
        return True
    return Return.objects.filter(audit=reaudit.again_id).exists()


# --- reminders ---------------------------------------------------------------------------------------------

NOTICE = 10  # working days before one is due, and then every so many
EVERY = 5


def reaudit_reminders(authority_id: int, today: date) -> Iterator[Reminder]:
    """The unit hears of re-audits to arrange: two weeks before they are due, and every week until they are."""
    due = Reaudit.objects.filter(IS_OWED, authority=authority_id).order_by("due_on").values_list("due_on", flat=True)
    pressing = [day for day in due if _reminded_on(day, today)]
    if not pressing:
        return
    number, late = plural(len(pressing), "re-audit"), sum(day < today for day in pressing)
    said = f"{number} to arrange, the first due {day_words(pressing[0])}"
    said += f"; {late} past {'its' if late == 1 else 'their'} day." if late else "."
    for person in _unit(authority_id, today):
        yield Reminder(person, said, reverse("reaudits"))


def _reminded_on(due_on: date, today: date) -> bool:
    left = working_days_between(today, due_on)
    return left <= NOTICE and left % EVERY == 0


def _unit(authority_id: int, today: date) -> list[Person]:
    posts = people_in_post(authority_id, today).filter(quality_assurance=True)
    return list({post.person_id: post.person for post in posts}.values())


def scale_of(framework: Framework) -> tuple[str, ...]:
    """The grades' keys, best first."""
    return tuple(grade.key for grade in framework.grades)
