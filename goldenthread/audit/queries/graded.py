"""Cases by the grade that they were last given, so that those of a grade which calls for it can be audited again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from goldenthread.audit.models import Audit, Judgement, Moderation
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.people.models import Person


@dataclass(frozen=True, slots=True)
class LastGraded:
    """A case, the grade that stands on its last submitted audit, and the day of that audit."""

    ref: str
    grade: str
    on: date


def cases_last_graded(person: Person, grades: Collection[str], since: date) -> list[LastGraded]:
    """Every case whose last submitted audit, of this day or later, stands at one of these grades; by reference.

    One that was audited again since and did better is not among them, nor one whose next audit is allotted already, nor
    one whose grade is still being moderated, or hidden from the person who asks because she grades it blind.
    """
    authority_id = person.authority_id
    moderated = Moderation.objects.filter(audit=OuterRef("audit_id"), state__in=["waiting", "grading", "to agree"])
    later = Audit.objects.filter(authority=authority_id, ref=OuterRef("audit__ref"), pk__gt=OuterRef("audit_id"))
    standing = Judgement.objects.filter(
        ~Exists(later.exclude(state="withdrawn")), ~Exists(moderated), ~blind_to(person.pk, "audit"),
        authority=authority_id, section="", stands=True,
        grade__in=list(grades), audit__state="submitted", audit__submitted_at__date__gte=since,
    )  # fmt: skip
    rows = standing.values_list("audit__ref", "grade", "audit__submitted_at").order_by("audit__ref")
    return [LastGraded(ref, grade, at.date()) for ref, grade, at in rows if at]
