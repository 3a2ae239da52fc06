"""Audits: one row for each file that was given to somebody to audit, with the grade that stands on the whole of it."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from goldenthread.audit.models import Audit, Judgement
from goldenthread.learn.feeds.model import Column, Table, case_columns, joined, team_columns
from goldenthread.method.selecting import RANDOM


def with_grades() -> QuerySet[Any]:
    overall = Judgement.objects.filter(audit=OuterRef("pk"), section="", stands=True)
    return Audit.objects.annotate(overall=Subquery(overall.values("grade")[:1]))


TABLE = Table(
    "audits",
    "Audits",
    "One row for each file given to somebody to audit; those withdrawn are in it, and say so.",
    Audit,
    (
        Column("audit_id", "key", "The audit.", ("code",)),
        *case_columns("ref"),
        Column("kind", "text", "The kind of audit, a key of the framework: case_file, reaudit and others.", ("kind",)),
        Column("state", "text", "allotted, in progress, submitted or withdrawn.", ("state",)),
        Column("status", "text", "The child's status in the case list it was drawn from.", ("status",)),
        Column("tags", "text", "Further categories of the case, parted by spaces.", ("tags",), make=joined),
        Column("age_band", "text", "The child's age in bands, as the case list has it.", ("age_band",), "sensitive"),
        *team_columns("team", "that held the case when it was listed"),
        *team_columns("service", "that this team belonged to"),
        Column("session_id", "key", "The session it was audited for: a row of sessions.", ("session__code",)),
        Column("group_key", "text", "The auditing group, a key of the framework.", ("session__group__key",)),
        Column("held_on", "date", "The day of that session.", ("session__held_on",)),
        Column("drawn_case_id", "key", "How it was chosen: a row of drawn_cases.", ("case__code",)),
        Column(
            "is_random",
            "yes_no",
            "Whether chance chose it. Never put random and other files in one trend.",
            ("case__draw__way",),
            make=lambda asked: lambda way: way in RANDOM,
        ),
        Column("template_id", "id", "The version of the questions: see questions.", ("template",)),
        Column(
            "grade",
            "text",
            "The grade that stands on the whole file: see grades. Empty until one is given.",
            ("overall",),
        ),
        Column("answered", "whole", "Questions answered.", ("answered",)),
        Column("asked", "whole", "Questions that apply to this child.", ("asked",)),
        Column("listed_as_at", "date", "The day of the case list.", ("listed_as_at",)),
        Column("case_opened_on", "date", "The day the case was opened.", ("opened_on",), "sensitive"),
        Column("allotted_at", "moment", "When it was given to its auditors.", ("allotted_at",)),
        Column("submitted_at", "moment", "When it was submitted.", ("submitted_at",)),
        Column("worker", "text", "Who held the case, as the case list has it.", ("worker_name",), "staff"),
        Column("submitted_by", "text", "Who submitted it.", ("submitted_by__name",), "staff"),
    ),
    audit="pk",
    day="session__held_on",
    query=with_grades,
    worked_out={"overall": "audit.Judgement.grade, of the whole file, the one that stands"},
)
