"""How grades and answers look in a chart: a colour, and a pattern for those who print in grey."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.learn.rendering.model import Series

# A framework may name its grades' colours as GOV.UK names its tags'; a chart needs the ink.
TAGS = {
    "grey": "#505a5f",
    "green": "#00703c",
    "teal": "#28a197",
    "blue": "#1d70b8",
    "purple": "#4c2c92",
    "magenta": "#ca357c",
    "red": "#d4351c",
    "orange": "#f47738",
    "yellow": "#ffdd00",
}
PATTERNS = ("solid", "upright", "diagonal", "dots")  # best first: neighbours in a bar always differ


def shaded(columns: Iterable[tuple[str, str, tuple[float | None, ...]]]) -> tuple[Series, ...]:
    """The series of a stacked bar, best first, from (name, colour, values); the colour is "#rrggbb" or a tag's."""
    return tuple(
        Series(name, values, TAGS.get(colour, colour), PATTERNS[place % len(PATTERNS)])
        for place, (name, colour, values) in enumerate(columns)
    )
