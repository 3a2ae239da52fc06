"""Who may moderate an audit at its stage, who may not and why, and how much each has to moderate already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.audit.models import Moderation, Part
from goldenthread.audit.queries.independence import auditor_from, file_of, why_not
from goldenthread.audit.queries.moderation import AUDITORS, OpenModeration
from goldenthread.method.independence import Auditor
from goldenthread.people.models import Person
from goldenthread.people.queries import people_in_post, with_posts
from goldenthread.trail.models import Event


@dataclass(frozen=True, slots=True)
class Candidates:
    """The holders of the posts that moderate at a stage: who may, with what she has to moderate already, the least
    burdened first; and who may not, with the reason."""

    people: Mapping[int, Person]
    load: Mapping[int, int]
    barred: list[tuple[str, str]]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [
            (str(key), f"{person.name}, {person.capacity} ({self.load[key]} to moderate)")
            for key, person in self.people.items()
        ]


def candidates_for(found: OpenModeration, today: date) -> Candidates:
    """Eight statements, however many hold such a post."""
    assert found.stage is not None, "a challenge is decided and not moderated"
    audit = found.audit
    holders = people_in_post(audit.authority_id, today, found.stage.by).values("person")
    people = with_posts(Person.objects.filter(pk__in=holders).order_by("name", "pk"), today)
    first = with_posts(Person.objects.filter(pk__in=list(found.auditors)), today)
    reasons = _Reasons(found, [auditor_from(each) for each in first], today)
    load = _load(audit.authority_id)
    may: list[Person] = []
    barred = []
    for person in people:
        reason = reasons.against(person)
        if reason:
            barred.append((person.name, reason))
        else:
            may.append(person)
    may.sort(key=lambda person: load[person.pk])
    return Candidates({person.pk: person for person in may}, load, barred)


class _Reasons:
    """What is read once of an audit, to be held against everybody who might moderate it."""

    def __init__(self, found: OpenModeration, first: list[Auditor], today: date) -> None:
        audit = found.audit
        self.found, self.first, self.framework = found, first, found.framework
        # Who audited the file last time is asked of those who audit it, not of a second look.
        self.file = replace(file_of(audit, today), audited_by=frozenset(), reaudit=False)
        parts = Part.people.through.objects.filter(part__audit=audit, part__kind="moderator")
        self.moderated = set(parts.exclude(part=found.moderation.part_id or 0).values_list("person", flat=True))
        self.read: set[int | None] = set()
        if found.stage and found.stage.blind:
            events = Event.objects.filter(thing="audit", thing_id=audit.pk, verb="read")
            self.read = set(events.values_list("by_id", flat=True).distinct())

    def against(self, person: Person) -> str | None:
        if person.pk in self.found.auditors:
            return "audited this file"
        if person.pk in self.moderated:
            return "moderated this audit at another stage"
        if reason := why_not(person, self.file, self.framework):
            return reason
        if self.framework.independence.line and (reason := self._line(auditor_from(person))):
            return reason
        return "has read this audit, so could not grade it blind" if person.pk in self.read else None

    def _line(self, person: Auditor) -> str | None:
        if any(person.manages & first.under for first in self.first):
            return "manages the auditor of this file"
        return "is managed by the auditor of this file" if any(person.under & f.manages for f in self.first) else None


def _load(authority: int) -> Counter[int]:
    parts = Moderation.objects.filter(authority=authority, state__in=["grading", "to agree"]).values("part")
    return Counter(Part.people.through.objects.filter(part__in=parts).values_list("person", flat=True))


def auditors_of_audit(audit: int) -> list[Person]:
    parts = Part.people.through.objects.filter(part__audit=audit, part__kind__in=AUDITORS)
    return list(Person.objects.filter(pk__in=parts.values("person")).order_by("pk"))
