"""Reading audits: who may see which, what is written in one, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from goldenthread.audit.models import Answer, Audit, Finding, Judgement, Part
from goldenthread.audit.queries.blindness import blind_to, reads_it
from goldenthread.audit.queries.independence import conflicts_with, file_of, why_not
from goldenthread.framework.queries import theme_label
from goldenthread.method.access import MAY, Is, may
from goldenthread.method.framework import Framework, Grade
from goldenthread.method.independence import File
from goldenthread.method.lifecycles import AUDIT, AuditFacts
from goldenthread.method.parts import AUDITORS
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.method.selecting import RANDOM
from goldenthread.method.template import Template
from goldenthread.people.models import Person
from goldenthread.people.standing import standings, standings_towards
from goldenthread.plan.models import Session
from goldenthread.select.models import DrawnCase
from goldenthread.select.queries.draws import cases_to_audit
from goldenthread.web.clock import midnight
from goldenthread.web.prepared import prepared


def standings_of(person: Person, audit: Audit, *, audits_it: bool) -> frozenset[Is]:
    """What this person is to this audit; `audits_it`: whether it is allotted to her."""
    found = standings_towards(person, authority=audit.authority_id, team=audit.team_id, service=audit.service_id)
    return found | {Is.AUDITOR} if audits_it and audit.authority_id == person.authority_id else found


def audits_visible_to(person: Person) -> QuerySet[Audit]:
    """The list form of "read an audit": a predicate in the statement, never a list of ids."""
    return _visible(_reads_every(person), authority=person.authority_id, person=person.pk)


def _reads_every(person: Person) -> bool:
    """Whether she may read every audit of her council, whoever audits it."""
    return may("read an audit", standings(person) & MAY["read an audit"])


def _visible(every: bool, *, authority: Any, person: Any) -> QuerySet[Audit]:
    audits = Audit.objects.filter(~blind_to(person), authority=authority)
    return audits if every else audits.filter(reads_it(person))


@dataclass(frozen=True, slots=True)
class OpenAudit:
    """An audit as one person sees it: the rows, the rules it stands under, and what she is to it.

    `why_not`: what now forbids her to audit a file that is allotted to her.
    """

    audit: Audit
    part: Part
    template: Template
    framework: Framework
    standings: frozenset[Is]
    why_not: str | None

    def tag_words(self, tags: Iterable[str]) -> str:
        """The case's further categories in the council's words."""
        labels = {tag.key: tag.label for tag in self.framework.tags}
        return ", ".join(labels.get(tag, tag.replace("_", " ")) for tag in tags)

    @property
    def may_write(self) -> bool:
        return (
            Is.AUDITOR in self.standings
            and not self.part.frozen
            and self.audit.state != "withdrawn"
            and not self.why_not
        )

    def begin(self, part: Part) -> str:
        """As `Opened.begin`."""
        row = AUDIT.take("write in", part.audit.state, self.standings, AuditFacts(why_not=self.why_not))
        if part.frozen:
            raise Refused("Your part of this audit is submitted, so it can no longer be changed.")
        return row.after


@prepared
def _parts_of(every: bool, *, person: Any, authority: Any, code: Any) -> QuerySet[Part]:
    mine = Part.people.through.objects.filter(part=OuterRef("pk"), person=person)
    # Joined, not "in (select …)": with many audits held SQLite would look through all that she may see.
    parts = Part.objects.filter(kind__in=AUDITORS, audit__code=code, audit__authority=authority)
    parts = parts.annotate(mine=Exists(mine), declared=Exists(conflicts_with("audit", person)))
    parts = parts.filter(~blind_to(person, "audit"))
    if not every:
        parts = parts.filter(reads_it(person, "audit"))
    # Of two who audit apart each opens her own part, everybody else the first auditor's.
    parts = parts.order_by("-mine", "kind")
    # The texts of the rules are long, and parsed already.
    return parts.select_related("audit__session__group", "audit__framework", "audit__template").defer(
        "audit__framework__source", "audit__template__source"
    )


def open_audit_or_none(person: Person, code: str, *, saving: bool = False) -> OpenAudit | None:
    """One audit, with its auditors' part and versions, in one statement; None alike when it is not hers to see.

    For its auditor one more asks of every tie to the file. When she is only `saving` what she wrote, it asks of none
    but those that the first statement knows: her posts, and a conflict that she declared since the page was opened.
    """
    parts = _parts_of(_reads_every(person), person=person.pk, authority=person.authority_id, code=code)
    if not parts:
        return None
    part = parts[0]
    audit, framework = part.audit, part.audit.framework.parsed
    return OpenAudit(
        audit=audit,
        part=part,
        template=audit.form,
        framework=framework,
        standings=standings_of(person, audit, audits_it=part.mine),
        why_not=why_not(person, _file(part, person, saving), framework) if part.mine else None,
    )


def _file(part: Any, person: Person, saving: bool) -> File:
    audit = part.audit
    if not saving:
        return file_of(audit)
    declared = frozenset({person.pk} if part.declared else ())
    return File(audit.worker_id, audit.team_id, audit.service_id, declared=declared)


@dataclass(frozen=True, slots=True)
class Held:
    """An answer as it stands: at which version, when and by whom it was saved, and what waits beside it."""

    value: str
    version: int
    rivals: Mapping[str, Mapping[str, str]]
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a part: each question's answer, and the findings."""

    answers: Mapping[str, Held]
    findings: tuple[Finding, ...]

    @property
    def values(self) -> dict[str, str]:
        return {name: answer.value for name, answer in self.answers.items()}

    @property
    def clashes(self) -> int:
        return sum(1 for answer in self.answers.values() if answer.rivals)


NOTHING_WRITTEN = Written({}, ())


def written_in(part: Part) -> Written:
    """Two statements, however many questions."""
    answers = {question: Held(*held) for question, *held in _answers_in(part=part.pk)}
    return Written(answers, tuple(_findings_in(part=part.pk)))


@prepared
def _answers_in(*, part: Any) -> QuerySet[Any]:
    rows = Answer.objects.filter(part=part)
    return rows.values_list("question", "value", "version", "rivals", "saved_at", "saved_by__name")


@prepared
def _findings_in(*, part: Any) -> QuerySet[Finding]:
    return Finding.objects.filter(part=part, removed=False).annotate(theme_label=theme_label())


def finding_or_none(part: Part, code: str, *, removed: bool = False) -> Finding | None:
    return part.findings.filter(code=code, removed=removed).first()


def removed_findings(part: Part) -> list[Finding]:
    return list(part.findings.filter(removed=True))


PAGE = 50


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What a list of audits may be narrowed by; blank means all.

    `grade` is the one that stands on the whole file; `chosen` "random" or "reason"; `within` the days of submission.
    """

    state: str = ""
    status: str = ""
    team: str = ""
    text: str = ""
    grade: str = ""
    chosen: str = ""
    within: Period | None = None

    def narrow(self, audits: QuerySet[Audit]) -> QuerySet[Audit]:
        wanted = Q()
        if self.state:
            wanted &= Q(state=self.state)
        if self.status:
            wanted &= Q(status=self.status)
        if self.team:
            wanted &= Q(team=self.team)
        if self.text:
            wanted &= Q(ref__istartswith=self.text)
        if self.grade:
            stands = Judgement.objects.filter(audit=OuterRef("pk"), section="", stands=True, grade=self.grade)
            wanted &= Q(Exists(stands))
        if self.chosen:
            by_chance = Q(case__draw__way__in=RANDOM)
            wanted &= by_chance if self.chosen == "random" else ~by_chance
        if self.within:
            wanted &= submitted_in(self.within)
        return audits.filter(wanted)


def submitted_in(period: Period, audit: str = "") -> Q:
    """Submitted in these days, in England's time; `audit` is the path to the audit ("part__audit__")."""
    since, until = midnight(period.starts_on), midnight(period.ends_on + timedelta(days=1))
    return Q(**{f"{audit}submitted_at__gte": since, f"{audit}submitted_at__lt": until})


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list of audits."""

    pk: int
    code: str
    ref: str
    status: str
    team_name: str
    group: str
    held_on: date
    state: str
    answered: int
    asked: int
    auditors: tuple[str, ...]


LISTED = (
    "pk", "code", "ref", "status", "team_name", "session__group__name", "session__held_on", "state", "answered",
    "asked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of a list, and the keys by which the pages beside it are found."""

    audits: tuple[Listed, ...]
    newer: int | None
    older: int | None


def page_of_audits(
    person: Person, narrowed: AuditFilter, *, below: int | None = None, above: int | None = None
) -> AuditPage:
    """Fifty audits, newest first, found by key: the last page costs what the first one does.

    `below` and `above` are the id that the page starts after, going to older and to newer audits.
    """
    audits = narrowed.narrow(audits_visible_to(person))
    if above is not None:
        found = _listed(audits.filter(pk__gt=above).order_by("pk"))
        more, rows = len(found) > PAGE, found[:PAGE][::-1]
        return AuditPage(tuple(rows), rows[0].pk if more and rows else None, rows[-1].pk if rows else None)
    found = _listed((audits.filter(pk__lt=below) if below is not None else audits).order_by("-pk"))
    more, rows = len(found) > PAGE, found[:PAGE]
    return AuditPage(tuple(rows), rows[0].pk if below is not None and rows else None, rows[-1].pk if more else None)


def _listed(audits: QuerySet[Audit]) -> list[Listed]:
    """A page's lines and one more, which says that there is another page; two statements."""
    rows = list(audits.values_list(*LISTED)[: PAGE + 1])
    allotted = Part.people.through.objects.filter(part__kind__in=AUDITORS, part__audit__in=[row[0] for row in rows])
    auditors: dict[int, list[str]] = {}
    for audit, name in allotted.order_by("pk").values_list("part__audit", "person__name"):
        auditors.setdefault(audit, []).append(name)
    return [Listed(*(*row, tuple(auditors.get(row[0], ())))) for row in rows]


def audits_in(session: Session) -> QuerySet[Audit]:
    """The audits of a session that stand, with their auditors."""
    parts = Part.objects.filter(kind__in=AUDITORS).order_by("pk").prefetch_related("people")
    audits = Audit.objects.filter(session=session).exclude(state="withdrawn")
    return audits.prefetch_related(Prefetch("parts", parts, to_attr="auditor_parts")).order_by("pk")


def audits_to_write(person: Person) -> QuerySet[Audit]:
    """What is allotted to this person and not yet submitted, the next session's first; never a case replaced since."""
    mine = Part.people.through.objects.filter(
        part__audit=OuterRef("pk"), part__kind__in=AUDITORS, part__frozen=False, person=person.pk
    )
    open_states = ["allotted", "in progress"]
    audits = Audit.objects.filter(Exists(mine), state__in=open_states, case__standing="selected")
    return audits.select_related("session__group").order_by("session__held_on", "pk")


@dataclass(frozen=True, slots=True)
class SessionFile:
    """A drawn case of a session, with its audit if it is allotted. `blind`: she grades it herself, so it is hidden."""

    case: DrawnCase
    audit: Audit | None
    auditors: tuple[str, ...]
    grade: Grade | None
    blind: bool = False


def session_files(person: Person, session: Session) -> list[SessionFile]:
    """The session's files this person may see: all of them for the QAU, her own for an auditor."""
    hers = audits_in(session).annotate(blind=blind_to(person.pk))
    audits: dict[int, Any] = {
        audit.case_id: audit for audit in (hers if _reads_every(person) else hers.filter(reads_it(person.pk)))
    }
    overall = {
        judgement.audit_id: judgement.grade
        for judgement in Judgement.objects.filter(audit__session=session, section="", stands=True)
    }
    everything = may("allot audits", standings(person))
    files = []
    for case in cases_to_audit(session):
        audit = audits.get(case.pk)
        if audit and audit.blind:
            files.append(SessionFile(case, None, (), None, blind=True))
        elif audit or everything:
            grade = overall.get(audit.pk) if audit else None
            names = tuple(person.name for person in auditors_of(audit)) if audit else ()
            files.append(SessionFile(case, audit, names, case.draw.framework.parsed.grade(grade) if grade else None))
    return files


def auditors_of(audit: Any) -> list[Person]:
    """The people an audit from one of the lists above is allotted to."""
    return [person for part in audit.auditor_parts for person in part.people.all()]
