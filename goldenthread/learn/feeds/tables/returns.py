"""Returns: audits given back to the team, and how far each has come."""

from __future__ import annotations

from goldenthread.act.models import Return
from goldenthread.learn.feeds.model import Column, Table, team_columns

TABLE = Table(
    "returns",
    "Returns",
    "One row for each audit given back to the practitioner, her team manager and her service manager.",
    Return,
    (
        Column("return_id", "key", "The return.", ("code",)),
        Column("audit_id", "key", "Its audit: a row of audits.", ("audit__code",)),
        Column("state", "text", "with the team, signed off or accepted.", ("state",)),
        *team_columns("team", "it was returned to"),
        *team_columns("service", "it was returned to"),
        Column("due_on", "date", "The day its tasks are due.", ("due_on",)),
        Column("sign_off_due_on", "date", "The day its sign-off is due.", ("sign_off_due_on",)),
        Column("returned_at", "moment", "When it was returned.", ("returned_at",)),
        Column("accepted_at", "moment", "When the unit accepted it.", ("accepted_at",)),
        Column("practitioner", "text", "The practitioner it was returned to.", ("practitioner__name",), "staff"),
        Column("accepted_by", "text", "Who accepted it.", ("accepted_by__name",), "staff"),
    ),
    audit="audit",
    day="returned_at",
    at=True,
)
