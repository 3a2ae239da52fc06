"""Reading who has which of a session's files, who may not have one and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from goldenthread.audit.models import Answer, Audit, Finding, Part
from goldenthread.audit.queries.audits import auditors_of, audits_in, audits_visible_to
from goldenthread.audit.queries.independence import file_of, files_of, why_not
from goldenthread.method.allotting import Able, Barred, ToAllot
from goldenthread.method.capacity import Measured, kind_of
from goldenthread.method.framework import Allotting, Framework
from goldenthread.method.parts import AUDITORS
from goldenthread.people.models import Conflict, Person
from goldenthread.people.queries import with_posts
from goldenthread.plan.models import Session, Year
from goldenthread.plan.queries.sessions import people_seated
from goldenthread.select.models import DrawnCase
from goldenthread.select.queries.draws import cases_to_audit

ORDINARY = 100  # hundredths of an ordinary file
BEGUN = (  # somebody has written something, in whatever part
    Exists(Answer.objects.filter(part__audit=OuterRef("pk")))
    | Exists(Finding.objects.filter(part__audit=OuterRef("pk")))
    | Exists(Part.objects.filter(audit=OuterRef("pk"), frozen=True))
)


@dataclass(frozen=True, slots=True)
class Allotment:
    """Who may audit one case, who may not and why, and who does."""

    people: Mapping[int, Person]
    choices: list[tuple[str, str]]
    barred: list[tuple[str, str]]
    chosen: list[str]
    unbegun: Audit | None  # its audit, where nobody has begun it


def allotment_of(case: DrawnCase, today: date) -> Allotment:
    """The people seated at the case's session, held against the rules of independence."""
    session = case.draw.session
    assert session is not None, "only the cases of a session are allotted"
    audits = {audit.case_id: audit for audit in audits_in(session).annotate(begun=BEGUN)}
    load = Counter(person.pk for audit in audits.values() for person in auditors_of(audit))
    people = {person.pk: person for person in with_posts(people_seated(session), today)}
    file, framework = file_of(case, today), case.draw.framework.parsed
    choices, barred = [], []
    for person in people.values():
        reason = why_not(person, file, framework)
        if reason:
            barred.append((person.name, reason))
        else:
            choices.append((str(person.pk), f"{person.name}, {person.capacity} ({load[person.pk]} allotted)"))
    audit = audits.get(case.pk)
    chosen = [str(person.pk) for person in auditors_of(audit)] if audit else []
    unbegun = audit if audit and audit.state == "allotted" and not audit.begun else None
    return Allotment(people, choices, barred, chosen, unbegun)


# --- a whole session -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SessionTable:
    """A session's people and files: who has which, and who may not have one. By keys, in the order of both lists."""

    session: Session
    people: Mapping[int, Person]
    cases: Mapping[int, DrawnCase]
    audits: Mapping[int, Audit]  # by the case; those that stand
    barred: Barred
    measured: Measured

    @property
    def framework(self) -> Framework | None:
        """The rules that its files were drawn under; None where none is drawn."""
        return next((case.draw.framework.parsed for case in self.cases.values()), None)

    @property
    def rule(self) -> Allotting:
        return self.framework.allotting if self.framework else Allotting()

    @property
    def unallotted(self) -> list[DrawnCase]:
        return [case for key, case in self.cases.items() if key not in self.audits]

    def to_allot(self, case: DrawnCase) -> ToAllot:
        return ToAllot(case.pk, case.line.status, self.effort(case))

    def effort(self, case: DrawnCase) -> int:
        """What a file takes, in hundredths: as past sessions measured its kind, or else as the framework reckons its
        status. A round's files are each one record."""
        if not self.session.group.meets:
            return ORDINARY
        line = case.line
        kind = kind_of(line.opened_on, self.session.held_on, linked=bool(line.linked))
        for seen in self.measured.efforts:
            if seen.kind == kind and seen.known:
                return round(seen.effort * ORDINARY)
        statuses = {status.key: status.effort for status in case.draw.framework.parsed.statuses}
        return statuses.get(line.status, ORDINARY)

    def held(self, person: int) -> list[DrawnCase]:
        """The files that somebody has here, begun, submitted or not."""
        return [
            self.cases[case]
            for case, audit in self.audits.items()
            if case in self.cases and any(each.pk == person for each in auditors_of(audit))
        ]

    def able(self, ahead: Mapping[int, int]) -> list[Able]:
        """Each person with what she has already; `ahead`: files, beside those of this session."""
        framework = self.framework
        ranks = {post.key: post.seniority for post in framework.posts} if framework else {}
        found = []
        for key, person in self.people.items():
            held = self.held(key)
            if not self.session.group.meets:  # what is submitted there is no longer owed
                held = [case for case in held if self.audits[case.pk].state != "submitted"]
            load = ORDINARY * ahead.get(key, 0) + sum(map(self.effort, held))
            seniority = max((ranks.get(post.kind, 0) for post in person.posts_held), default=0)
            found.append(Able(key, seniority, load, Counter(case.line.status for case in held)))
        return found


def session_table(session: Session, today: date) -> SessionTable:
    """A fixed number of statements, however many files and people."""
    people = {person.pk: person for person in with_posts(people_seated(session), today)}
    cases = {case.pk: case for case in cases_to_audit(session)}
    year = Year.objects.filter(pk=session.year_id).only("effort").first() if session.year_id else None
    barred = {
        (case.pk, key): why
        for case, file in zip(cases.values(), files_of(list(cases.values()), today), strict=True)
        for key, person in people.items()
        if (why := why_not(person, file, case.draw.framework.parsed))
    }
    audits = {audit.case_id: audit for audit in audits_in(session)}
    return SessionTable(session, people, cases, audits, barred, Measured.from_json(year.effort if year else {}))


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody has of a session's files: how many of each status, what they take, and which she may not have.

    `mix`: (status in words, files). `takes`: ordinary files. `barred`: (why, the files' references).
    """

    person: Person
    files: int
    takes: float
    mix: Sequence[tuple[str, int]]
    barred: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Shut:
    """A file with somebody who, by now, may not audit it."""

    case: DrawnCase
    person: Person
    why: str


@dataclass(frozen=True, slots=True)
class SharedOut:
    """How a session's files are shared out.

    `nobody`: (case, who may not and why) of the files that nobody who sits may audit. `waiting`: how many others have
    no auditor. `unbegun`: allotted, and nobody has begun. `uneven_effort`: whether files are reckoned to differ.
    """

    shares: Sequence[Share]
    shut: Sequence[Shut]
    nobody: Sequence[tuple[DrawnCase, Sequence[tuple[Person, str]]]]
    waiting: int
    unbegun: int
    uneven_effort: bool


def shared_out(reader: Person, session: Session, today: date) -> SharedOut:
    """The session's files as they are shared out, with who may not audit what; as this person may see them."""
    table = session_table(session, today)
    seen = set(audits_visible_to(reader).filter(session=session).values_list("pk", flat=True))
    nobody = [
        (case, [(person, table.barred[case.pk, key]) for key, person in table.people.items()])
        for case in table.unallotted
        if all((case.pk, key) in table.barred for key in table.people)
    ]
    return SharedOut(
        shares=[_share(table, key, person) for key, person in table.people.items()],
        shut=[shut for shut in _shut(table) if table.audits[shut.case.pk].pk in seen],
        nobody=nobody,
        waiting=len(table.unallotted) - len(nobody),
        unbegun=audits_unbegun(session).count(),
        uneven_effort=len({table.effort(case) for case in table.cases.values()}) > 1,
    )


def _share(table: SessionTable, key: int, person: Person) -> Share:
    held, ties = table.held(key), defaultdict[str, list[str]](list)
    for case in table.cases.values():
        if why := table.barred.get((case.pk, key)):
            ties[why].append(case.ref)
    labels = {status.key: status.label for status in table.framework.statuses} if table.framework else {}
    mix = Counter(labels.get(case.line.status, case.line.status) for case in held)
    takes = sum(map(table.effort, held)) / ORDINARY
    return Share(
        person, len(held), takes, sorted(mix.items()), [(why, sorted(refs)) for why, refs in sorted(ties.items())]
    )


def _shut(table: SessionTable) -> Any:
    for key, audit in table.audits.items():
        for person in auditors_of(audit) if audit.state != "submitted" and key in table.cases else ():
            if why := table.barred.get((key, person.pk)):
                yield Shut(table.cases[key], person, why)


def audits_unbegun(session: Session) -> QuerySet[Audit]:
    """The session's audits in which nobody has written anything."""
    return Audit.objects.filter(~Q(BEGUN), session=session, state="allotted").order_by("pk")


def is_begun(audit: Audit) -> bool:
    """Whether anybody has written anything in it."""
    return audit.state != "allotted" or Audit.objects.filter(BEGUN, pk=audit.pk).exists()


def begun_by(case: DrawnCase) -> list[str]:
    """Whose audit of this case is begun and not withdrawn; nobody where there is none."""
    begun = Audit.objects.filter(~Q(state="allotted") | BEGUN, case=case).exclude(state="withdrawn")
    people = Part.people.through.objects.filter(part__audit__in=begun, part__kind__in=AUDITORS).order_by("pk")
    return list(people.values_list("person__name", flat=True))


def audits_in_conflict(authority_id: int) -> QuerySet[Audit]:
    """Audits not yet submitted whose auditor has declared a conflict with the file, so that it is shut to her.

    For the Quality Assurance Unit, which has to allot them to somebody else. `auditor_name` says whose.
    """
    auditing = Part.people.through.objects.filter(part__audit=OuterRef("pk"), part__kind__in=AUDITORS)
    declared = Conflict.objects.filter(
        Q(ref=OuterRef(OuterRef("ref"))) | Q(worker=OuterRef(OuterRef("worker"))) | Q(team=OuterRef(OuterRef("team"))),
        person=OuterRef("person"), ended_at__isnull=True,
    )  # fmt: skip
    shut = auditing.filter(Exists(declared)).order_by("pk")
    audits = Audit.objects.filter(Exists(shut), authority=authority_id, state__in=["allotted", "in progress"])
    named = audits.filter(case__standing="selected").annotate(auditor_name=Subquery(shut.values("person__name")[:1]))
    return named.select_related("session__group", "case").order_by("session__held_on", "pk")
