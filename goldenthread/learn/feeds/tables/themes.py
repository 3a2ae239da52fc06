"""Themes: what findings are about."""

from __future__ import annotations

from goldenthread.framework.models import Theme
from goldenthread.learn.feeds.model import Column, Table, known

TABLE = Table(
    "themes",
    "Themes",
    "One row for each theme of the council's own list. Always whole.",
    Theme,
    (
        Column("theme", "key", "The theme, as findings name it.", ("key",), "public"),
        Column("label", "text", "Its words.", ("label",), "public"),
        Column("domain", "text", "practice, process or empty: either.", ("domain",), "public"),
        Column("sort", "text", "good, improve or empty: either.", ("sort",), "public"),
        Column("is_retired", "yes_no", "Whether it is no longer used.", ("retired_at",), "public", known),
    ),
)
