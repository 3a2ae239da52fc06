"""A day on which records are owed, and audits submitted on given days, by the real steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count

from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit
from goldenthread.people.models import Person, Post
from goldenthread.plan.models import Session
from goldenthread.plan.services.excusals import excuse
from tests import make
from tests.cast import Council
from tests.make import Line

TODAY = date(2027, 7, 20)  # a Tuesday; July's records are due on Friday 30 July 2027
NOW = datetime(2027, 7, 20, 9, 0, tzinfo=UTC)

BEGUN = date(2027, 7, 1)

_refs = count(1)


def lines(number: int) -> list[Line]:
    """Cases that were never drawn before, of a team that none of the senior people manages."""
    return [Line(f"Q{next(_refs):04}", team="Safeguarding 1", worker="Kwame Larkfield") for _ in range(number)]


def submitted(person: Person, *days: date, of: Session | None = None) -> list[Audit]:
    """An audit of this person's submitted on each of these days, of a session that met unless one is given."""
    held = of or make.session(held_on=days[0], seats=(person,))
    audits = make.audits(make.drawn_session(len(days), of=held, cases=lines(len(days))))
    for audit, day in zip(audits, days, strict=True):
        submit(audit, day)
    return audits


def submit(audit: Audit, day: date) -> None:
    make.answered_audit(audit)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    auditing.submit(by=make.auditor_of(audit), opened=make.opened(audit), now=at)


def each_day(first: date, number: int) -> Sequence[date]:
    return [first.replace(day=first.day + ahead) for ahead in range(number)]


def grant(here: Council, kind: str, records: int, until_on: date | None = None, from_on: date = BEGUN) -> None:
    excuse(
        by=here.maya, person=here.rafiq, post="team_manager", period_starts_on=from_on, kind=kind,  # type: ignore[arg-type]
        records=records, until_on=until_on, because="Agreed in supervision", now=NOW, today=TODAY,
    )  # fmt: skip


def only(*people: Person, since: date = BEGUN) -> None:
    """Of those who owe records only these have begun, on this day."""
    others = Post.objects.exclude(quality_assurance=True).exclude(person__in=people)
    others.update(started_on=date(2029, 1, 1))
    Post.objects.filter(person__in=people).update(started_on=since)
