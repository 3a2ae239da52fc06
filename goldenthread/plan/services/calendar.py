"""Laying out a year's sessions in one act, and the way back while none of them is published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from goldenthread.method.laying_out import Planned
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Group, Session, Year
from goldenthread.plan.queries.years import layout, proposals_of
from goldenthread.plan.services.rights import refuse_unless_planning
from goldenthread.trail.services import record, step


@step
def lay_out_year(
    *, by: Person, year: Year, firsts: Mapping[Group, date], every_weeks: int, venue: str, shown: str, now: datetime
) -> list[Session]:
    """Arrange every session that is missing, as proposals: each group from its first day, every so many weeks.

    `shown` is the digest of the layout that was looked at: another one is not arranged unseen. What stands is kept.
    """
    refuse_unless_planning(by)
    year = Year.objects.select_for_update(of=("self",)).get(pk=year.pk)  # two at once would arrange everything twice
    laid = layout(year, firsts, every_weeks)
    if digest_of(laid) != shown:
        raise Refused("The year has changed since you looked at these days. Look at them again, then arrange them.")
    missing = [(group, day) for group, planned in laid.items() for day in missing_days(planned)]
    if not missing:
        raise Refused("Every session of these groups is arranged already.")
    sessions = Session.objects.bulk_create(
        Session(
            authority_id=year.authority_id, year=year, group=group, held_on=held_on, venue=venue, arranged_at=now,
            arranged_by=by,
        )
        for group, held_on in missing
    )  # fmt: skip
    record(by=by, verb="laid out", thing=year, at=now, now=_facts(sessions))
    return sessions


@step
def start_layout_again(*, by: Person, year: Year, now: datetime) -> int:
    """Take out the proposals of a year, seats and all; how many. What was published or has files drawn stays."""
    refuse_unless_planning(by)
    year = Year.objects.select_for_update(of=("self",)).get(pk=year.pk)
    gone = _taken_out(proposals_of(year))
    if not gone:
        raise Refused("There is nothing to take back: every session of this year is published or has files drawn.")
    record(by=by, verb="took back the layout of", thing=year, at=now, was=_facts(gone))
    return len(gone)


def missing_days(planned: Iterable[Planned]) -> list[date]:
    """The days that are still to be arranged."""
    return [each.held_on for each in planned if each.held_on and not each.there]


def digest_of(laid: Mapping[Group, tuple[Planned, ...]]) -> str:
    """A short name for these days: equal for the same layout, whatever order the groups stand in."""
    days = sorted(f"{group.pk} {each.held_on} {each.there}" for group, planned in laid.items() for each in planned)
    return hashlib.sha256("\n".join(days).encode()).hexdigest()[:16]


def _taken_out(proposals: QuerySet[Session]) -> list[Session]:
    """Those that could be deleted. What a later stage holds on to, such as a draw, the database does not let go."""
    gone = list(proposals)
    try:
        with transaction.atomic():
            proposals.delete()
    except ProtectedError as refused:
        kept = {getattr(holder, "session_id", None) for holder in refused.protected_objects}
        gone = [session for session in gone if session.pk not in kept]
        Session.objects.filter(pk__in=[session.pk for session in gone]).delete()
    return gone


def _facts(sessions: list[Session]) -> dict[str, object]:
    days = sorted(f"{session.held_on.isoformat()} {session.code}" for session in sessions)
    return {"sessions": days}
