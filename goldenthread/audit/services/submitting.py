"""Submitting: nothing missing, nothing in dispute, then the content is frozen and the judgement stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from goldenthread.audit.models import Audit, Judgement
from goldenthread.audit.queries import OpenAudit
from goldenthread.audit.queries.agreeing import grades_in
from goldenthread.audit.services.answers import Change, keep, locked, read
from goldenthread.audit.services.counting import count
from goldenthread.audit.services.moderation import send_to_moderation
from goldenthread.audit.services.parts import freeze, others_of
from goldenthread.method.lifecycles import AUDIT, AuditFacts
from goldenthread.method.refusal import Refused
from goldenthread.method.template import missing, progress
from goldenthread.people.models import Person
from goldenthread.select.services.draws import note_audited
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON


@step
def submit(*, by: Person, opened: OpenAudit, now: datetime, changes: Sequence[Change] = ()) -> Audit:
    """Keep the last changes and freeze the audit as it then stands: both, or neither.

    Raises `Refused` while a required answer is missing or two answers disagree.
    """
    values = read(opened, changes)
    part = locked(opened)
    held = {answer.question: answer for answer in part.answers.all()}
    if changes:
        keep(by=by, opened=opened, part=part, held=held, changes=changes, values=values, now=now)
    audit, answers = part.audit, {name: answer.value for name, answer in held.items()}
    lacking = missing(opened.template, audit.facts, answers)
    clashes = sum(1 for answer in held.values() if answer.rivals)
    others = others_of(audit, part)
    facts = AuditFacts(len(lacking), clashes, opened.why_not, () if others.apart else others.awaited)
    row = AUDIT.take("submit", audit.state, opened.standings, facts)
    if part.frozen:
        raise Refused("You have submitted your part of this audit already. It waits for the other auditor.")
    freeze(part, by, now)
    if part.kind == "auditor":
        _count(audit, opened, answers)
    if others.apart:  # the judgement is what the two of them come to agree on
        audit.save(update_fields=["answered", "asked"])
        record(by=by, verb="gave", thing=audit, at=now, now={"part": part.kind})
        return audit
    return judged(by=by, audit=audit, state=row.after, judgements=_judgements(opened, answers, by, now), now=now)


def judged(*, by: Person, audit: Audit, state: str, judgements: Sequence[Judgement], now: datetime) -> Audit:
    """The audit submitted with these judgements."""
    Judgement.objects.bulk_create(judgements)
    audit.state, audit.submitted_at, audit.submitted_by = state, now, by
    audit.save(update_fields=["state", "submitted_at", "submitted_by", "answered", "asked"])
    note_audited(case_id=audit.case_id, on=now.astimezone(LONDON).date())
    record(by=by, verb="submitted", thing=audit, at=now, now={j.section or "overall": j.grade for j in judgements})
    count(audit, Counter())
    send_to_moderation(by=by, audit=audit, now=now)
    return audit


def _count(audit: Audit, opened: OpenAudit, answers: Mapping[str, str]) -> None:
    """Now exactly: which questions apply may have changed with the answers."""
    sections = progress(opened.template, audit.facts, answers)
    audit.answered, audit.asked = sum(each.answered for each in sections), sum(each.total for each in sections)


def _judgements(opened: OpenAudit, answers: Mapping[str, str], by: Person, now: datetime) -> list[Judgement]:
    """One for each section that was graded, and one for the whole file."""
    audit = opened.audit
    return [
        Judgement(
            authority_id=audit.authority_id, audit=audit, section=each.section, grade=each.grade,
            rationale=each.rationale, made_at=now, made_by=by,
        )
        for each in grades_in(opened.template, audit.facts, answers)
    ]  # fmt: skip
