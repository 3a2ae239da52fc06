"""Judgements: every grade that was given, by the auditors, in moderation or by who decided, and which one stands."""

from __future__ import annotations

from goldenthread.audit.models import Judgement
from goldenthread.learn.feeds.model import Column, Table

TABLE = Table(
    "judgements",
    "Judgements",
    "One row for each grade given to a section, or to the whole file. Count those that stand.",
    Judgement,
    (
        Column("judgement_id", "id", "The judgement.", ("pk",)),
        Column("audit_id", "key", "Its audit: a row of audits.", ("audit__code",)),
        Column("section", "text", "The section it is of; empty: the whole file.", ("section",)),
        Column("stage", "text", "auditor, a stage of moderation, or decided.", ("stage",)),
        Column("grade", "text", "The grade: a row of grades.", ("grade",)),
        Column("stands", "yes_no", "Whether it is the one that stands; earlier ones are kept.", ("stands",)),
        Column("made_at", "moment", "When it was given; empty for those older than this record.", ("made_at",)),
        Column("rationale", "text", "Why, in the grader's words.", ("rationale",), "sensitive"),
        Column("made_by", "text", "Who gave it.", ("made_by__name",), "staff"),
    ),
    audit="audit",
    day="made_at",
    at=True,
)
