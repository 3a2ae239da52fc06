"""Recommendation 30 by its real steps: supervision notes drawn, shared out, inspected, and the quarter signed for."""

from __future__ import annotations

from datetime import UTC, date, datetime

from goldenthread.audit.models import Inspection, Statement
from goldenthread.audit.queries.statements import statement_content
from goldenthread.audit.services import inspecting
from goldenthread.method.periods import Period
from goldenthread.method.quotas import quotas_spread
from goldenthread.people.models import Person
from goldenthread.select.models import Draw
from goldenthread.select.queries.supervision import holders_of_cases
from goldenthread.select.services.draws import cast
from goldenthread.select.services.supervision import freeze_supervision_draw
from tests import make

QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))  # in which `make.DAY` lies
AFTER = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)  # the quarter is over


def frozen_notes(number: int = 4, quarter: Period = QUARTER, *, on: date = make.DAY) -> Draw:
    """So many sets of notes to be drawn for the quarter, spread over the teams; they wait for their dice."""
    here = make.council()
    sizes: dict[str, int] = {}
    for holder in holders_of_cases(here.authority.pk, here.framework.parsed, on):
        sizes[holder.stratum] = sizes.get(holder.stratum, 0) + 1
    return freeze_supervision_draw(
        by=here.maya, period=quarter, as_at=on, quotas=quotas_spread(sizes, number, {}), now=make.NOW
    )


def drawn_notes(number: int = 4, quarter: Period = QUARTER) -> Draw:
    """So many sets of notes drawn by dice. The council's four practitioners each work in a team of their own."""
    frozen = frozen_notes(number, quarter)
    return cast(by=make.council().maya, draw=frozen, rolls=make.DICE, witnesses=make.WITNESSES, now=make.NOW)


def shared_out(of: Draw | None = None) -> list[Inspection]:
    """The notes of a draw, all four unless one is given, allotted to the senior managers."""
    draw = of or drawn_notes()
    inspecting.share_out_inspections(by=make.council().maya, draw=draw, now=make.NOW)
    return list(Inspection.objects.filter(case__draw=draw).select_related("person", "case__draw", "case__line"))


def allotted_to(person: Person) -> Inspection:
    """Her inspection, once notes are shared out."""
    return Inspection.objects.select_related("case__draw", "case__line").get(person=person)


def inspected(of: Inspection, *, on: date = make.DAY, good: str = "Held monthly.", to_improve: str = "") -> Inspection:
    """An inspection recorded by whom it is allotted to."""
    return inspecting.record_inspection(
        by=of.person, inspection=of, inspected_on=on, good=good, to_improve=to_improve, now=make.NOW
    )


def shown_digest(quarter: Period = QUARTER, now: datetime = AFTER) -> str:
    """The digest of the quarter's statement as a page of that moment shows it."""
    here = make.council()
    content = statement_content(here.authority, here.framework.parsed, quarter, now.date())
    return inspecting.digest_of(content)


def signed_statement(quarter: Period = QUARTER, *, by: Person | None = None) -> Statement:
    """The quarter's statement, signed by the Service Director once it is over."""
    return inspecting.sign_statement(
        by=by or make.council().helena, quarter=quarter, shown=shown_digest(quarter), password="", now=AFTER
    )
