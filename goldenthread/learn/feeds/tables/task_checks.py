"""Checks: signed-off tasks of a random sample, looked up in the record."""

from __future__ import annotations

from goldenthread.act.models import TaskCheck
from goldenthread.learn.feeds.model import Column, Table

TABLE = Table(
    "task_checks",
    "Checks of tasks",
    "One row for each signed-off task that was drawn to be checked.",
    TaskCheck,
    (
        Column("check_id", "key", "The check.", ("code",)),
        Column("task_id", "key", "The task: a row of tasks.", ("task__code",)),
        Column("draw_id", "text", "The draw that chose it.", ("sample__draw_id",)),
        Column(
            "period_starts_on",
            "date",
            "The period whose signed-off tasks were drawn from: its first day.",
            ("sample__period_starts_on",),
        ),
        Column("period_ends_on", "date", "Its last day.", ("sample__period_ends_on",)),
        Column("stratum", "text", "The stratum it was drawn in.", ("stratum",)),
        Column("outcome", "text", "done: truly done; partly; not; empty: not checked yet.", ("outcome",)),
        Column("checked_at", "moment", "When it was checked.", ("checked_at",)),
        Column("note", "text", "What the checker wrote.", ("note",), "sensitive"),
        Column("checked_by", "text", "Who checked it.", ("checked_by__name",), "staff"),
    ),
    audit="task__returned__audit",
    day="sample__period_starts_on",
)
