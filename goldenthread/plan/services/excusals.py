"""Excusing somebody from records of her quota: fewer of them, or some of them later. Never oneself.

The reason stays with the excusal and out of the trail: it may touch on why somebody was away.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from goldenthread.framework.queries import framework_in_force
from goldenthread.method.framework import Framework
from goldenthread.method.owed import Account
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Excusal
from goldenthread.plan.queries.excusals import excusable, grants_excusals
from goldenthread.plan.queries.owed import holder_visible_to
from goldenthread.trail.services import record, step
from goldenthread.web.wording import day as in_words
from goldenthread.web.wording import listed, plural

LONGEST = timedelta(days=365)  # from the end of the month that the records are for


@step
def excuse(
    *, by: Person, person: Person, post: str, period_starts_on: date, kind: Literal["extension", "exemption"],
    records: int, until_on: date | None, because: str, now: datetime, today: date,
) -> Excusal:  # fmt: skip
    """Exempt somebody from so many records of one month (quarter …), or extend the day by which they are due."""
    refuse_unless_granting(by, person, framework_in_force(person.authority_id, today).parsed)
    Person.objects.select_for_update().get(pk=person.pk)  # two grants of the same records come one after the other
    line = excusable(person, today).line(post, period_starts_on)
    if line is None:
        raise Refused(f"{person.name} owes no records in this post and month.")
    if fault := too_many(line, records):
        raise Refused(fault)
    if kind == "extension" and (fault := wrong_day(line, until_on, today)):
        raise Refused(fault)
    if not because.strip():
        raise Refused("Say why the records are excused.")
    excusal = Excusal.objects.create(
        authority_id=person.authority_id, person=person, post=post, period_starts_on=period_starts_on, kind=kind,
        records=records, until_on=until_on if kind == "extension" else None, because=because.strip(),
        granted_at=now, granted_by=by,
    )  # fmt: skip
    record(by=by, verb="excused", thing=excusal, at=now, now=_facts(excusal))
    return excusal


@step
def withdraw_excusal(*, by: Person, excusal: Excusal, now: datetime, today: date) -> Excusal:
    """Take an excusal back: the records are owed again, by the day they were due on."""
    excusal = Excusal.objects.select_for_update(of=("self",)).select_related("person").get(pk=excusal.pk)
    refuse_unless_granting(by, excusal.person, framework_in_force(excusal.authority_id, today).parsed)
    if excusal.withdrawn_at:
        raise Refused("This was withdrawn already.")
    excusal.withdrawn_at, excusal.withdrawn_by = now, by
    excusal.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(by=by, verb="withdrew", thing=excusal, at=now, was=_facts(excusal))
    return excusal


def refuse_unless_granting(by: Person, person: Person, framework: Framework) -> None:
    """Raise `Refused` unless `by` holds a post that excuses, may see what this person owes, and is somebody else."""
    if not grants_excusals(by, framework) or holder_visible_to(by, person.code) is None:
        posts = [f"the {framework.post(key).label}" for key in framework.owing.excused_by]
        raise Refused(f"Extensions and exemptions are granted by {listed(posts, 'or') or 'nobody'} only.")
    if by.pk == person.pk:
        raise Refused("You cannot excuse yourself. Ask somebody else who may grant it.")


def too_many(line: Account, records: int) -> str | None:
    """Why so many records of a line cannot be excused, or None."""
    if 1 <= records <= line.asked:
        return None
    left = f"{plural(line.asked, 'record')} of {line.due.period.label} {'is' if line.asked == 1 else 'are'} owed"
    exempt = f" beside the {line.exempt} exempt already" if line.exempt else ""
    return f"Records: {records} will not do, as {left}{exempt}. Give a number from 1 to {line.asked}."


def wrong_day(line: Account, until_on: date | None, today: date) -> str | None:
    """Why records of a line cannot be put off to this day, or None."""
    if until_on is None:
        return "New day: nothing was given. Give the day by which the records are to be submitted."
    end, given = line.due.period.ends_on, in_words(until_on, "plain")
    first, last = max(end + timedelta(days=1), today), end + LONGEST
    if until_on < first:
        asked = f"Give {in_words(first, 'plain')} or after."
        return f"New day: {given} is too early for records of {line.due.period.label}. {asked}"
    if until_on > last:
        return f"New day: {given} is more than a year on. Give {in_words(last, 'plain')} or before."
    return None


def _facts(excusal: Excusal) -> dict[str, object]:
    return {
        "kind": excusal.kind,
        "person": excusal.person_id,
        "post": excusal.post,
        "from": excusal.period_starts_on.isoformat(),
        "records": excusal.records,
        "until": excusal.until_on.isoformat() if excusal.until_on else "",
    }
