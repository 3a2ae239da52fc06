"""Two files that everybody graded: one in the summer, with its answer and results, and one that is open today."""

from __future__ import annotations

from datetime import date, timedelta

from goldenthread.audit.models import Audit, Calibration
from goldenthread.audit.queries.calibration import OpenCalibration, may_calibrate, open_calibration_or_none
from goldenthread.audit.queries.moderation import Given, standing_grades
from goldenthread.audit.services import calibration as services
from goldenthread.home.demonstration.chance import Chance
from goldenthread.home.demonstration.council import Council
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.people.models import Person

ASKED, OF_THE_CAST, ANSWERED = 9, 3, 5
THEN, LATELY = timedelta(days=100), timedelta(days=4)  # when the two were begun
FOR = timedelta(days=14)
ANSWER = (
    "The visits are on record and say what the child said, so the work is as good as the auditor found. What divided "
    "us was whether a plan without dates can be good: it cannot."
)


def calibrate_two(loaded: Loaded, council: Council, *, today: date) -> None:
    chance = Chance(loaded.authority.name, "calibration")
    long_ago = today - THEN - timedelta(days=60)
    files = Audit.objects.filter(authority=loaded.authority, state="submitted", submitted_at__date__lt=long_ago)
    summer, autumn = files.order_by("-submitted_at")[:2]
    then = _begun(loaded, council, summer, "Plans and their dates", today - THEN)
    for person in then.people.order_by("pk"):
        _rate(loaded.on(person.staff_number, today - THEN), then, chance, today - THEN + timedelta(days=3))
    _agree(loaded, then, today - THEN + FOR)
    now = _begun(loaded, council, autumn, "The child’s voice in the record", today - LATELY)
    cast = [loaded.people[member.staff_id].pk for member in council.cast]
    for person in now.people.exclude(pk__in=cast).order_by("pk")[:ANSWERED]:
        _rate(loaded.on(person.staff_number, today - LATELY), now, chance, today - LATELY + timedelta(days=1))


def _begun(loaded: Loaded, council: Council, audit: Audit, title: str, day: date) -> Calibration:
    """Some of the cast who may grade it are asked, and others until there are enough."""
    unit = loaded.on(loaded.unit.staff_number, day)
    cast = {loaded.people[member.staff_id].pk for member in council.cast}
    able = sorted(may_calibrate(audit, day).people.values(), key=lambda person: person.pk)
    some = [person for person in able if person.pk in cast][:OF_THE_CAST]
    people = (some + [person for person in able if person.pk not in cast])[:ASKED]
    return services.begin_calibration(
        by=unit, audit=audit, title=title, people=people, closes_on=day + FOR, now=at(day, 10)
    )


def _seen(person: Person, made: Calibration) -> OpenCalibration:
    found = open_calibration_or_none(person, made.code)
    assert found is not None
    return found


def _rate(person: Person, made: Calibration, chance: Chance, day: date) -> None:
    """Mostly the grade that stands, now and then the one beside it."""
    found = _seen(person, made)
    scale = [grade.key for grade in found.framework.grades]
    given = {}
    for section, each in standing_grades(found.audit).items():
        step = chance.weighted({0: 6, 1: 3, -1: 1})
        given[section] = Given(scale[min(max(scale.index(each.grade) + step, 0), len(scale) - 1)], "")
    services.give_ratings(by=person, opened=found, given=given, now=at(day, 15))


def _agree(loaded: Loaded, made: Calibration, day: date) -> None:
    unit = loaded.on(loaded.unit.staff_number, day)
    found = _seen(unit, made)
    agreed = standing_grades(found.audit)
    services.agree_calibration(by=unit, opened=found, agreed=agreed, because=ANSWER, now=at(day, 15))
