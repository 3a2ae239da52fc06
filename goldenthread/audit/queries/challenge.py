"""Reading challenges: whether the audited team may dispute a grade, until when, and what waits to be decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.audit.models import Audit, Moderation, Part
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.audit.queries.moderation import OpenModeration, decides, opened, with_all_it_needs
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.access import Is
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.web.wording import day

DECIDED = "decided"  # the stage of the judgements that a decision sets
READERS = {Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.CHALLENGER, Is.DECIDER, Is.MODERATOR, Is.AUDITOR}


def open_challenge_or_none(person: Person, code: str) -> OpenModeration | None:
    """A moderation whose grades somebody may challenge, or has; None alike when it is none or not hers to see."""
    return _open_to(person, Q(code=code))


def _open_to(person: Person, which: Q) -> OpenModeration | None:
    """The last of these moderations, in two statements."""
    rows = Moderation.objects.filter(~blind_to(person.pk, "audit"), which, authority=person.authority_id)
    row = with_all_it_needs(rows).order_by("-pk").first()
    if row is None or row.challenge_due_on is None:
        return None
    found = opened(person, row)
    if not (found.standings & READERS) or (Is.DECIDER in found.standings and _only_decides_nothing(found)):
        return None
    return found


def _only_decides_nothing(found: OpenModeration) -> bool:
    """Whether all she is to it is somebody who would decide, and nothing is challenged."""
    return found.standings & READERS == {Is.DECIDER} and found.moderation.challenged_at is None


@dataclass(frozen=True, slots=True)
class Challenging:
    """What a page of a returned audit says of its grades: `code` of what to challenge, the day until which, the
    sentence that refuses (""), and how a challenge that was made stands."""

    code: str
    until: date
    refusal: str
    state: str
    challenge: str
    decision: str


def challenging(person: Person, audit: Audit, today: date) -> Challenging | None:
    """How somebody who may challenge, or see a challenge of, this audit's grades stands to it; None for all others."""
    found = _open_to(person, Q(audit=audit.pk))
    until = found.moderation.challenge_due_on if found else None
    if found is None or until is None:
        return None
    refusal, moderation = why_not_challenge(found, today) or "", found.moderation
    if refusal and moderation.challenged_at is None and Is.CHALLENGER not in found.standings:
        return None
    return Challenging(
        moderation.code,
        until,
        refusal,
        moderation.state,
        moderation.challenge,
        moderation.decision,
    )


def last_moderation(audit: Audit) -> Moderation | None:
    return Moderation.objects.filter(audit=audit).order_by("-pk").first()


def why_not_challenge(found: OpenModeration, today: date) -> str | None:
    """The sentence that says why a grade can no longer, or not yet, be challenged, or not by her; or None."""
    moderation, until = found.moderation, found.moderation.challenge_due_on
    if Is.CHALLENGER not in found.standings:
        return "A grade is challenged by the managers of the audited team."
    if moderation.challenged_at:
        return f"The grades of this audit were challenged already, on {day(moderation.challenged_at, 'plain')}."
    if until is None:
        return "The grades of this audit can be challenged once it is returned."
    if moderation.state != "agreed":
        return "The grades of this audit are still being moderated. You can challenge them once they are agreed."
    return f"The grades of this audit could be challenged until {day(until, 'plain')}." if today > until else None


def why_not_decide(person: Person, found: OpenModeration) -> str | None:
    """Why this person, of those who decide, may not decide this challenge."""
    parts = Part.people.through.objects.filter(part__audit=found.audit, person=person.pk)
    if parts.filter(part__kind__in=("auditor", "co_auditor", "moderator")).exists():
        return "You audited or moderated this file, so somebody else decides."
    return "You challenged this grade, so somebody else decides." if found.moderation.challenged_by == person else None


def challenges_to_decide(person: Person, today: date) -> QuerySet[Moderation]:
    """Challenges that this person may decide, the soonest due first: not her own, nor of what she graded."""
    try:
        framework = framework_in_force(person.authority_id, today).parsed
    except Refused:
        return Moderation.objects.none()
    if not decides(person, framework):
        return Moderation.objects.none()
    parts = Part.people.through.objects.filter(
        part__audit=OuterRef("audit"), person=person.pk, part__kind__in=("auditor", "co_auditor", "moderator")
    )
    found = Moderation.objects.filter(~Exists(parts), authority=person.authority_id, state="challenged")
    return found.exclude(challenged_by=person.pk).select_related("audit").order_by("due_on", "pk")
