"""The parts of an audit beside the auditors': asked for when it is allotted or returned, written, submitted, read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from goldenthread.audit.models import Audit, Part
from goldenthread.audit.queries.agreeing import Agreement
from goldenthread.audit.queries.opened import Opened
from goldenthread.audit.queries.parts import OpenPart
from goldenthread.audit.services.answers import Change, keep, locked, read
from goldenthread.framework.models import TemplateVersion
from goldenthread.framework.queries import template_in_use
from goldenthread.method.deadlines import due_date
from goldenthread.method.framework.moderating import Part as Rule
from goldenthread.method.lifecycles import PART, PartFacts
from goldenthread.method.parts import AUDITORS
from goldenthread.method.refusal import Refused
from goldenthread.method.template import missing
from goldenthread.notices.services import link, tell
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON
from goldenthread.web.wording import day as day_words

ALLOTTED = ("practitioner", "family", "discussion")  # asked for when the audit is allotted
HERS = ("practitioner", "reply")  # only the practitioner can write these


def ask_for_parts(*, by: Person, audit: Audit, now: datetime) -> list[Part]:
    """Ask for the parts that the framework wants of an audit, once each, and tell those who are asked.

    A part whose template the council has not adopted is not asked for, nor a practitioner's where nobody on record
    holds the case. Called whenever the audit is allotted: new auditors are told of what is asked for already.
    """
    rules = [rule for rule in audit.framework.parsed.parts if rule.kind in ALLOTTED]
    if not rules:
        return []
    there = {part.kind: part for part in audit.parts.filter(kind__in=ALLOTTED)}
    asked = _ask(by, audit, [rule for rule in rules if rule.kind not in there], now)
    _tell_auditors(audit, [*there.values(), *asked], now)
    return asked


def ask_for_reply(*, by: Person, audit: Audit, now: datetime) -> Part | None:
    """Ask the practitioner for her reply to an audit that is returned; None where the framework asks for none."""
    rules = [rule for rule in audit.framework.parsed.parts if rule.kind == "reply"]
    asked = _ask(by, audit, rules, now)
    return asked[0] if asked else None


def _ask(by: Person, audit: Audit, rules: Iterable[Rule], now: datetime) -> list[Part]:
    asked = []
    for rule in rules:
        template = _template(audit, rule)
        if template is None or (rule.kind in HERS and not (audit.worker and audit.worker.is_active)):
            continue
        due_on = due_date(now.astimezone(LONDON).date(), rule.days)
        part = Part.objects.create(
            authority_id=audit.authority_id, audit=audit, kind=rule.kind, template=template, due_on=due_on
        )
        asked.append(part)
        if rule.kind in HERS:
            _tell_practitioner(audit, part, rule, due_on, now)
    if asked:
        told = {part.kind: str(part.due_on) for part in asked}
        record(by=by, verb="asked for", thing=audit, at=now, now=told)
    return asked


def _template(audit: Audit, rule: Rule) -> TemplateVersion | None:
    try:
        return template_in_use(audit.authority_id, rule.template)
    except Refused:
        return None


def _tell_practitioner(audit: Audit, part: Part, rule: Rule, due_on: date, now: datetime) -> None:
    """Nothing of the child in it: which case it is stands on the page behind the link."""
    worker = audit.worker
    assert worker is not None
    page = link(reverse("write_part", args=[audit.code, part.kind]))
    why = {
        "practitioner": "One of your cases is to be audited. What you know of it counts, and is asked for first.",
        "reply": "The audit of one of your cases has come back. You can say what you think of it.",
    }[part.kind]
    tell(
        key=f"part-asked:{audit.code}:{part.kind}:{worker.pk}", to=worker, kind="part asked for",
        subject=f"{rule.label}, by {day_words(due_on)}",
        body=f"{worker.name},\n\n{why}\n\n{rule.label}: by {day_words(due_on)}.\n\n{page}\n", now=now,
    )  # fmt: skip


def _tell_auditors(audit: Audit, parts: Sequence[Part], now: datetime) -> None:
    """Each auditor once a session: what is asked of her beside the audits themselves, however many files she has."""
    framework = audit.framework.parsed
    rules: dict[str, Rule] = {rule.kind: rule for rule in framework.parts}
    asked = [part for part in parts if part.kind not in HERS and part.kind in rules and not part.frozen]
    if not asked:
        return
    lines = "\n".join(f"- {rules[part.kind].label}, by {day_words(part.due_on)}" for part in asked)
    session = audit.session
    page = link(reverse("session_audits", args=[session.code]))
    for auditor in Person.objects.filter(pk__in=audit.parts.filter(kind__in=AUDITORS).values("people")):
        tell(
            key=f"parts-asked:{session.code}:{auditor.pk}", to=auditor, kind="part asked for",
            subject=f"Asked for beside your audits of {day_words(session.held_on)}",
            body=(
                f"{auditor.name},\n\nOf each file you audit for {day_words(session.held_on)} this is asked for too:\n\n"
                f"{lines}\n\nYou find it on the page of each file.\n\n{page}\n"
            ),
            now=now,
        )  # fmt: skip


# --- writing ------------------------------------------------------------------------------------------------


@step
def submit_part(*, by: Person, opened: OpenPart, now: datetime, changes: Sequence[Change] = ()) -> Part:
    """Keep the last changes and freeze the part as it then stands: both, or neither. Who gave it stays on record.

    Raises `Refused` while a required answer is missing or two answers disagree.
    """
    values = read(opened, changes)
    part = locked(opened)
    held = {answer.question: answer for answer in part.answers.all()}
    if changes:
        keep(by=by, opened=opened, part=part, held=held, changes=changes, values=values, now=now)
    opened.begin(part)
    answers = {name: answer.value for name, answer in held.items()}
    if not any(answers.values()):
        raise Refused("Nothing is written yet. Write what you want to say, then submit it.")
    lacking = missing(opened.template, part.audit.facts, answers)
    clashes = sum(1 for answer in held.values() if answer.rivals)
    PART.take("submit", "open", opened.standings, PartFacts(len(lacking), clashes, opened.why_not))
    part.people.add(by)
    freeze(part, by, now)
    record(by=by, verb="gave", thing=part.audit, at=now, now={"part": part.kind})
    return part


def freeze(part: Part, by: Person, now: datetime) -> None:
    """A locked part as it stands, for ever: the database refuses any change after."""
    part.frozen, part.submitted_at, part.submitted_by = True, now, by
    part.save(update_fields=["frozen", "submitted_at", "submitted_by"])


def see_part(*, by: Person, opened: Opened, at: datetime) -> None:
    """Record that this person opened this part."""
    record(by=by, verb="saw", thing=opened.audit, at=at, now={"part": opened.part.kind})


def see_agreement(*, by: Person, agreement: Agreement, at: datetime) -> None:
    """Record that this person saw both auditors' grades side by side."""
    record(by=by, verb="saw", thing=agreement.audit, at=at, now={"part": "co_auditor"})


# --- what holds an audit up ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Others:
    """An audit's other parts, as its submission needs to know: the labels of those it waits for; whether two audit it
    apart."""

    awaited: tuple[str, ...]
    apart: bool


def others_of(audit: Audit, part: Part) -> Others:
    """One statement. Only what the framework requires, and what was asked for, holds an audit up."""
    labels = {rule.kind: rule.label for rule in audit.framework.parsed.parts if rule.required}
    others = list(audit.parts.exclude(pk=part.pk).values_list("kind", "frozen"))
    awaited = tuple(labels[kind] for kind, frozen in others if kind in labels and kind in ALLOTTED and not frozen)
    return Others(awaited, "co_auditor" in {part.kind, *(kind for kind, _ in others)})
