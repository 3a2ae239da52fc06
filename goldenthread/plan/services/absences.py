"""Recording when somebody is away: by herself or by the Quality Assurance Unit. What for is never asked."""

from __future__ import annotations

from datetime import date, datetime

from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Absence
from goldenthread.plan.queries.absences import standing_absences
from goldenthread.trail.services import record, step
from goldenthread.web.wording import day


@step
def record_absence(*, by: Person, person: Person, from_on: date, to_on: date, kind: str, now: datetime) -> Absence:
    """Days on which somebody cannot audit. Her seats stay hers until the rota is re-planned."""
    _refuse_unless_hers(by, person)
    if to_on < from_on:
        raise Refused(f"The absence begins on {day(from_on, 'plain')}, so it cannot end before that day.")
    others = standing_absences(by.authority_id).filter(person=person, from_on__lte=to_on, to_on__gte=from_on)
    if other := others.first():
        raise Refused(
            f"{person.name} is away from {day(other.from_on, 'plain')} to {day(other.to_on, 'plain')} already. "
            "Withdraw that absence first, or give other days."
        )
    absence = Absence.objects.create(
        authority_id=by.authority_id, person=person, from_on=from_on, to_on=to_on, kind=kind, recorded_at=now,
        recorded_by=by,
    )  # fmt: skip
    record(by=by, verb="recorded", thing=absence, at=now, now=_facts(absence))
    return absence


@step
def withdraw_absence(*, by: Person, absence: Absence, now: datetime) -> Absence:
    """She is not away after all; the record of it stays, withdrawn."""
    _refuse_unless_hers(by, absence.person)
    if absence.withdrawn_at:
        raise Refused("This absence is withdrawn already.")
    absence.withdrawn_at, absence.withdrawn_by = now, by
    absence.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(by=by, verb="withdrew", thing=absence, at=now, was=_facts(absence))
    return absence


def _refuse_unless_hers(by: Person, person: Person) -> None:
    if by.pk != person.pk and not may("arrange sessions", standings(by)):
        raise Refused("An absence is recorded by the person who is away, or by the Quality Assurance Unit.")


def _facts(absence: Absence) -> dict[str, object]:
    return {
        "person": absence.person.name,
        "from": absence.from_on.isoformat(),
        "to": absence.to_on.isoformat(),
        "kind": absence.kind,
    }
