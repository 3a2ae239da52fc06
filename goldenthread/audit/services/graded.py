"""Choosing the files that a grade calls to be audited again: every one of them, each with its grade and day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from goldenthread.audit.queries.graded import LastGraded
from goldenthread.framework.models import FrameworkVersion
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Session
from goldenthread.select.models import Draw
from goldenthread.select.queries.choosing import Pick, lines_of
from goldenthread.select.services.choosing import choose
from goldenthread.select.services.draws import Chosen
from goldenthread.trail.services import step
from goldenthread.web.wording import day


@step
def choose_graded(
    *, by: Person, session: Session, framework: FrameworkVersion, kind: str, cases: Sequence[LastGraded], now: datetime
) -> Draw:
    """Take these cases for a session, as the newest list has them; those that are no longer open are left."""
    case_list, lines = lines_of(by.authority_id, [case.ref for case in cases])
    if case_list is None:
        raise Refused("Load a case list first: the files are taken from it.")
    labels = {grade.key: grade.label for grade in framework.parsed.grades}
    picks = [
        Pick(lines[case.ref], f"Last graded {labels.get(case.grade, case.grade)}, on {day(case.on, 'plain')}.")
        for case in cases
        if case.ref in lines
    ]
    chosen = Chosen(kind=kind, way="event", rule="grade")
    return choose(
        by=by, case_list=case_list, session=session, framework=framework, picks=picks, chosen=chosen, now=now
    )  # fmt: skip
