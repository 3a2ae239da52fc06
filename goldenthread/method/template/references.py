"""Who asks about whom on a survey sheet: that conditions and calculations look back, and never in a circle."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

_NAMES = re.compile(r"\$\{\s*([^}\s]*)\s*\}")


class References:
    """What the whole sheet names, known before it is read row by row."""

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        self.rows: dict[str, int] = {}  # the row where each name first stands
        self.asks: dict[str, list[str]] = {}  # what each calculation asks about
        self.told: set[frozenset[str]] = set()  # circles said already, once each
        for number, row in enumerate(rows, start=2):
            name = row.get("name", "").strip()
            if name and not row.get("type", "").strip().lower().startswith(("begin", "end")):
                self.rows.setdefault(name, number)
                self.asks.setdefault(name, _NAMES.findall(row.get("calculation", "")))

    def problem(self, asking: str, asked: str, known: Sequence[str]) -> str:
        """Why the row named `asking` may not ask about `asked`, which is none of the `known`; "" if it is said."""
        circle = self._circle(asking, asked)
        if circle:
            if frozenset(circle) in self.told:
                return ""
            self.told.add(frozenset(circle))
            return f"goes round in a circle: {self._in_words(circle)}."
        if asked == asking:
            return "asks about its own answer, which is not given yet."
        if asked in self.rows:
            return f"asks about “{asked}”, which stands in row {self.rows[asked]}; put that row before this one."
        like = get_close_matches(asked, known, 1)
        meant = f"; did you mean “{like[0]}”?" if like else "."
        return f"asks about “{asked}”, which is neither an earlier question nor a case fact{meant}"

    def _circle(self, asking: str, asked: str) -> list[str]:
        """The calculations from `asking` over `asked` back to it, or none."""
        if asked not in self.asks.get(asking, ()):
            return []
        came_from = {asked: asking}
        waiting = [asked]
        while waiting and asking not in came_from:
            name = waiting.pop()
            for following in self.asks.get(name, ()):
                if following not in came_from:
                    came_from[following] = name
                    waiting.append(following)
        if asking not in came_from and asked != asking:
            return []
        circle = [asking]
        while (name := came_from[circle[-1]]) != asking:
            circle.append(name)
        return circle[:1] + circle[:0:-1]

    def _in_words(self, circle: Sequence[str]) -> str:
        if len(circle) == 1:
            return f"“{circle[0]}” asks about itself"
        first, *others = circle
        return f"“{first}” asks about {', which asks about '.join(f'“{name}”' for name in (*others, first))}"
