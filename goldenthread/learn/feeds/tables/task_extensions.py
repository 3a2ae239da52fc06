"""Extensions: more time for a task, and why."""

from __future__ import annotations

from goldenthread.act.models import Extension
from goldenthread.learn.feeds.model import Column, Table

TABLE = Table(
    "task_extensions",
    "Extensions of tasks",
    "One row for each time that a task was given more time.",
    Extension,
    (
        Column("extension_id", "id", "The extension.", ("pk",)),
        Column("task_id", "key", "Its task: a row of tasks.", ("task__code",)),
        Column("was_due_on", "date", "The day before.", ("was_due_on",)),
        Column("due_on", "date", "The day from then on.", ("due_on",)),
        Column("allowed_at", "moment", "When it was allowed.", ("allowed_at",)),
        Column("allowed_as", "text", "The post of whoever allowed it.", ("capacity",)),
        Column("because", "text", "Why, in words.", ("because",), "sensitive"),
        Column("allowed_by", "text", "Who allowed it.", ("allowed_by__name",), "staff"),
    ),
    audit="task__returned__audit",
    day="allowed_at",
    at=True,
)
