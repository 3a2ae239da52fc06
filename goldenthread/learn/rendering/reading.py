"""How long a report takes to read: every word a reader sees, at an easy pace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from goldenthread.learn.rendering.model import Report, plain

PACE = 200  # words a minute
AIM = 7  # minutes a briefing may take: the "7 minute briefing" practitioners know
SHOWN = ("sentences", "text", "by", "title", "caption", "number", "label", "detail", "count", "theme", "head", "rows",
         "note", "alt", "items", "blocks", "sections", "summary", "about", "subtitle")  # fmt: skip


def words_in(report: Report) -> int:
    """How many words its page shows. A chart counts by its title and its sentence, and by the table behind it."""
    return sum(len(text.split()) for text in _texts(plain(report)))


def minutes_to_read(report: Report) -> int:
    """Whole minutes, rounded up; at least one."""
    return max(1, -(-words_in(report) // PACE))


def _texts(value: Any, shown: bool = True) -> Iterator[str]:
    if isinstance(value, str):
        if shown:
            yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, shown)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(one, name in SHOWN or name == "table")
