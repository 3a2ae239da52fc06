"""Opening a child's returned audit is an event too."""

from __future__ import annotations

from datetime import datetime

from goldenthread.act.queries import OpenReturn
from goldenthread.people.models import Person
from goldenthread.trail.services import record


def see(*, by: Person, opened: OpenReturn, at: datetime) -> None:
    """Record that this person read this audit, by way of its return."""
    record(by=by, verb="read", thing=opened.returned.audit, at=at, now={"return": opened.returned.pk})
