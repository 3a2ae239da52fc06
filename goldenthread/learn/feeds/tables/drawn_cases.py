"""Drawn cases: each case that was selected, or took another's place."""

from __future__ import annotations

from goldenthread.learn.feeds.model import Column, Table, case_columns
from goldenthread.select.models import DrawnCase

TABLE = Table(
    "drawn_cases",
    "Drawn cases",
    "One row for each case that a draw selected, or that took the place of one.",
    DrawnCase,
    (
        Column("drawn_case_id", "key", "The drawn case.", ("code",)),
        *case_columns("ref"),
        Column("draw_code", "key", "Its draw: a row of draws.", ("draw__code",)),
        Column("stratum", "text", "The stratum it was drawn in.", ("stratum",)),
        Column("place", "whole", "Its place in the order of tickets within the stratum, from 1.", ("place",)),
        Column("sought", "whole", "Files drawn of its stratum, where chance chose.", ("sought",)),
        Column("held", "whole", "Cases its stratum held. The chance of each was sought / held.", ("held",)),
        Column("standing", "text", "selected or replaced.", ("standing",)),
        Column("replaces_id", "key", "The case whose place it took: another row.", ("replaces__code",)),
        Column("audited_on", "date", "The day its audit was submitted.", ("audited_on",)),
        Column("because", "text", "Why this one, where no chance chose it.", ("because",), "sensitive"),
        Column("replaced_because", "text", "Why it was replaced.", ("replaced_because",), "sensitive"),
    ),
    day="draw__frozen_at",
    at=True,
    may="see case lists and draws",
)
