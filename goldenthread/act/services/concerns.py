"""An immediate concern: raised, told of at once, acknowledged, passed on where nobody did, closed with what was done.

It stands apart from the audit: nothing that is written there is touched, and it need not be submitted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from goldenthread.act.models import Concern
from goldenthread.act.queries.concerns import (
    OpenConcern,
    audit_to_raise_on,
    concerns_overdue,
    holders,
    rule_on,
    standings_of,
)
from goldenthread.audit.models import Audit
from goldenthread.method.lifecycles import CONCERN, ConcernFacts
from goldenthread.method.refusal import Refused
from goldenthread.notices.services import link, tell
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON, when

KIND = "concern"
SUBJECT = "A concern for a child's safety was raised"


@dataclass(slots=True)
class Itself:
    """Who acts where nobody does: the product, when the hours have run out."""

    authority_id: int
    pk: None = None
    name: str = "Goldenthread"
    capacity: str = "by itself, when the time to acknowledge had run out"


def told_if_raised(*, by: Person, audit: Audit, now: datetime) -> tuple[list[Person], datetime]:
    """Who would be told, and by when one of them is to answer; nothing is changed."""
    today = now.astimezone(LONDON).date()
    rule = rule_on(audit.authority_id, today)
    people = holders(audit, rule.to, today, but=[by.pk]) or holders(audit, rule.to, today)
    return people, now + timedelta(hours=rule.acknowledge_hours)


@step
def raise_concern(*, by: Person, audit: Audit, worry: str, seen: str, now: datetime) -> Concern:
    """A child may be unsafe now: tell the posts that the framework names. The audit stays as it is, however far."""
    audit = _raisable(by, audit)
    if not worry.strip() or not seen.strip():
        raise Refused("Say what worries you, and where in the record you saw it.")
    people, answer_by = told_if_raised(by=by, audit=audit, now=now)
    if not people:
        raise Refused(
            "Nobody holds a post that could be told. Speak to a manager now, and ask for this council's posts to be "
            "filled in Settings."
        )
    text = f"{worry.strip()}\n\nSeen in the record: {seen.strip()}"
    concern = Concern.objects.create(
        authority_id=audit.authority_id, audit=audit, text=text, raised_at=now, raised_by=by, answer_by=answer_by
    )
    concern.told.set(people)
    record(by=by, verb="raised", thing=concern, at=now, now={"audit": audit.pk, "told": [each.pk for each in people]})
    for person in people:
        _tell(concern, person, "told", SUBJECT, _waits(concern), now)
    return concern


def _raisable(by: Person, audit: Audit) -> Audit:
    found = audit_to_raise_on(by, audit.code)
    if found is None:
        raise Refused(
            "A concern is raised by an auditor or a moderator of this file, or by the Quality Assurance Unit."
        )
    return found


def see_concern(*, by: Person, opened: OpenConcern, at: datetime) -> None:
    """Record that this person read the concern."""
    record(by=by, verb="read", thing=opened.concern, at=at)


@step
def acknowledge(*, by: Person, opened: OpenConcern, now: datetime) -> Concern:
    """One of those told has it in hand. Where two do at once the first has, and the second is told who."""
    concern = _locked(opened)
    if concern.state != "raised" and concern.acknowledged_by and concern.acknowledged_at:
        named = "You" if concern.acknowledged_by_id == by.pk else concern.acknowledged_by.name
        raise Refused(f"{named} acknowledged this concern on {when(concern.acknowledged_at)}: it is in hand.")
    row = CONCERN.take("acknowledge", concern.state, _standings(by, concern), ConcernFacts())
    concern.state, concern.acknowledged_at, concern.acknowledged_by = row.after, now, by
    concern.save(update_fields=["state", "acknowledged_at", "acknowledged_by"])
    record(by=by, verb="acknowledged", thing=concern, at=now)
    said = f"{by.name} has acknowledged it and has it in hand."
    _tell(concern, concern.raised_by, "acknowledged", "The concern you raised was acknowledged", said, now)
    return concern


@step
def close_concern(*, by: Person, opened: OpenConcern, outcome: str, now: datetime) -> Concern:
    """It is answered: what was done for the child is said, and stays on record."""
    concern = _locked(opened)
    row = CONCERN.take("close", concern.state, _standings(by, concern), ConcernFacts(evidence=outcome))
    concern.state, concern.closed_at, concern.closed_by, concern.outcome = row.after, now, by, outcome.strip()
    concern.save(update_fields=["state", "closed_at", "closed_by", "outcome"])
    record(by=by, verb="closed", thing=concern, at=now)
    said = f"{by.name} has closed it, saying what was done."
    _tell(concern, concern.raised_by, "closed", "The concern you raised was closed", said, now)
    return concern


def escalate_due(now: datetime) -> int:
    """Pass on each concern that nobody acknowledged in time, once; how many were. The worker calls it every sweep."""
    return sum(_passed_on(key, now) for key in list(concerns_overdue(now).values_list("pk", flat=True)))


def _passed_on(key: int, now: datetime) -> bool:
    """Whether it was this call that did: somebody may have answered meanwhile, or another worker been quicker."""
    try:
        _escalate(key=key, now=now)
    except Refused:
        return False
    return True


@step
def _escalate(*, key: int, now: datetime) -> Concern:
    concern = Concern.objects.select_for_update(of=("self",)).select_related("audit", "raised_by").get(pk=key)
    if concern.state != "raised" or concern.escalated:
        raise Refused("This concern was answered, or passed on, meanwhile.")
    today = now.astimezone(LONDON).date()
    before = list(concern.told.order_by("pk"))
    heard = [concern.raised_by_id, *(each.pk for each in before)]
    added = holders(concern.audit, rule_on(concern.authority_id, today).escalate_to, today, but=heard)
    concern.told.add(*added)
    concern.escalated = now
    concern.save(update_fields=["escalated"])
    told = {"told": [each.pk for each in added]}
    record(by=Itself(concern.authority_id), verb="escalated", thing=concern, at=now, now=told)
    _tell_of_delay(concern, before, added, now)
    return concern


def _tell_of_delay(concern: Concern, before: Iterable[Person], added: Iterable[Person], now: datetime) -> None:
    late = f"Nobody acknowledged it by {when(concern.answer_by)}"
    subject = "A concern for a child's safety has not been acknowledged"
    for person in dict.fromkeys([*added, *before]):
        _tell(concern, person, "escalated", subject, f"{late}, so it comes to you. Please answer it now.", now)
    said = f"{late}; others were told now. If you fear for the child, do not wait: speak to a manager."
    _tell(concern, concern.raised_by, "escalated", subject, said, now)


def _waits(concern: Concern) -> str:
    return f"One of those told is asked to acknowledge it by {when(concern.answer_by)}."


def _tell(concern: Concern, person: Person, what: str, subject: str, said: str, now: datetime) -> None:
    """Nothing of the child stands in it, nor what was seen: the page asks who opens it."""
    page = link(reverse("open_concern", args=[concern.code]))
    opening = "A concern for a child's safety was raised in an audit."
    tell(
        key=f"concern:{concern.code}:{what}:{person.pk}", to=person, kind=KIND, subject=subject,
        body=f"{person.name},\n\n{opening} {said}\n\nOpen it:\n{page}\n", now=now,
    )  # fmt: skip


def _locked(opened: OpenConcern) -> Concern:
    rows = Concern.objects.select_for_update(of=("self",)).select_related("raised_by", "acknowledged_by")
    return rows.get(pk=opened.concern.pk)


def _standings(by: Person, concern: Concern) -> frozenset:
    return standings_of(by, concern, concern.told.all())
