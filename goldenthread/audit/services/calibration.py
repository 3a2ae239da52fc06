"""Calibration: everyone grades one file by herself; then the answer is agreed and held beside what all gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse

from goldenthread.audit.models import Audit, Calibration, Rating
from goldenthread.audit.queries.calibration import OpenCalibration, graded_sections, may_calibrate
from goldenthread.audit.queries.moderation import Given
from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.notices.services import link, tell
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON, day


@step
def begin_calibration(
    *, by: Person, audit: Audit, title: str, people: Sequence[Person], closes_on: date, now: datetime
) -> Calibration:
    """Ask these people to grade the file of a submitted audit, each by herself, until a day."""
    if not may("arrange moderation", standings(by)):
        raise Refused("A calibration is begun by the Quality Assurance Unit.")
    today = now.astimezone(LONDON).date()
    if audit.state != "submitted":
        raise Refused("Only the file of a submitted audit can be graded by everyone: it says which sections apply.")
    if closes_on < today:
        raise Refused("The day it closes lies before today. Give a later day.")
    if len(people) < 2:
        raise Refused("Ask two people at least: what they gave is compared.")
    barred = dict(may_calibrate(audit, today).barred)
    if refusals := [f"{each.name} {barred[each.name]}." for each in people if each.name in barred]:
        raise Refused(*refusals)
    made = Calibration.objects.create(
        authority_id=audit.authority_id, audit=audit, title=title.strip(), closes_on=closes_on, opened_at=now,
        opened_by=by,
    )  # fmt: skip
    made.people.set(people)
    record(by=by, verb="began", thing=made, at=now, now={"audit": audit.pk, "people": sorted(p.pk for p in people)})
    for person in people:
        tell(
            key=f"calibration:{made.code}:{person.pk}", to=person, kind="calibration",
            subject=f"A file to grade by {day(closes_on, 'plain')}",
            body=f"{person.name},\n\nYou and others are asked to grade the same file, each alone, by {day(closes_on)}. "
            f"Nobody sees what one person gave.\n\n{link(reverse('open_calibration', args=[made.code]))}\n",
            now=now,
        )  # fmt: skip
    return made


@step
def give_ratings(*, by: Person, opened: OpenCalibration, given: Mapping[str, Given], now: datetime) -> list[Rating]:
    """Keep somebody's grades for good: one for each section, all in one act."""
    row = Calibration.objects.select_for_update().get(pk=opened.calibration.pk)
    if not row.people.filter(pk=by.pk).exists():
        raise Refused("You are not among those asked to grade this file.")
    if Rating.objects.filter(calibration=row, rated_by=by).exists():
        raise Refused("You have graded this file already. Grades of a calibration are never changed.")
    if row.agreed_at:
        raise Refused("This calibration is closed.")
    if row.closes_on < now.astimezone(LONDON).date():
        raise Refused(f"This calibration closed on {day(row.closes_on, 'plain')}.")
    if lacking := [label for name, label in opened.sections if name not in given]:
        raise Refused(f"Give a grade for: {', '.join(lacking)}.")
    made = [
        Rating(
            authority_id=row.authority_id, calibration=row, section=name, grade=opened.framework.grade(each.grade).key,
            because=each.because, rated_at=now, rated_by=by,
        )
        for name, each in given.items()
    ]  # fmt: skip
    record(by=by, verb="rated", thing=row, at=now, now={"grades": len(made)})
    return Rating.objects.bulk_create(made)


@step
def agree_calibration(
    *, by: Person, opened: OpenCalibration, agreed: Mapping[str, Given], because: str, now: datetime
) -> Calibration:
    """Set the answer that everybody's grades are held against, once it is closed or all have answered."""
    if not may("arrange moderation", standings(by)):
        raise Refused("The answer of a calibration is set by the Quality Assurance Unit.")
    row = Calibration.objects.select_for_update().get(pk=opened.calibration.pk)
    if row.agreed_at:
        withdrawn = "This calibration was closed without an answer."
        raise Refused("The answer of this calibration is agreed already." if row.agreed else withdrawn)
    if opened.may_rate:
        raise Refused(opened.why_she_cannot_agree(now.astimezone(LONDON).date()))
    if not opened.answered:
        raise Refused(
            "Nobody has graded this file, so there is nothing to compare. It can be closed without an answer."
        )
    if not opened.is_over(now.astimezone(LONDON).date()):
        raise Refused(f"Some can still answer. It closes on {day(row.closes_on, 'plain')}, or when all have answered.")
    if lacking := [label for name, label in graded_sections(row.audit) if name not in agreed]:
        raise Refused(f"Give the agreed grade for: {', '.join(lacking)}.")
    if not because.strip():
        raise Refused("Say why this is the answer: everybody who graded the file reads it.")
    row.agreed = {name: opened.framework.grade(each.grade).key for name, each in agreed.items()}
    row.agreed_because, row.agreed_at, row.agreed_by = because.strip(), now, by
    row.save()
    record(by=by, verb="agreed", thing=row, at=now, now=row.agreed, because=because)
    for person in row.people.all():
        tell(
            key=f"calibrated:{row.code}:{person.pk}", to=person, kind="calibration",
            subject="The file that everybody graded: the answer",
            body=f"{person.name},\n\nThe answer is agreed. You see your own grades beside it, and what all gave "
            f"together.\n\n{link(reverse('open_calibration', args=[row.code]))}\n",
            now=now,
        )  # fmt: skip
    return row


@step
def withdraw_calibration(*, by: Person, opened: OpenCalibration, because: str, now: datetime) -> Calibration:
    """Close a calibration without an answer, at any time, and say why. Whoever has not answered is blind no more.

    It is kept in the fields of an answer: `agreed_at`, `agreed_by` and `agreed_because` say when it was closed, by whom
    and why, and `agreed` stays empty, as no answer can be (`queries.calibration.withdrawn`).
    """
    if not may("arrange moderation", standings(by)):
        raise Refused("A calibration is closed by the Quality Assurance Unit.")
    row = Calibration.objects.select_for_update().get(pk=opened.calibration.pk)
    if row.agreed_at:
        raise Refused("This calibration is closed already.")
    if opened.may_rate and row.closes_on >= now.astimezone(LONDON).date():
        raise Refused("You are asked to grade this file yourself. Do that first, or let somebody else close it.")
    if not because.strip():
        raise Refused("Say why it is closed without an answer: everybody who was asked reads it.")
    row.agreed_because, row.agreed_at, row.agreed_by = because.strip(), now, by
    row.save(update_fields=["agreed_because", "agreed_at", "agreed_by"])
    record(by=by, verb="withdrew", thing=row, at=now, now={"answered": opened.answered}, because=because.strip())
    for person in row.people.all():
        tell(
            key=f"calibration closed:{row.code}:{person.pk}", to=person, kind="calibration",
            subject="A file that everybody was to grade: closed without an answer",
            body=f"{person.name},\n\nThe calibration is closed and no answer is agreed. You need do nothing more. The "
            f"reason stands with it.\n\n{link(reverse('open_calibration', args=[row.code]))}\n",
            now=now,
        )  # fmt: skip
    return row


def see_calibration(*, by: Person, opened: OpenCalibration, at: datetime) -> None:
    """Record that this person read a calibration."""
    record(by=by, verb="read", thing=opened.calibration, at=at)
