"""Telling those who sit: an invitation when a session is published, and word of what changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from goldenthread.plan.models import Session


@dataclass(frozen=True, slots=True)
class AsTold:
    """What those who sit were last told of a session: its day, its place, who they are."""

    held_on: date
    venue: str
    seated: frozenset[int]


def as_told(session: Session) -> AsTold:
    """What was told of a session as it stands. Asked before a change, given to `tell_seated` after it."""
    seated = frozenset(session.seats.values_list("person_id", flat=True)) if session.published_at else frozenset()
    return AsTold(session.held_on, session.venue, seated)


def tell_seated(*, session: Session, was: AsTold, now: datetime) -> None:
    """Send each person what the change means to her: an invitation, a new day or place, or that she need not come.

    Nobody hears of a session that is not published or is past, and nobody of a change that is not hers.
    """
