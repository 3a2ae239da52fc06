"""A concern raised by Grace while she audits a file of Duty 2, which Rafiq manages, under Bridget's service."""

from __future__ import annotations

from goldenthread.act.models import Concern
from goldenthread.act.queries.concerns import OpenConcern, concern_or_none
from goldenthread.act.services.concerns import raise_concern
from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit
from goldenthread.audit.services.answers import Change
from goldenthread.people.models import Person
from tests import make

WORRY = "The child may be alone at night."
SEEN = "Case note of 3 June."


def half_written(files: int = 1) -> list[Audit]:
    """Grace's audits of Duty 2, one question of the first answered."""
    here = make.council()
    cases = [make.Line(f"CASE{place:03}") for place in range(1, 7)]
    audits = make.audits(make.drawn_session(files, cases=cases, of=make.session(seats=[here.grace])))
    question = next(
        name for name, each in make.opened(audits[0]).template.questions.items() if each.kind == "narrative"
    )
    auditing.save_answers(
        by=here.grace, opened=make.opened(audits[0]), changes=[Change(question, "Half written.", 0)], now=make.NOW
    )
    for audit in audits:
        audit.refresh_from_db()
    return audits


def raised(audit: Audit | None = None, by: Person | None = None) -> Concern:
    audit = audit or half_written()[0]
    return raise_concern(by=by or make.council().grace, audit=audit, worry=WORRY, seen=SEEN, now=make.NOW)


def opened(concern: Concern, by: Person) -> OpenConcern:
    found = concern_or_none(by, concern.code)
    assert found is not None
    return found
