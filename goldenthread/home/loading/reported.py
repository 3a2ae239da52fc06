"""The reports of the invented council's past: of each session and quarter, of the year, and what was handed out."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from goldenthread.audit.models import Audit
from goldenthread.home.demonstration.history import THIS_CYCLE
from goldenthread.home.loading.briefed import hand_out
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.learn import services as editions
from goldenthread.learn.models import Briefing, Edition
from goldenthread.learn.readers import UNIT
from goldenthread.learn.reports import annual, briefing, quarterly
from goldenthread.learn.reports import report as kind_of
from goldenthread.learn.reports import session as session_report
from goldenthread.learn.subjects import Subject
from goldenthread.method.deadlines import due_date
from goldenthread.method.periods import Every, Period, period_of
from goldenthread.method.refusal import Refused
from goldenthread.plan.models import Session

QUARTERS = 4  # published, before the one that is being written
WORDS = (
    "The chronology is the quarter’s work: where it is written, the plan follows from it. We ask each team to bring "
    "one file to its next meeting and to read it as somebody who has never met the family."
)


def publish_reports(loaded: Loaded, *, today: date) -> None:
    """All but the last cycle's, which are still to be written; the last quarter's is a draft."""
    _sessions(loaded, today)
    rules = loaded.framework.parsed
    quarters = _back(period_of(today, "quarter", rules.year_starts_month), QUARTERS + 1, "quarter", loaded)
    for quarter in quarters[:-1]:
        _each_body(loaded, quarterly.KEY, quarter, due_date(quarter.ends_on, 15))
    (year,) = _back(period_of(today, "year", rules.year_starts_month), 1, "year", loaded)
    _each_body(loaded, annual.KEY, year, due_date(year.ends_on, 40))
    _draft(loaded, quarters[-1], min(due_date(quarters[-1].ends_on, 12), today))
    _briefings(loaded)


def _back(period: Period, number: int, every: Every, loaded: Loaded) -> list[Period]:
    """So many periods before this one, the oldest first."""
    found: list[Period] = []
    for _ in range(number):
        period = period_of(period.starts_on - timedelta(days=1), every, loaded.framework.parsed.year_starts_month)
        found.append(period)
    return found[::-1]


def _sessions(loaded: Loaded, today: date) -> None:
    """Ten days after each."""
    sessions = Session.objects.filter(held_on__lt=today - THIS_CYCLE).order_by("held_on")
    for session in sessions.filter(pk__in=Audit.objects.filter(state="submitted").values("session")):
        _published(loaded, session_report.KEY, session_report.of(session), session.held_on + timedelta(days=10), UNIT)


def _each_body(loaded: Loaded, report: str, period: Period, day: date) -> None:
    for body in loaded.framework.parsed.report(report).audiences:
        subject = kind_of(report).subject(loaded.authority, f"{period.starts_on.isoformat()}:{body}")
        if subject:
            _published(loaded, report, subject, day, kind_of(report).readers(subject)[0])


def _draft(loaded: Loaded, quarter: Period, day: date) -> None:
    """One body's, with the unit's first words in it."""
    body = loaded.framework.parsed.report(quarterly.KEY).audiences[0]
    subject = quarterly.subject(loaded.authority, f"{quarter.starts_on.isoformat()}:{body}")
    if subject is None:
        return
    unit = loaded.on(loaded.unit.staff_number, day)
    draft = editions.draft_edition(by=unit, report=quarterly.KEY, subject=subject, now=at(day, 8))
    editions.save_words(
        by=unit, edition=draft, words={"summary": WORDS}, seen_version=draft.version, now=at(day, 8, 20)
    )


def _briefings(loaded: Loaded) -> None:
    """What was handed out at each briefing, published before it was given."""
    for made in Briefing.objects.filter(authority=loaded.authority).order_by("pk"):
        subject = briefing.subject(loaded.authority, made.period_starts_on.isoformat())
        day = made.made_at.date() + timedelta(days=5)
        if subject and (edition := _published(loaded, briefing.KEY, subject, day, UNIT)):
            hand_out(loaded, made, edition, day)


def _published(loaded: Loaded, report: str, subject: Subject, day: date, readers: str) -> Edition | None:
    """None where there is nothing to report, as in a small council's quarter."""
    unit = loaded.on(loaded.unit.staff_number, day)
    try:
        with transaction.atomic():
            draft = editions.draft_edition(by=unit, report=report, subject=subject, now=at(day, 11))
            shown = editions.prepared(by=unit, edition=draft, readers=readers, today=day).digest
            return editions.publish_edition(
                by=unit, edition=draft, readers=readers, shown=shown, now=at(day, 12), today=day
            )
    except Refused:
        return None
