"""Tasks: what has to be put right, by one owner, by one day."""

from __future__ import annotations

from goldenthread.act.models import Task
from goldenthread.learn.feeds.model import Column, Table, known, team_columns

TABLE = Table(
    "tasks",
    "Tasks",
    "One row for each thing to be put right.",
    Task,
    (
        Column("task_id", "key", "The task.", ("code",)),
        Column("return_id", "key", "Its return: a row of returns.", ("returned__code",)),
        Column("audit_id", "key", "The audit it came of: a row of audits.", ("returned__audit__code",)),
        Column("finding_id", "key", "The finding it came of, if of one: a row of findings.", ("finding__code",)),
        *team_columns("returned__team", "whose it is"),
        Column("state", "text", "to do, challenged, done, signed off or dropped.", ("state",)),
        Column("scope", "text", "How far it reaches: child, worker, team, service or agency.", ("scope",)),
        Column("severity", "text", "How urgent, a key of the framework.", ("severity",)),
        Column("agency", "text", "The other agency, where it is one's.", ("agency",), typed=True),
        Column("first_due_on", "date", "The day it was first due.", ("first_due_on",)),
        Column("due_on", "date", "The day it is due, with every extension.", ("due_on",)),
        Column("agreed_at", "moment", "When its owner took it on.", ("agreed_at",)),
        Column("challenged_at", "moment", "When its owner challenged it.", ("challenged_at",)),
        Column("decided_at", "moment", "When that was decided.", ("decided_at",)),
        Column("done_at", "moment", "When it was marked done.", ("done_at",)),
        Column("has_record", "yes_no", "Whether it says where the council's record shows it.", ("record",), make=known),
        Column("chases", "whole", "How often it was chased by hand.", ("chases",)),
        Column("task", "text", "What is to be done, in words.", ("text",), "sensitive"),
        Column("evidence", "text", "What was done, in the owner's words.", ("evidence",), "sensitive"),
        Column("record", "text", "Where the council's record shows it.", ("record",), "sensitive"),
        Column("challenge", "text", "Why it was challenged.", ("challenge",), "sensitive"),
        Column("decision", "text", "What was decided of the challenge.", ("decision",), "sensitive"),
        Column("owner", "text", "Whose task it is.", ("owner__name",), "staff"),
    ),
    audit="returned__audit",
    day="returned__returned_at",
    at=True,
)
