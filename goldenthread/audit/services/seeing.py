"""Opening a child's audit is an event too."""

from __future__ import annotations

from datetime import datetime

from goldenthread.audit.queries import OpenAudit
from goldenthread.audit.queries.moderation import OpenModeration
from goldenthread.people.models import Person
from goldenthread.trail.services import record


def see(*, by: Person, opened: OpenAudit, at: datetime) -> None:
    """Record that this person read this audit."""
    record(by=by, verb="read", thing=opened.audit, at=at)


def see_moderation(*, by: Person, opened: OpenModeration, at: datetime) -> None:
    """Record that this person read a moderation; blind, which is no reading of the audit."""
    record(by=by, verb="read", thing=opened.moderation, at=at, now={"blind": opened.blind})
