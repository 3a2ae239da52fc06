"""Editions for tests of pages, published by the real steps."""

from __future__ import annotations

from goldenthread.learn import services
from goldenthread.learn.models import Edition
from goldenthread.learn.readers import CIRCULATION, UNIT
from goldenthread.learn.reports import session as session_report
from goldenthread.plan.models import Session
from tests import make


def six_files() -> Session:
    """A session with just enough audits, all good, for an edition that is circulated."""
    session = make.drawn_session(6)
    for audit in make.audits(session):
        make.submitted_audit(audit)
    return session


def edition(session: Session | None = None, *, circulated: bool = False, summary: str = "") -> Edition:
    """A published edition; of one audit, for the unit, unless a session is given."""
    maya, session = make.council().maya, session or make.submitted_audit().session
    draft = services.draft_edition(by=maya, report="session", subject=session_report.of(session), now=make.NOW)
    if summary:
        words = {"summary": summary}
        draft = services.save_words(by=maya, edition=draft, words=words, seen_version=draft.version, now=make.NOW)
    readers = CIRCULATION if circulated else UNIT
    shown = services.prepared(by=maya, edition=draft, readers=readers, today=make.DAY).digest
    return services.publish_edition(by=maya, edition=draft, readers=readers, shown=shown, now=make.NOW, today=make.DAY)
