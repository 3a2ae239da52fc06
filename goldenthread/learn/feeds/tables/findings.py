"""Findings: what was good in a file, and what is to be improved."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from goldenthread.audit.models import Finding
from goldenthread.learn.feeds.model import Column, Table, known
from goldenthread.method.parts import AUDITORS


def standing() -> QuerySet[Any]:
    """Those not taken back, of the auditors' parts and of others that were given."""
    return Finding.objects.filter(Q(part__kind__in=AUDITORS) | Q(part__frozen=True), removed=False)


TABLE = Table(
    "findings",
    "Findings",
    "One row for each thing found worth saying; those taken back are not in it.",
    Finding,
    (
        Column("finding_id", "key", "The finding.", ("code",)),
        Column("audit_id", "key", "Its audit: a row of audits.", ("part__audit__code",)),
        Column("part", "text", "Whose part of the audit it is in.", ("part__kind",)),
        Column("section", "text", "The section it was found in.", ("section",)),
        Column("sort", "text", "good: good practice; improve: for improvement.", ("sort",)),
        Column("domain", "text", "practice or process.", ("domain",)),
        Column("theme", "text", "What it is about: a row of themes.", ("theme",)),
        Column("has_action", "yes_no", "Whether something must be put right.", ("action",), make=known),
        Column("severity", "text", "How urgent, a key of the framework; empty: its usual one.", ("severity",)),
        Column(
            "scope", "text", "How far it reaches: child, worker, team, service, agency; empty: this child.", ("scope",)
        ),
        Column("saved_at", "moment", "When it was last saved.", ("saved_at",)),
        Column("finding", "text", "The finding in the auditor's words.", ("text",), "sensitive"),
        Column("action", "text", "What must be put right, in the auditor's words.", ("action",), "sensitive"),
        Column("saved_by", "text", "Who saved it.", ("saved_by__name",), "staff"),
    ),
    audit="part__audit",
    day="saved_at",
    at=True,
    query=standing,
)
