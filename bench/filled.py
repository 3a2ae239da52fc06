"""Many audits at once, written straight into the tables as the services would have left them, save the trail.

Each is a copy of one real audit in progress, with a case and an auditor of its own, ten to a session.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

TO_A_SESSION, AT_ONCE = 10, 2_000

COPY_ANSWERS = """
    INSERT INTO audit_answer (authority_id, part_id, question, value, version, rivals, saved_at, saved_by_id)
    SELECT part.authority_id, part.id, held.question, held.value, held.version, held.rivals, held.saved_at,
           held.saved_by_id
    FROM audit_part AS part CROSS JOIN audit_answer AS held
    WHERE held.part_id = %s AND part.id BETWEEN %s AND %s
"""


def fill(model: Any, number: int, *, answers: bool) -> list[Any]:
    """So many copies of this audit, oldest first, for its auditor and another in turns; with its answers or without."""
    from django.db import connection, transaction

    part = model.parts.get()
    made: list[Any] = []
    with connection.constraint_checks_disabled():
        sessions = _sessions(model, -(-number // TO_A_SESSION))
        for first in range(0, number, AT_ONCE):
            with transaction.atomic(), connection.cursor() as cursor:
                if connection.vendor == "postgresql":  # neither guards nor foreign keys are looked at while filling
                    cursor.execute("SET LOCAL session_replication_role = replica")
                batch = range(first, min(first + AT_ONCE, number))
                parts = _parts(model, batch, sessions)
                if answers:
                    cursor.execute(COPY_ANSWERS, [part.pk, parts[0].pk, parts[-1].pk])
                made += [each.audit for each in parts]
    _settle()
    return made


def _sessions(model: Any, number: int) -> list[Any]:
    """One after the other, a day apart, of each group in turn; long before the model's own."""
    from goldenthread.plan.models import Group, Session

    groups = list(Group.objects.filter(authority=model.authority_id))
    day = model.session.held_on - timedelta(days=number + 1)
    return Session.objects.bulk_create(
        Session(
            authority_id=model.authority_id, group=groups[place % len(groups)], held_on=day + timedelta(days=place),
            arranged_at=model.allotted_at, arranged_by_id=model.allotted_by_id,
            published_at=model.allotted_at, published_by_id=model.allotted_by_id,
        )
        for place in range(number)
    )  # fmt: skip


def _parts(model: Any, batch: range, sessions: list[Any]) -> list[Any]:
    from goldenthread.audit.models import Audit, Part
    from goldenthread.select.models import CaseLine, DrawnCase
    from goldenthread.web.codes import new_code
    from tests import make

    def copies(row: Any, **changed: Any) -> dict[str, Any]:
        held = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        return {name: value for name, value in held.items() if name not in {"id", "code"}} | changed

    refs = [f"F{number:06}" for number in batch]
    lines = CaseLine.objects.bulk_create(CaseLine(**copies(model.case.line, ref=ref)) for ref in refs)
    cases = DrawnCase.objects.bulk_create(
        DrawnCase(**copies(model.case, code=new_code(), ref=line.ref, line_id=line.pk)) for line in lines
    )
    audits = Audit.objects.bulk_create(
        Audit(**copies(model, ref=case.ref, case_id=case.pk, session_id=sessions[number // TO_A_SESSION].pk))
        for number, case in zip(batch, cases, strict=True)
    )
    parts = Part.objects.bulk_create(Part(authority_id=model.authority_id, audit=audit) for audit in audits)
    people = [make.auditor_of(model), make.council().sunita, make.council().grace]
    auditors = [people[0], next(each for each in people[1:] if each != people[0])]
    through = Part.people.through
    through.objects.bulk_create(
        through(part_id=part.pk, person_id=auditors[number % 2].pk) for number, part in zip(batch, parts, strict=True)
    )
    return parts


def _settle() -> None:
    """Let the database learn what it holds now, as its own housekeeping would."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
