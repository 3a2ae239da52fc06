"""Draws: each selection of files, from which list and by what."""

from __future__ import annotations

from goldenthread.learn.feeds.model import Column, Table
from goldenthread.method.selecting import RANDOM
from goldenthread.select.models import Draw

TABLE = Table(
    "draws",
    "Draws",
    "One row for each selection of files; those given up are in it, and say so.",
    Draw,
    (
        Column("draw_code", "key", "The draw.", ("code",)),
        Column("draw_id", "text", "Its id in its own record.", ("draw_id",)),
        Column("session_id", "key", "The session it is for: a row of sessions.", ("session__code",)),
        Column("kind", "text", "The kind of audit, a key of the framework.", ("kind",)),
        Column("way", "text", "simple_random, stratified, event, rule or hand.", ("way",)),
        Column("is_random", "yes_no", "Whether chance chose.", ("way",), make=lambda asked: lambda way: way in RANDOM),
        Column("seed_kind", "text", "dice, shares, beacon or none.", ("seed_kind",)),
        Column("state", "text", "frozen, drawn or abandoned.", ("state",)),
        Column("case_list_id", "key", "The case list: see caseload.", ("case_list__code",)),
        Column("listed_as_at", "date", "The day of that list.", ("case_list__as_at",)),
        Column("list_sha256", "text", "The fingerprint of the list as it was fixed.", ("frame_sha256",)),
        Column("seed", "text", "The seed, as it came out.", ("seed",), "sensitive"),
        Column("source", "text", "Where the seed came from.", ("source",), "staff"),
        Column("frozen_at", "moment", "When the list was fixed.", ("frozen_at",)),
        Column("drawn_at", "moment", "When the cases were drawn.", ("drawn_at",)),
        Column("because", "text", "Why these, where no chance chose them.", ("because",), "sensitive"),
    ),
    day="frozen_at",
    at=True,
    may="see case lists and draws",
)
