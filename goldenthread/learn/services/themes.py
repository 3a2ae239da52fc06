"""Reading findings across audits is an event too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from goldenthread.audit.models import Audit, Finding
from goldenthread.people.models import Person
from goldenthread.trail.services import record


def see_findings(*, by: Person, findings: Sequence[Finding], at: datetime) -> None:
    """Record that this person read of each of these findings' audits, by way of a theme: once an audit."""
    read: dict[Audit, list[str]] = {}
    for finding in findings:
        read.setdefault(finding.part.audit, []).append(finding.code)
    with transaction.atomic():
        for audit, codes in read.items():
            record(by=by, verb="read", thing=audit, at=at, now={"findings": codes})
