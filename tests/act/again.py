"""A file graded Inadequate and returned, so that a re-audit is owed; and everything until it is audited again."""

from __future__ import annotations

from datetime import date

from goldenthread.act.models import Reaudit, Return
from goldenthread.act.services.reaudits import arrange_reaudit
from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit
from goldenthread.people.models import Person
from goldenthread.plan.models import Session
from tests import make

COMING = date(2026, 11, 17)


def returned(grade: str = "inadequate", actions: tuple[str, ...] = ("Write the chronology.",)) -> Return:
    held = make.drawn_session(1, cases=[make.Line("C001")])
    return make.returned_audit(make.submitted_audit(make.audit(held), grade=grade, actions=actions))


def owed(grade: str = "inadequate") -> Reaudit:
    returned(grade)
    return Reaudit.objects.get()


def session() -> Session:
    """A session to come where both who sat at the first sit again."""
    return make.session(held_on=COMING)


def first_auditor(of: Reaudit) -> Person:
    return make.auditor_of(of.audit)


def somebody_else(of: Reaudit) -> Person:
    here = make.council()
    return next(person for person in (here.grace, here.sunita) if person != first_auditor(of))


def arranged(of: Reaudit | None = None) -> Reaudit:
    of = of or owed()
    arrange_reaudit(
        by=make.council().maya, reaudit=of, session=session(), auditor=somebody_else(of), now=make.NOW
    )  # fmt: skip
    of.refresh_from_db()
    return of


def audited_again(of: Reaudit | None = None, grade: str = "good") -> Reaudit:
    of = arranged(of)
    again = Audit.objects.get(pk=of.again_id)
    make.answered_audit(again, grade=grade)
    auditing.submit(by=make.auditor_of(again), opened=make.opened(again), now=make.NOW)
    of.refresh_from_db()
    return of
