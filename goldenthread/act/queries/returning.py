"""Before the return: which audits wait for it, and what they ask."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from goldenthread.act.models import Return
from goldenthread.audit.models import Audit, Finding
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.people.models import Person
from goldenthread.plan.models import Session


def audits_to_return(session: Session, by: Person) -> QuerySet[Audit]:
    """The session's submitted audits that have not been returned yet; whoever grades one blind leaves it to others."""
    returned = Exists(Return.objects.filter(audit=OuterRef("pk")))
    audits = Audit.objects.filter(~blind_to(by.pk), session=session, state="submitted").exclude(returned)
    return audits.select_related("framework", "worker", "team").order_by("pk")


def actions_in(audits: Sequence[Audit]) -> dict[int, list[Finding]]:
    """What each of these audits asks to be put right, by the audit's id; one statement."""
    asked: dict[int, list[Finding]] = {audit.pk: [] for audit in audits}
    findings = Finding.objects.filter(part__audit__in=list(asked), removed=False, sort="improve").exclude(action="")
    for finding in findings.select_related("part").order_by("pk"):
        asked[finding.part.audit_id].append(finding)
    return asked


def sessions_to_return(person: Person) -> QuerySet[Session]:
    """Sessions with submitted audits that wait to be returned, and how many; for the Quality Assurance Unit."""
    if not person.is_quality_assurance:
        return Session.objects.none()
    returned = Exists(Return.objects.filter(audit=OuterRef("pk")))
    waiting = Audit.objects.filter(session=OuterRef("pk"), state="submitted").exclude(returned)
    counted = waiting.order_by().values("session").annotate(n=Count("pk")).values("n")
    sessions = Session.objects.filter(authority=person.authority_id).annotate(waiting=Subquery(counted))
    return sessions.filter(waiting__gt=0).select_related("group").order_by("held_on", "pk")
