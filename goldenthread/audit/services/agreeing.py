"""Two auditors who audited a file apart agree one judgement, section by section. Both their parts stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from goldenthread.audit.models import Audit, Judgement
from goldenthread.audit.queries.agreeing import Agreement, ToAgree
from goldenthread.audit.services.parts import others_of
from goldenthread.audit.services.submitting import judged
from goldenthread.method.access import Is
from goldenthread.method.lifecycles import AUDIT, AuditFacts
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step


@dataclass(frozen=True, slots=True)
class Agreed:
    """The grade that the two agree on for one section ("": for the whole file), and why."""

    section: str
    grade: str
    because: str = ""


@step
def agree(*, by: Person, agreement: Agreement, agreed: Sequence[Agreed], now: datetime) -> Audit:
    """Submit the audit with the grades agreed on. Where the two had differed, it says why; else their reasons stand.

    Raises `Refused` with a sentence for each section that is not agreed, and when it is not hers to agree, or not yet.
    """
    audit = Audit.objects.select_for_update(of=("self",)).select_related("framework").get(pk=agreement.audit.pk)
    parts = audit.parts.filter(kind__in=("auditor", "co_auditor"))
    if parts.filter(frozen=False).exists():
        raise Refused("Both auditors submit their own part first.")
    given = {each.section: each for each in agreed}
    if faults := [fault for one in agreement.to_agree if (fault := fault_of(one, given.get(one.section)))]:
        raise Refused(*faults)
    auditor = agreement.standings | ({Is.AUDITOR} if Is.CO_AUDITOR in agreement.standings else set())
    row = AUDIT.take("submit", audit.state, auditor, AuditFacts(awaited=others_of(audit, parts[0]).awaited))
    judgements = [_judgement(audit, one, given[one.section], by, now) for one in agreement.to_agree]
    told = {
        one.section or "overall": {name: said.grade if said else "" for name, said in one.said}
        for one in agreement.to_agree
        if one.differ
    }
    record(by=by, verb="agreed", thing=audit, at=now, was=told)
    return judged(by=by, audit=audit, state=row.after, judgements=judgements, now=now)


def fault_of(one: ToAgree, agreed: Agreed | None) -> str | None:
    """What is wrong with what is agreed on a section, in a sentence; None if nothing is."""
    if agreed is None or agreed.grade not in {choice.name for choice in one.choices}:
        return f"Choose the grade you agree on for “{one.label}”."
    if one.differ and not agreed.because.strip():
        return f"Say why you agree on that grade for “{one.label}”: you had graded it differently."
    return None


def _judgement(audit: Audit, one: ToAgree, agreed: Agreed, by: Person, now: datetime) -> Judgement:
    return Judgement(
        authority_id=audit.authority_id, audit=audit, section=one.section, grade=agreed.grade,
        rationale=agreed.because.strip() or one.rationales, made_at=now, made_by=by,
    )  # fmt: skip
