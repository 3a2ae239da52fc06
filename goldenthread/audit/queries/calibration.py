"""Reading calibrations: who is asked to grade the one file, who has, and what all said beside the agreed answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from goldenthread.audit.models import Audit, Calibration, Judgement, Part, Rating
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.audit.queries.independence import file_of, why_not
from goldenthread.audit.queries.moderation import Given
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.access import may
from goldenthread.method.framework import Framework, Grade
from goldenthread.people.models import Person
from goldenthread.people.queries import people_in_post, with_posts
from goldenthread.people.standing import standings
from goldenthread.trail.models import Event

FEWEST = 3  # of two who answered, each could tell what the other gave


def invited(person: Any) -> Exists:
    return Exists(Calibration.people.through.objects.filter(calibration=OuterRef("pk"), person=person))


def rated(person: Any) -> Exists:
    return Exists(Rating.objects.filter(calibration=OuterRef("pk"), rated_by=person))


def calibrations_visible_to(person: Person) -> QuerySet[Any]:
    """All for the unit and the directors, for others those they are asked to; with `asked`, `given` and `blind`, what
    the person is to each. Of a file that she grades blind elsewhere only what she is asked."""
    found = Calibration.objects.filter(authority=person.authority_id).annotate(
        asked=invited(person.pk), given=rated(person.pk), blind=blind_to(person.pk, "audit")
    )
    if not may("see the moderation", standings(person)):
        found = found.filter(asked=True)
    return found.filter(Q(asked=True) | Q(blind=False)).select_related("audit")


def calibrations_listed(person: Person) -> QuerySet[Any]:
    """The same with how many were asked and have `answered`, the latest first."""
    answered = Count("ratings__rated_by", distinct=True)
    return calibrations_visible_to(person).annotate(answered=answered, in_all=Count("people", distinct=True))


def calibrations_to_grade(person: Person, today: date) -> QuerySet[Calibration]:
    """What this person is still asked to grade, the soonest to close first."""
    asked = Calibration.objects.filter(
        invited(person.pk), ~rated(person.pk), authority=person.authority_id, agreed_at__isnull=True,
        closes_on__gte=today,
    )  # fmt: skip
    return asked.order_by("closes_on", "pk")


def calibrations_to_agree(person: Person, today: date) -> list[Any]:
    """Calibrations that everybody answered, or whose last day is over: the unit agrees the answer or closes each.

    Until it does, those who never answered stay blind to the audit.
    """
    if not may("arrange moderation", standings(person)):
        return []
    readable = Q(blind=False) | Q(asked=True, closes_on__lt=today)
    waiting = calibrations_listed(person).filter(readable, agreed_at__isnull=True)
    return [each for each in waiting if each.closes_on < today or each.answered >= each.in_all]


@dataclass(frozen=True, slots=True)
class OpenCalibration:
    """A calibration as one person sees it. `sections`: (key, label) of what is graded, the whole file ("") last."""

    calibration: Any
    framework: Framework
    sections: tuple[tuple[str, str], ...]
    asked: int
    answered: int

    @property
    def audit(self) -> Audit:
        audit: Audit = self.calibration.audit
        return audit

    @property
    def may_rate(self) -> bool:
        return bool(self.calibration.asked and not self.calibration.given and self.calibration.agreed_at is None)

    @property
    def withdrawn(self) -> bool:
        """Whether it was closed without an answer: closed, and no grade agreed on."""
        return self.calibration.agreed_at is not None and not self.calibration.agreed

    def why_she_cannot_agree(self, today: date) -> str:
        """What is said to somebody of the unit who is to agree the answer, and was asked and gave none herself."""
        if self.calibration.closes_on >= today:
            return "You are asked to grade this file yourself. Do that first."
        return (
            "You were asked to grade this file and did not, so somebody else of the unit agrees the answer, or you "
            "close the calibration without one."
        )

    def is_over(self, today: date) -> bool:
        """Whether nobody can answer any more, or everybody has."""
        return self.calibration.closes_on < today or self.answered >= self.asked


def open_calibration_or_none(person: Person, code: str) -> OpenCalibration | None:
    """None alike when there is none and when it is not hers to see; four statements."""
    found = calibrations_visible_to(person).select_related("audit__framework", "audit__template", "agreed_by")
    row = found.filter(code=code).first()
    if row is None:
        return None
    answered = Rating.objects.filter(calibration=row).aggregate(n=Count("rated_by", distinct=True))["n"]
    framework = row.audit.framework.parsed
    return OpenCalibration(row, framework, tuple(graded_sections(row.audit)), row.people.count(), answered)


def graded_sections(audit: Audit) -> list[tuple[str, str]]:
    graded = set(Judgement.objects.filter(audit=audit, stands=True).values_list("section", flat=True))
    lines = [(each.name, each.label) for each in audit.template.parsed.sections if each.name in graded]
    return [*lines, *([("", "The whole file")] if "" in graded else [])]


@dataclass(frozen=True, slots=True)
class Result:
    """One section: the agreed grade, how many gave each grade (none while too few answered), how many gave the agreed
    one or the one next to it, and what the person who reads gave herself."""

    label: str
    agreed: Grade
    counts: tuple[tuple[Grade, int], ...]
    exact: int
    adjacent: int
    own: Grade | None


def results_of(person: Person, opened: OpenCalibration) -> list[Result]:
    """What all said beside the agreed answer, pooled; of persons only her own. Empty where no answer is agreed."""
    row, framework = opened.calibration, opened.framework
    if row.agreed_at is None or opened.withdrawn or row.blind:
        return []
    place = {grade.key: number for number, grade in enumerate(framework.grades)}
    given: dict[str, Counter[str]] = {}
    own: dict[str, str] = {}
    ratings = Rating.objects.filter(calibration=row).values_list("section", "grade", "rated_by")
    for section, grade, rater in ratings:
        given.setdefault(section, Counter())[grade] += 1
        if rater == person.pk:
            own[section] = grade
    return [_result(framework, place, row.agreed, given, own, each, opened.answered) for each in opened.sections]


def _result(
    framework: Framework, place: Mapping[str, int], agreed: Mapping[str, str], given: Mapping[str, Counter[str]],
    own: Mapping[str, str], section: tuple[str, str], answered: int,
) -> Result:  # fmt: skip
    name, label = section
    right, counted = agreed[name], given.get(name, Counter())
    shown = answered >= FEWEST
    counts = tuple((grade, counted[grade.key]) for grade in framework.grades) if shown else ()
    near = sum(number for key, number in counted.items() if abs(place[key] - place[right]) == 1)
    mine = framework.grade(own[name]) if name in own else None
    return Result(label, framework.grade(right), counts, counted[right], near, mine)


def own_ratings(person: Person, opened: OpenCalibration) -> dict[str, Given]:
    rows = Rating.objects.filter(calibration=opened.calibration, rated_by=person.pk)
    return {section: Given(grade, why) for section, grade, why in rows.values_list("section", "grade", "because")}


@dataclass(frozen=True, slots=True)
class MayCalibrate:
    """Who may be asked to grade a file in a calibration, and who may not, with the reason."""

    people: Mapping[int, Person]
    barred: Sequence[tuple[str, str]]


def may_calibrate(audit: Audit, today: date) -> MayCalibrate:
    """Those who audit in the council; not those who audited, moderated or read this one, nor those tied to the file."""
    framework = framework_in_force(audit.authority_id, today).parsed
    posts = [post.key for post in framework.posts if post.audits]
    holders = people_in_post(audit.authority_id, today, posts).values("person")
    parts = Part.people.through.objects.filter(part__audit=audit, part__kind__in=("auditor", "co_auditor", "moderator"))
    graded = set(parts.values_list("person", flat=True))
    events = Event.objects.filter(thing="audit", thing_id=audit.pk, verb="read")
    read = set(events.values_list("by_id", flat=True).distinct())
    file, people, barred = file_of(audit, today), {}, []
    for person in with_posts(Person.objects.filter(pk__in=holders).order_by("name", "pk"), today):
        reason = why_not(person, file, framework)
        if person.pk in graded:
            reason = "audited or moderated this file"
        elif not reason and person.pk in read:
            reason = "has read this audit, so knows its grades"
        if reason:
            barred.append((person.name, reason))
        else:
            people[person.pk] = person
    return MayCalibrate(people, barred)
