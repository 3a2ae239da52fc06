"""Keeping a rota: seats filled, re-planned or changed by hand. Whoever gains or loses a published seat is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Seat, Session
from goldenthread.plan.queries.hand_changes import hand_change, unsound
from goldenthread.plan.queries.rota import RotaFacts, Sitting, rota_facts
from goldenthread.plan.services.rights import refuse_unless_planning
from goldenthread.plan.services.telling import as_told, tell_seated
from goldenthread.trail.services import record, step

CHANGED = "The rota has changed since this was worked out, so nothing was kept. Look at it as it stands now."


@dataclass(frozen=True, slots=True)
class Change:
    """One seat of a proposal: who leaves a session, and who sits there from now on."""

    session: int
    leaves: int | None
    sits: Sitting | None


@dataclass(frozen=True, slots=True)
class Worked:
    """What a proposal was worked out for: the year's rules and days, and the digest of the facts as they stood."""

    framework: Framework
    days: Period
    stood: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of it: in how many sessions seats changed, and how many messages went out."""

    sessions: int
    told: int


@step
def fill_rota(*, by: Person, worked: Worked, changes: Sequence[Change], today: date, now: datetime) -> Kept:
    """Keep a proposal that fills empty seats or plans unpublished ones again."""
    return _proposal(by, worked, changes, "filled the seats of", today, now)


@step
def replan(*, by: Person, worked: Worked, changes: Sequence[Change], today: date, now: datetime) -> Kept:
    """Keep a proposal that moves on the seats of those who cannot come."""
    return _proposal(by, worked, changes, "re-planned", today, now)


@step
def swap_seat(
    *, by: Person, worked: Worked, session: Session, kind: str, leaves: Person, sits: Person, today: date, now: datetime
) -> Kept:
    """One person's seat given to another, by hand: the rota leaves it so."""
    return _by_hand(by, worked, session, kind, leaves, sits, "swapped a seat of", today, now)


@step
def give_seat(
    *, by: Person, worked: Worked, session: Session, kind: str, sits: Person, today: date, now: datetime
) -> Kept:
    """An empty seat given by hand."""
    return _by_hand(by, worked, session, kind, None, sits, "gave a seat of", today, now)


@step
def empty_seat(
    *, by: Person, worked: Worked, session: Session, kind: str, leaves: Person, today: date, now: datetime
) -> Kept:
    """A seat that somebody gives up, and nobody takes yet."""
    return _by_hand(by, worked, session, kind, leaves, None, "emptied a seat of", today, now)


def _facts_now(by: Person, worked: Worked, today: date) -> RotaFacts:
    """The facts as they stand, with the sessions held so that nobody changes them meanwhile."""
    held = Session.objects.filter(
        authority=by.authority_id, held_on__range=(worked.days.starts_on, worked.days.ends_on)
    )
    list(held.select_for_update().order_by("pk").values_list("pk"))
    return rota_facts(by.authority_id, worked.framework, worked.days, today)


def _proposal(by: Person, worked: Worked, changes: Sequence[Change], verb: str, today: date, now: datetime) -> Kept:
    refuse_unless_planning(by)
    facts = _facts_now(by, worked, today)
    if worked.stood != facts.digest or any(change.session not in facts.sessions for change in changes):
        raise Refused(CHANGED)
    gone = {(change.session, change.leaves) for change in changes}
    come = [change.sits for change in changes if change.sits]
    after = [each for each in facts.sittings if (each.session, each.person) not in gone] + come
    return _keep(by, facts, after, verb, now)


def _by_hand(
    by: Person, worked: Worked, session: Session, kind: str, leaves: Person | None, sits: Person | None, verb: str,
    today: date, now: datetime,
) -> Kept:  # fmt: skip
    refuse_unless_planning(by)
    facts = _facts_now(by, worked, today)
    there = facts.sessions.get(session.pk)
    if there is None or there.held_on < today:
        raise Refused("This session is past, cancelled or of another year, so its seats stay as they are.")
    if leaves and leaves.pk not in {each.person for each in facts.sitting_at[there.pk]}:
        raise Refused(f"{leaves.name} no longer has this seat. Look at the session as it stands now.")
    change = hand_change(facts, there, kind, leaves.pk if leaves else None, sits.pk if sits else None)
    if change.refused:
        raise Refused(*change.refused)
    return _keep(by, facts, change.after, verb, now)


def _keep(by: Person, facts: RotaFacts, after: Iterable[Sitting], verb: str, now: datetime) -> Kept:
    """Write what differs, session by session, with an event and a message for each."""
    after = list(after)
    if faults := unsound(facts, after):
        raise Refused(*faults)
    would = {key: {each for each in after if each.session == key} for key in facts.sessions}
    changed = [key for key in facts.sessions if would[key] != set(facts.sitting_at[key])]
    if not changed:
        raise Refused("Nothing would change: every seat stays as it is.")
    told = sum(_keep_session(by, facts, key, would[key], verb, now) for key in changed)
    return Kept(len(changed), told)


def _keep_session(by: Person, facts: RotaFacts, key: int, would: set[Sitting], verb: str, now: datetime) -> int:
    session, stood = facts.sessions[key], set(facts.sitting_at[key])
    was = as_told(session)
    gone, come = sorted(stood - would), sorted(would - stood)
    Seat.objects.filter(session=session, person__in=[each.person for each in gone]).delete()
    Seat.objects.bulk_create(
        Seat(
            authority_id=session.authority_id, session=session, person_id=each.person, post=each.post,
            standing=each.standing, fixed=each.fixed,
        )
        for each in come
    )  # fmt: skip
    because = "; ".join(
        f"{facts.people[each.person].name} {WHY[why]}" for each in gone if (why := facts.why_not_stay(each))
    )
    record(by=by, verb=verb, thing=session, at=now, was=_named(facts, gone), now=_named(facts, come), because=because)
    return tell_seated(session=session, was=was, now=now)


WHY = {"away": "is away", "no longer in post": "is no longer in that post"}


def _named(facts: RotaFacts, sittings: Sequence[Sitting]) -> dict[str, list[dict[str, str]]]:
    return {"seats": [{"person": facts.people[each.person].name, "post": each.post} for each in sittings]}
