"""Reading the parts of an audit: who writes and sees which is the table of method/parts.py, asked here of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from goldenthread.audit.models import Answer, Audit, Part
from goldenthread.audit.queries.audits import Held, Written
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.audit.queries.independence import file_of, why_not
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.access import Is
from goldenthread.method.deadlines import working_days_between
from goldenthread.method.framework import Framework
from goldenthread.method.framework.moderating import Part as Rule
from goldenthread.method.lifecycles import PART, PartFacts
from goldenthread.method.parts import AUDITORS, ROWS, Moment, While, may_see, seen_from, why_not_write
from goldenthread.method.refusal import Refused
from goldenthread.method.template import Template
from goldenthread.notices.reminder import Reminder
from goldenthread.people.models import Person
from goldenthread.people.standing import standings_towards
from goldenthread.plan.models import Seat
from goldenthread.trail.models import Event
from goldenthread.web.wording import day as day_words

BESIDE = ("practitioner", "family", "discussion", "reply")  # what the framework asks for beside the auditors' parts


def returned(audit: str = "audit") -> Exists:
    """Whether an audit was returned. This stage may not read the next one's rows: the trail says it."""
    return Exists(Event.objects.filter(thing="audit", thing_id=OuterRef(audit), verb="returned"))


@dataclass(frozen=True, slots=True)
class OpenPart:
    """A part as one person sees it. `why_not`: the sentence that refuses to let her write in it."""

    audit: Audit
    part: Part
    template: Template
    framework: Framework
    standings: frozenset[Is]
    moment: Moment
    why_not: str | None

    @property
    def may_write(self) -> bool:
        return self.why_not is None

    @property
    def label(self) -> str:
        return label_of(self.part, self.framework)

    def begin(self, part: Part) -> str:
        """As `Opened.begin`: a part beside the auditors' leaves the audit as it is."""
        moment = replace(self.moment, submitted=part.frozen, withdrawn=part.audit.state == "withdrawn",
                         audited=part.audit.state == "submitted")  # fmt: skip
        PART.take("write in", "open", self.standings, PartFacts(why_not=self._refusal(moment)))
        return part.audit.state

    def _refusal(self, moment: Moment) -> str | None:
        return why_not_write(self.part.kind, self.standings, moment)


def label_of(part: Part, framework: Framework) -> str:
    """The council's word for a part; where it has none, ours."""
    rule = rule_of(part.kind, framework)
    return rule.label if rule else part.get_kind_display().capitalize()


def rule_of(kind: str, framework: Framework) -> Rule | None:
    return next((rule for rule in framework.parts if rule.kind == kind), None)


# --- one audit's parts, as one person sees them ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AuditParts:
    """The parts of one audit, and what one person is to it."""

    audit: Audit
    parts: tuple[Any, ...]
    standings: frozenset[Is]

    def moment(self, part: Part) -> Moment:
        own = [each.frozen for each in self.parts if each.kind == "moderator" and each.mine]
        first = self.parts[0]
        return Moment(
            submitted=part.frozen,
            both=all(each.frozen for each in self.parts if each.kind in AUDITORS),
            own_given=not first.blind and all(own),
            audited=self.audit.state == "submitted",
            returned=first.returned,
            withdrawn=self.audit.state == "withdrawn",
        )

    def may_see(self, part: Any) -> bool:
        """As the table says; and nothing that grades, or talks of grades, while she grades this file blind."""
        if part.blind and ROWS[part.kind].blind and not part.mine:
            return False
        return may_see(part.kind, self.standings, self.moment(part))

    def opened(self, part: Part) -> OpenPart:
        moment = self.moment(part)
        template = part.template.parsed if part.template else self.audit.form
        return OpenPart(
            self.audit, part, template, self.audit.framework.parsed, self.standings, moment,
            why_not_write(part.kind, self.standings, moment),
        )  # fmt: skip

    def of_kind(self, kind: str) -> Any | None:
        return next((part for part in self.parts if part.kind == kind), None)


def parts_of(person: Person, audit: Q) -> AuditParts | None:
    """The parts of one audit (of her council, as `audit` says which), in one statement, and a second for its auditor.

    What she is to the file is worked out here: its auditor, its practitioner, her manager, somebody who sits at its
    session. An auditor whom a tie to the file now forbids to audit it is none.
    """
    people = Part.people.through.objects.filter(part=OuterRef("pk"), person=person.pk)
    seats = Seat.objects.filter(session=OuterRef("audit__session"), person=person.pk)
    found = (
        Part.objects.filter(audit, audit__authority=person.authority_id)
        .annotate(
            mine=Exists(people), seated=Exists(seats), returned=returned(), blind=blind_to(person.pk, "audit"),
            begun=Exists(Answer.objects.filter(part=OuterRef("pk"))),
        )
        .select_related("audit__session__group", "audit__framework", "audit__template", "template", "submitted_by")
        .defer("audit__framework__source", "audit__template__source", "template__source")
        .order_by("pk")
    )  # fmt: skip
    parts = tuple(found)
    return AuditParts(parts[0].audit, parts, _standings(person, parts)) if parts else None


def parts_of_code(person: Person, code: str) -> AuditParts | None:
    return parts_of(person, Q(audit__code=code))


OWN = {"auditor": Is.AUDITOR, "co_auditor": Is.CO_AUDITOR, "moderator": Is.MODERATOR}


def _standings(person: Person, parts: Sequence[Any]) -> frozenset[Is]:
    audit = parts[0].audit
    found = set(standings_towards(person, authority=audit.authority_id, team=audit.team_id, service=audit.service_id))
    found |= {OWN[part.kind] for part in parts if part.mine and part.kind in OWN}
    if audit.worker_id == person.pk:
        found.add(Is.PRACTITIONER)
    if parts[0].seated:
        found.add(Is.SEATED)
    auditing = found & {Is.AUDITOR, Is.CO_AUDITOR}
    if auditing and audit.state != "submitted" and why_not(person, file_of(audit), audit.framework.parsed):
        found -= auditing
    return frozenset(found)


def open_part_or_none(person: Person, code: str, kind: str) -> OpenPart | None:
    """A part that this person may write or see; None alike when there is none and when it is not hers to see."""
    found = parts_of_code(person, code)
    part = found.of_kind(kind) if found and kind in ROWS else None
    if found is None or part is None or part.stage or not found.may_see(part):
        return None
    return found.opened(part)


# --- what a page lists ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part on the page of its audit: how far it is, and what this person may do with it.

    `reads`, `writes`: the addresses of its pages, or "". `from_when`: when she comes to see it, while she does not.
    """

    label: str
    state: str
    colour: str
    reads: str = ""
    writes: str = ""
    from_when: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """The parts of an audit beside the one that is open; `agree` is the address where two auditors agree, or ""."""

    lines: tuple[PartLine, ...]
    agree: str = ""


def panel_of(person: Person, audit: Audit, part: Part, today: date) -> Panel:
    """What the page of an audit says of its other parts. A moderator's is on the page of the moderation."""
    found = parts_of(person, Q(audit=audit.pk))
    if found is None:
        return Panel(())
    lines = [_line(found, each, today) for each in found.parts if each.pk != part.pk and each.kind != "moderator"]
    return Panel(tuple(lines), reverse("agree_parts", args=[audit.code]) if may_agree(found) else "")


def may_agree(found: AuditParts) -> bool:
    """Whether this person is one of two auditors who have both submitted and have still to agree."""
    pair = bool(found.of_kind("co_auditor")) and found.audit.state == "in progress"
    both = pair and all(each.frozen for each in found.parts if each.kind in AUDITORS)
    return bool(both and found.standings & {Is.AUDITOR, Is.CO_AUDITOR})


def _line(found: AuditParts, part: Any, today: date) -> PartLine:
    opened, code = found.opened(part), found.audit.code
    seen = found.may_see(part)
    page = reverse("write_part", args=[code, part.kind])
    return PartLine(
        opened.label,
        *state_of(part, found.moment(part), today),
        reads=reverse("read_part", args=[code, part.kind]) if seen and (part.frozen or part.begun) else "",
        writes=page if opened.may_write and part.kind in BESIDE else "",
        from_when="" if seen else seen_from(part.kind, found.standings),
    )


def state_of(part: Any, moment: Moment, today: date) -> tuple[str, str]:
    """How far a part is, in words, and the colour of its tag."""
    if part.frozen:
        return f"Given on {day_words(part.submitted_at, 'short')}" if part.submitted_at else "Given", "green"
    closed = moment.withdrawn or {
        While.AUDITING: moment.audited, While.RETURNING: moment.returned
    }.get(ROWS[part.kind].written, False)  # fmt: skip
    if closed:
        return "Not given", "grey"
    if part.due_on and part.due_on < today:
        return f"Not given by {day_words(part.due_on, 'short')}", "orange"
    due = f", by {day_words(part.due_on, 'short')}" if part.due_on else ""
    return (f"Being written{due}", "blue") if part.begun else (f"Asked for{due}", "blue")


# --- reading a part's words -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadPart:
    """A part that was given, to be read: what it is, who gave it, and what is written in it."""

    opened: OpenPart
    written: Written


def parts_to_read(person: Person, audit: Audit, *, kinds: Iterable[str] = BESIDE) -> list[ReadPart]:
    """The parts of an audit that were given and that this person sees, with their words; two statements.

    For the returned audit's page and the session's report: as the table says, whoever reads.
    """
    found = parts_of(person, Q(audit=audit.pk))
    given = (
        [part for part in found.parts if part.frozen and part.kind in kinds and found.may_see(part)] if found else []
    )
    words = answers_of([part.pk for part in given])
    return [ReadPart(found.opened(part), Written(words.get(part.pk, {}), ())) for part in given] if found else []


def reply_to_write(person: Person, audit: Audit) -> OpenPart | None:
    """Her reply to this returned audit, while it is hers to write; no statement for anybody but its practitioner."""
    opened = open_part_or_none(person, audit.code, "reply") if audit.worker_id == person.pk else None
    return opened if opened and opened.may_write else None


def answers_of(parts: Sequence[int]) -> Mapping[int, dict[str, Held]]:
    """Every answer of these parts, by part and question; one statement."""
    found: dict[int, dict[str, Held]] = {}
    if parts:
        rows = Answer.objects.filter(part__in=parts)
        facts = rows.values_list("part", "question", "value", "version", "rivals", "saved_at", "saved_by__name")
        for part, question, *held in facts:
            found.setdefault(part, {})[question] = Held(*held)
    return found


# --- what waits for somebody -----------------------------------------------------------------------------


def parts_asked_of(person: Person) -> QuerySet[Part]:
    """The parts this person has still to write, the soonest due first: her own view and her reply as the practitioner;
    the family's words and the group's discussion of the files she audits."""
    hers = Part.people.through.objects.filter(
        part__audit=OuterRef("audit"), part__kind__in=AUDITORS, person=person.pk
    )  # fmt: skip
    own = Q(kind="practitioner", audit__state__in=["allotted", "in progress"]) | Q(kind="reply")
    beside = Q(~returned(), Exists(hers), kind__in=["family", "discussion"])
    asked = Part.objects.filter(
        Q(own, audit__worker=person.pk) | beside, frozen=False, audit__authority=person.authority_id
    )
    asked = asked.exclude(audit__state="withdrawn").filter(audit__case__standing="selected")
    return asked.select_related("audit__framework").defer("audit__framework__source").order_by("due_on", "pk")


def audits_to_agree(person: Person) -> QuerySet[Audit]:
    """Audits that this person and another made apart, both submitted, whose grades they have still to agree."""
    parts = Part.objects.filter(audit=OuterRef("pk"), kind__in=AUDITORS)
    mine = Part.people.through.objects.filter(part__audit=OuterRef("pk"), part__kind__in=AUDITORS, person=person.pk)
    audits = Audit.objects.filter(
        Exists(mine), Exists(parts.filter(kind="co_auditor")), ~Exists(parts.filter(frozen=False)),
        authority=person.authority_id, state="in progress",
    )  # fmt: skip
    return audits.select_related("session__group").order_by("session__held_on", "pk")


REMIND_BEFORE = 2  # working days


def part_reminders(authority_id: int, today: date) -> Iterable[Reminder]:
    """A practitioner's own view and her reply, from two working days before the day until it; then nothing more."""
    try:
        framework = framework_in_force(authority_id, today).parsed
    except Refused:
        return
    waiting = (
        Part.objects.filter(
            kind__in=["practitioner", "reply"], frozen=False, due_on__gte=today, due_on__lte=today + timedelta(days=14),
            audit__authority=authority_id, audit__worker__is_active=True, audit__case__standing="selected",
        )
        .exclude(audit__state="withdrawn")
        .exclude(kind="practitioner", audit__state="submitted")
        .select_related("audit__worker").order_by("due_on", "pk")
    )  # fmt: skip
    for part in waiting:
        if part.due_on and working_days_between(today, part.due_on) <= REMIND_BEFORE:
            label = label_of(part, framework)
            sentence = f"{label} on one of your cases is asked for by {day_words(part.due_on)}."
            yield Reminder(part.audit.worker, sentence, reverse("write_part", args=[part.audit.code, part.kind]))
