"""Re-audits: files to be audited again, and the audit that did."""

from __future__ import annotations

from goldenthread.act.models import Reaudit
from goldenthread.learn.feeds.model import Column, Table, joined

TABLE = Table(
    "reaudits",
    "Re-audits",
    "One row for each file that is, or was, to be audited again.",
    Reaudit,
    (
        Column("reaudit_id", "key", "The re-audit.", ("code",)),
        Column("audit_id", "key", "The first audit: a row of audits.", ("audit__code",)),
        Column("again_id", "key", "The audit that looked again: a row of audits.", ("again__code",)),
        Column("reason", "text", "grade: for its grade; random; asked.", ("reason",)),
        Column("state", "text", "owed, arranged, done or excused.", ("state",)),
        Column(
            "sections",
            "text",
            "The sections to look at, parted by spaces; empty: the whole file.",
            ("sections",),
            make=joined,
        ),
        Column("due_on", "date", "By when.", ("due_on",)),
        Column("chosen_at", "moment", "When it was chosen.", ("chosen_at",)),
        Column("because", "text", "Why it was asked for, or excused.", ("because",), "sensitive"),
    ),
    audit="audit",
    day="chosen_at",
    at=True,
)
