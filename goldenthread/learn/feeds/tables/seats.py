"""Seats: who sits at which session, by post."""

from __future__ import annotations

from goldenthread.learn.feeds.model import Column, Table
from goldenthread.plan.models import Seat

TABLE = Table(
    "seats",
    "Seats",
    "One row for each place at a session.",
    Seat,
    (
        Column("seat_id", "id", "The seat.", ("pk",)),
        Column("session_id", "key", "Its session: a row of sessions.", ("session__code",)),
        Column("post", "text", "The post it is taken in, a key of the framework.", ("post",)),
        Column("standing", "text", "seat, core, director or partner.", ("standing",)),
        Column("is_fixed", "yes_no", "Whether it was given by hand.", ("fixed",)),
        Column("person", "text", "Who sits there.", ("person__name",), "staff"),
    ),
    day="session__held_on",
)
