"""Reading moderation: what waits, one moderation as one person sees it, and the grades held side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from goldenthread.audit.models import Audit, Judgement, Moderation, Part
from goldenthread.audit.queries.audits import Held, written_in
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.method.access import Is, may
from goldenthread.method.framework import Framework
from goldenthread.method.framework.moderating import ModerationStage
from goldenthread.method.lifecycles import MODERATION, ModerationFacts
from goldenthread.method.template import Template
from goldenthread.notices.reminder import Reminder
from goldenthread.people.models import Person
from goldenthread.people.standing import standings, standings_towards
from goldenthread.web.keyset import page_of
from goldenthread.web.wording import day as day_words

UNMODERATED = "challenge"  # the stage of an audit that was never moderated, kept so that it can be challenged
AUDITORS = ("auditor", "co_auditor")
OPEN = ("waiting", "grading", "to agree")


def hers(person: Any, kinds: Sequence[str] = ("moderator",), moderation: str = "pk") -> Exists:
    """Whether the moderation's part is this person's."""
    through = Part.people.through.objects.filter(part__moderation=OuterRef(moderation), person=person)
    return Exists(through.filter(part__kind__in=kinds))


def audited_by(person: Any) -> Exists:
    parts = Part.people.through.objects.filter(part__audit=OuterRef("audit"), part__kind__in=AUDITORS, person=person)
    return Exists(parts)


def moderations_visible_to(person: Person) -> QuerySet[Moderation]:
    """All for the unit and the directors, else those she moderates and those of her audits.

    Of a file that she is grading blind only her own, at the stage where she grades it. What only waits to be challenged
    is none of them until it is.
    """
    found = Moderation.objects.filter(authority=person.authority_id)
    found = found.exclude(stage=UNMODERATED, state="agreed")
    mine = hers(person.pk)
    if not may("see the moderation", standings(person)):
        found = found.filter(Q(mine) | Q(audited_by(person.pk)))
    return found.filter(Q(mine, state="grading") | ~blind_to(person.pk, "audit"))


def with_all_it_needs(found: QuerySet[Moderation]) -> QuerySet[Moderation]:
    return found.select_related(
        "audit__session__group", "audit__framework", "audit__template", "part", "agreed_by", "challenged_by",
        "decided_by",
    ).defer("audit__framework__source", "audit__template__source")  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenModeration:
    """A moderation as one person sees it: the rows, the rules, what she is to it, and who has which part in it.

    `auditors` and `moderators` are people's ids; it can be written in as a part is (`audit.services.save_answers`).
    """

    moderation: Moderation
    template: Template
    framework: Framework
    stage: ModerationStage | None
    standings: frozenset[Is]
    auditors: Mapping[int, str]
    moderators: Mapping[int, str]

    @property
    def audit(self) -> Audit:
        return self.moderation.audit

    @property
    def part(self) -> Part:
        part = self.moderation.part
        assert part is not None, "only what is allotted is written in"
        return part

    @property
    def blind(self) -> bool:
        """Whether this person must not see the auditor's grades yet."""
        return self.moderation.state == "grading" and Is.MODERATOR in self.standings

    @property
    def may_write(self) -> bool:
        return self.blind and not self.part.frozen

    @property
    def moderator(self) -> str:
        return " and ".join(self.moderators.values())

    @property
    def label(self) -> str:
        return self.stage.label if self.stage else "Challenge"

    def begin(self, part: Part) -> str:
        """As `Opened.begin`: what a moderator writes leaves the audit as it is."""
        MODERATION.take("save grades", self.moderation.state, self.standings, ModerationFacts())
        return part.audit.state


def stage_of(moderation: Moderation, framework: Framework) -> ModerationStage | None:
    return next((stage for stage in framework.moderation if stage.key == moderation.stage), None)


def open_moderation_or_none(person: Person, code: str) -> OpenModeration | None:
    """None alike when there is none and when it is not hers to see; two statements."""
    found = with_all_it_needs(moderations_visible_to(person)).filter(code=code).first()
    return opened(person, found) if found else None


def opened(person: Person, moderation: Moderation) -> OpenModeration:
    """A moderation that this person may see, as she sees it."""
    audit = moderation.audit
    framework = audit.framework.parsed
    auditors, moderators = _people(moderation)
    found = set(standings_towards(person, authority=audit.authority_id, team=audit.team_id, service=audit.service_id))
    if person.pk in auditors:
        found.add(Is.AUDITOR)
    if person.pk in moderators:
        found.add(Is.MODERATOR)
    if challenges(person, audit, framework):
        found.add(Is.CHALLENGER)
    if decides(person, framework):
        found.add(Is.DECIDER)
    return OpenModeration(
        moderation, audit.form, framework, stage_of(moderation, framework), frozenset(found), auditors,
        moderators,
    )  # fmt: skip


def _people(moderation: Moderation) -> tuple[dict[int, str], dict[int, str]]:
    rows = Part.people.through.objects.filter(part__audit=moderation.audit_id).order_by("pk")
    auditors: dict[int, str] = {}
    moderators: dict[int, str] = {}
    for part, kind, person, name in rows.values_list("part", "part__kind", "person", "person__name"):
        if kind in AUDITORS:
            auditors[person] = name
        elif part == moderation.part_id:
            moderators[person] = name
    return auditors, moderators


def challenges(person: Person, audit: Audit, framework: Framework) -> bool:
    """Whether she holds a post that may challenge, in the audited team or its service."""
    places = {audit.team_id, audit.service_id} - {None}
    rule = framework.challenge
    return rule.days > 0 and any(post.kind in rule.by and post.team_id in places for post in person.posts_held)


def decides(person: Person, framework: Framework) -> bool:
    return any(post.kind in framework.challenge.decided_by for post in person.posts_held)


# --- grades ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """A grade with the reason for it."""

    grade: str
    because: str


def standing_grades(audit: Audit) -> dict[str, Given]:
    """What stands, by section in the template's order, the whole file ("") last."""
    rows = Judgement.objects.filter(audit=audit, stands=True).values_list("section", "grade", "rationale")
    found = {section: Given(grade, because) for section, grade, because in rows}
    order = [section.name for section in audit.template.parsed.sections]
    return {name: found[name] for name in [*order, ""] if name in found}


def judgements_by_stage(audit: Audit) -> dict[str, dict[str, Given]]:
    """Every judgement there was: stage → section → what was given."""
    found: dict[str, dict[str, Given]] = {}
    rows = Judgement.objects.filter(audit=audit).order_by("pk")
    for stage, section, grade, because in rows.values_list("stage", "section", "grade", "rationale"):
        found.setdefault(stage, {})[section] = Given(grade, because)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What a moderator is asked of one section ("": the whole file): a grade and why, with what she has written."""

    section: str
    label: str
    grade_question: str
    because_question: str
    question: str
    help: str
    grade: Held | None
    because: Held | None


def asked_of_moderator(found: OpenModeration) -> list[Asked]:
    """The grades of those sections that were graded, and of the whole file; nothing of what they were."""
    sections = set(Judgement.objects.filter(audit=found.audit, stands=True).values_list("section", flat=True))
    return asked(found.template, sections, written_in(found.part).answers)


def asked(template: Template, sections: set[str], held: Mapping[str, Held]) -> list[Asked]:
    lines: list[Asked] = []
    overall: list[Asked] = []
    for section in template.sections:
        roles = {question.role: question for question in section.questions if question.role}
        for of, name, label, into in (
            ("section", section.name, section.label, lines), ("overall", "", "The whole file", overall),
        ):  # fmt: skip
            grade, because = roles.get(f"{of}_grade"), roles.get(f"{of}_rationale")
            if grade and because and name in sections:
                into.append(
                    Asked(
                        name, label, grade.name, because.name, grade.label, grade.guidance,
                        held.get(grade.name), held.get(because.name),
                    )
                )  # fmt: skip
    return lines + overall


def moderators_grades(found: OpenModeration) -> dict[str, Given]:
    """What a blind moderator gave, by section; nothing of a stage that was sighted, nor before she submitted it."""
    if found.moderation.part is None or not found.moderation.part.frozen or not (found.stage and found.stage.blind):
        return {}
    return {
        each.section: Given(each.grade.value, each.because.value if each.because else "")
        for each in asked_of_moderator(found)
        if each.grade
    }


# --- lists -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ModerationFilter:
    """What the list is narrowed by; blank: those that still wait for somebody. Never by why: that may tell a grade."""

    stage: str = ""
    state: str = ""
    late: bool = False
    text: str = ""

    def narrow(self, found: QuerySet[Moderation], today: date) -> QuerySet[Moderation]:
        wanted = Q(due_on__lt=today, state__in=[*OPEN, "challenged"]) if self.late else Q()
        if self.state != "all":
            wanted &= Q(state=self.state) if self.state else Q(state__in=[*OPEN, "challenged"])
        if self.stage:
            wanted &= Q(stage=self.stage)
        if self.text:
            wanted &= Q(audit__ref__istartswith=self.text)
        return found.filter(wanted)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list: `moderator` blank while nobody is."""

    code: str
    ref: str
    team_name: str
    stage: str
    state: str
    due_on: date
    moderator: str
    audit: str
    reason: str


@dataclass(frozen=True, slots=True)
class ModerationPage:
    """One page of the list, how many there are in all, and where the next page begins ("" on the last)."""

    lines: tuple[Listed, ...]
    count: int
    next: str


def page_of_moderations(
    person: Person, narrowed: ModerationFilter, today: date, after: str = "", most: int | None = None
) -> ModerationPage:
    """The soonest due first, found by key; three statements. `after` is the last one's day and id on the page before.

    Why an audit is moderated is left out of what a person grades blind: it may say the grade.
    """
    found = narrowed.narrow(moderations_visible_to(person), today)
    asked = ("code", "stage", "state", "due_on", "reason", "part", "audit__code", "audit__ref", "audit__team_name")
    narrow = found.annotate(mine=hers(person.pk)).select_related("audit").only(*asked)
    rows, further = page_of(narrow, "due_on", after, most=most)
    names = _names([row.part_id for row in rows if row.part_id])
    lines = tuple(
        Listed(
            row.code, row.audit.ref, row.audit.team_name, row.stage, row.state, row.due_on,
            names.get(row.part_id or 0, ""), row.audit.code,
            "" if row.state == "grading" and row.mine else row.reason,
        )
        for row in rows
    )  # fmt: skip
    return ModerationPage(lines, found.count(), further)


def _names(parts: Sequence[int]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    rows = Part.people.through.objects.filter(part__in=parts).order_by("pk").values_list("part", "person__name")
    for part, name in rows:
        found.setdefault(part, []).append(name)
    return {part: " and ".join(names) for part, names in found.items()}


def moderations_of(person: Person, audit: Audit) -> list[Moderation]:
    """Every stage of one audit that this person may see, the first first."""
    return list(moderations_visible_to(person).filter(audit=audit).select_related("part").order_by("pk"))


# --- what waits for somebody -------------------------------------------------------------------------------


def moderations_to_do(person: Person) -> QuerySet[Moderation]:
    """What this person has to grade or to agree as its moderator, the soonest due first."""
    found = Moderation.objects.filter(hers(person.pk), authority=person.authority_id, state__in=["grading", "to agree"])
    return found.select_related("audit").order_by("due_on", "pk")


def moderations_to_allot(person: Person) -> QuerySet[Moderation]:
    """What waits for a moderator, for the Quality Assurance Unit; never of a file that she herself grades blind."""
    if not may("arrange moderation", standings(person)):
        return Moderation.objects.none()
    found = moderations_visible_to(person).filter(state="waiting")
    return found.select_related("audit").order_by("due_on", "pk")


def moderation_reminders(authority_id: int, today: date) -> Iterator[Reminder]:
    """Whoever has to grade or agree, from the day before it is due until it is done; nobody else, and never of a case.

    One statement, however many wait.
    """
    waiting = Part.people.through.objects.filter(
        part__moderation__state__in=["grading", "to agree"], part__moderation__authority=authority_id,
        part__moderation__due_on__lte=today + timedelta(days=1), person__is_active=True,
    ).select_related("person").order_by("part__moderation__due_on", "pk")  # fmt: skip
    counted: Any = waiting.annotate(
        state=F("part__moderation__state"), due_on=F("part__moderation__due_on"), code=F("part__moderation__code")
    )
    for each in counted:
        asked = "to be graded" if each.state == "grading" else "whose grades are to be agreed"
        sentence = f"An audit {asked}, due {day_words(each.due_on)}."
        yield Reminder(each.person, sentence, reverse("open_moderation", args=[each.code]))
