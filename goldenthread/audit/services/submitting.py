"""Submitting: nothing missing, nothing in dispute, then the content is frozen and the judgement stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from goldenthread.audit.models import Audit, Judgement
from goldenthread.audit.queries import OpenAudit
from goldenthread.audit.services.answers import Change, keep, locked, read
from goldenthread.method.lifecycles import AUDIT, AuditFacts
from goldenthread.method.template import applicable_sections, missing, progress
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step


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
    facts = AuditFacts(len(lacking), clashes, opened.why_not)
    row = AUDIT.take("submit", audit.state, opened.standings, facts)
    judgements = _judgements(opened, answers)
    Judgement.objects.bulk_create(judgements)
    part.frozen = True
    part.save(update_fields=["frozen"])
    _count(audit, opened, answers)
    audit.state, audit.submitted_at, audit.submitted_by = row.after, now, by
    audit.save(update_fields=["state", "submitted_at", "submitted_by", "answered", "asked"])
    record(by=by, verb="submitted", thing=audit, at=now, now={j.section or "overall": j.grade for j in judgements})
    return audit


def _count(audit: Audit, opened: OpenAudit, answers: Mapping[str, str]) -> None:
    """Now exactly: which questions apply may have changed with the answers."""
    sections = progress(opened.template, audit.facts, answers)
    audit.answered, audit.asked = sum(each.answered for each in sections), sum(each.total for each in sections)


def _judgements(opened: OpenAudit, answers: Mapping[str, str]) -> list[Judgement]:
    """One for each section that was graded, and one for the whole file."""
    found = []
    for section in applicable_sections(opened.template, opened.audit.facts, answers):
        by_role = {question.role: answers.get(question.name, "") for question in section.questions if question.role}
        if grade := by_role.get("section_grade"):
            found.append(_judgement(opened, section.name, grade, by_role.get("section_rationale", "")))
        if grade := by_role.get("overall_grade"):
            found.append(_judgement(opened, "", grade, by_role.get("overall_rationale", "")))
    return found


def _judgement(opened: OpenAudit, section: str, grade: str, rationale: str) -> Judgement:
    audit = opened.audit
    return Judgement(authority_id=audit.authority_id, audit=audit, section=section, grade=grade, rationale=rationale)
