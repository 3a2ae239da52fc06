"""What became of the past's moderation: blind second grades, mostly the same, now and then a step stricter; agreed."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, datetime, timedelta

from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit, Moderation
from goldenthread.audit.queries import open_audit_or_none
from goldenthread.audit.queries.moderation import (
    Given,
    OpenModeration,
    asked_of_moderator,
    moderators_grades,
    open_moderation_or_none,
    standing_grades,
)
from goldenthread.audit.queries.moderators import candidates_for
from goldenthread.audit.services import moderation as moderating
from goldenthread.audit.services.answers import Change
from goldenthread.home.demonstration.answers import Auditor
from goldenthread.home.demonstration.chance import Chance
from goldenthread.home.demonstration.council import Council
from goldenthread.home.demonstration.files import PastFile
from goldenthread.home.demonstration.history import LIFT
from goldenthread.home.demonstration.year import ROUND
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.people.models import Person
from goldenthread.select.formats.cells import age_band

STRICTER, KINDER = 0.27, 0.06  # how often a second grade is a step below, and above, the first
UNSETTLED = 1  # of the past's: one whose grades are still to be agreed, and late
THIS_MONTH = 6  # of this month's, that wait for a moderator, are being graded, or are to be agreed
MOST = 14  # single records submitted this month, however few of them are moderated

BECAUSE = (
    "The record shows what was done; that it changed anything for the child it shows less clearly.",
    "I read the last three months first and came to this on what the child said and what was done about it.",
    "The plan is clear and its steps were taken; the reasons for the pace are not written down.",
    "What the worker knew of the family is used well here, and a newcomer could follow it.",
    "Supervision asks the right question twice, and the file does not say what came of it.",
)
AGREED = (
    "We read the visits of the last quarter together: the moderator’s point about impact stands.",
    "The auditor had weighed the effort and not the result; we agreed on the result.",
    "Both of us found the evidence thin here, and took the lower of the two.",
)
QUALITY = (
    ("sound", "Each grade has its evidence."),
    ("thorough", "The reasons name the record and the day."),
    ("thin", "Two grades rest on one line each."),
)


def moderate_what_was_submitted(loaded: Loaded, *, today: date) -> int:
    """Everything that went to moderation is brought as far as it would have come by today; how many there were."""
    chance = Chance(loaded.authority.name, "moderation")
    waiting = list(Moderation.objects.filter(authority=loaded.authority, state="waiting").order_by("chosen_at", "pk"))
    for number, moderation in enumerate(waiting, start=1):
        submitted = moderation.chosen_at.date()
        day = min(submitted + timedelta(days=chance.whole(1, 4)), today)
        _carry(loaded, moderation, chance, day, far=2 if number > len(waiting) - UNSETTLED else 3)
    return len(waiting)


def moderate_this_month(loaded: Loaded, council: Council, *, today: date) -> None:
    """Some of this month's single records come in this morning, and as many are moderated as show how far one comes."""
    chance = Chance(loaded.authority.name, "moderation of this month")
    cast = {loaded.people[member.staff_id].pk for member in council.cast}
    rounds = Audit.objects.filter(session__group=None) | Audit.objects.filter(session__group__key=ROUND)
    fresh = rounds.filter(state="allotted").exclude(parts__people__in=cast).order_by("pk").distinct()
    sent: list[Moderation] = []
    for audit in fresh[:MOST]:
        if len(sent) == THIS_MONTH:
            break
        _submit(loaded, council, audit, chance, today)
        sent += Moderation.objects.filter(audit=audit)
    for number, moderation in enumerate(sent):
        _carry(loaded, moderation, chance, today, far=number % 3, hours=(8, 8), first=cast)


def _submit(loaded: Loaded, council: Council, audit: Audit, chance: Chance, today: date) -> None:
    """One single record audited and submitted this morning."""
    child = next(each for each in council.children if each.ref == audit.ref)
    file = PastFile(
        child.ref, child.status, child.tags, age_band(child.age(today)), child.sex, child.team, child.worker,
        child.started_on, child.drift, child.quality,
    )  # fmt: skip
    auditor = loaded.on(audit.parts.get(kind="auditor").people.get().staff_number, today)
    opened = open_audit_or_none(auditor, audit.code)
    assert opened is not None
    answers = Auditor(chance, opened.template, file, held_on=today, lift=LIFT).audit()
    changes = [Change(name, value, 0) for name, value in answers.items() if value]
    auditing.submit(by=auditor, opened=opened, changes=changes, now=at(today, 8, 15))


def _carry(
    loaded: Loaded, moderation: Moderation, chance: Chance, day: date, *, far: int, hours: tuple[int, int] = (9, 14),
    first: Set[int] = frozenset(),
) -> None:  # fmt: skip
    """`far`: 0 waits, 1 is allotted, 2 is graded, 3 is agreed. `hours`: when it is allotted and graded; `first`: who
    moderates where she may."""
    unit = loaded.on(loaded.unit.staff_number, day)
    able = candidates_for(_seen(unit, moderation), day).people
    if not far or not able:
        return
    person = next((able[key] for key in able if key in first), next(iter(able.values())))
    moderating.allot_moderator(by=unit, found=_seen(unit, moderation), moderator=person, now=at(day, hours[0], 20))
    moderator = loaded.on(person.staff_number, day)
    if far == 1:
        return
    _grade(moderator, moderation, chance, at(day, hours[1], 40), apart=far == 2)
    moderation.refresh_from_db()
    if far > 2 and moderation.state == "to agree":
        _agree(loaded.on(loaded.unit.staff_number, day), moderation, chance, day)
    if far > 2 and chance.happens(0.6):
        quality, because = chance.pick(QUALITY)
        found = _seen(moderator, moderation)
        moderating.grade_the_audit(by=moderator, found=found, quality=quality, because=because, now=at(day, 16))


def _seen(person: Person, moderation: Moderation) -> OpenModeration:
    found = open_moderation_or_none(person, moderation.code)
    assert found is not None
    return found


def _grade(moderator: Person, moderation: Moderation, chance: Chance, now: datetime, *, apart: bool) -> None:
    """`apart`: the whole file's grade is another than the auditor's, so that something is left to agree."""
    found = _seen(moderator, moderation)
    scale = [grade.key for grade in found.framework.grades]
    standing = standing_grades(found.audit)
    lean = 1 if chance.happens(STRICTER) else -1 if chance.happens(KINDER) else 0
    changes = []
    for each in asked_of_moderator(found):
        first = scale.index(standing[each.section].grade)
        step = lean if not each.section or chance.happens(0.35) else 0
        if apart and not each.section:
            step = -1 if first == len(scale) - 1 else 1
        place = min(max(first + step, 0), len(scale) - 1)
        changes.append(Change(each.grade_question, scale[place], 0))
        changes.append(Change(each.because_question, chance.pick(BECAUSE), 0))
    moderating.submit_grades(by=moderator, found=found, changes=changes, now=now)


def _agree(unit: Person, moderation: Moderation, chance: Chance, day: date) -> None:
    """The moderator's grade more often than the auditor's, each change with its reason."""
    found = _seen(unit, moderation)
    standing, second = standing_grades(found.audit), moderators_grades(found)
    agreed = {
        section: Given(given.grade if chance.happens(0.75) else standing[section].grade, chance.pick(AGREED))
        for section, given in second.items()
        if given.grade != standing[section].grade
    }
    moderating.agree_grades(by=unit, found=found, agreed=agreed, now=at(day, 15))
