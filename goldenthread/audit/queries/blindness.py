"""From whom an audit's grades are hidden: who is grading it herself, and has not given her grades yet.

One predicate, in the statement of every list and every page that an audit's words or grades can be read from, whatever
else somebody may read. A moderation that is `grading` is a blind one: a sighted one goes straight "to agree". A
calibration hides its audit until its answer is agreed or it is closed without one: both set `agreed_at`, so that
nobody who never answers stays blind for ever.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.audit.models import Audit, Calibration, Moderation, Part, Rating
from goldenthread.people.models import Person
from goldenthread.plan.models import Session


def blind_to(person: Any, audit: str = "pk") -> Q:
    """Whether this person (her id) must not see the audit yet; `audit` is the path to it from the rows asked for.

    Her few audits are found once in a statement, however many rows are then held against them.
    """
    return Q(**{f"{audit}__in": _graded_blind_by(person)})


def _graded_blind_by(person: Any) -> QuerySet[Any]:
    """The ids of the audits that she is grading blind, from the few that anybody is: she may have audited thousands."""
    hers = Part.people.through.objects.filter(part=OuterRef("part"), person=person)
    moderates = Moderation.objects.filter(Exists(hers), state="grading").order_by()
    rated = Rating.objects.filter(calibration=OuterRef("calibration"), rated_by=person)
    calibrates = Calibration.people.through.objects.filter(
        ~Exists(rated), calibration__agreed_at__isnull=True, person=person
    )
    return moderates.values("audit").union(calibrates.values("calibration__audit"), all=True)


def reads_it(person: Any, audit: str = "pk") -> Exists:
    """Whether the audit is this person's to read for her part in it: she audits it, or moderates it."""
    parts = Part.people.through.objects.filter(part__audit=OuterRef(audit), person=person)
    return Exists(parts.filter(part__kind__in=("auditor", "co_auditor", "moderator")))


def hidden_from(person: Person) -> QuerySet[Audit]:
    """The audits of her council that this person must not see yet."""
    return Audit.objects.filter(blind_to(person.pk), authority=person.authority_id)


def blind_in(person: Person, session: Session | None) -> bool:
    """Whether she is grading a file of this session blind, so that what sums the session up is not hers to see yet."""
    return session is not None and hidden_from(person).filter(session=session.pk).exists()
