"""Where a template is wrong: each fault with its sheet, row and column, all of them told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from goldenthread.method.refusal import Refused

MOST = 50  # a thousand faults usually have one cause; the first fifty show it
SHOWN = 60  # characters of a faulty cell

# XLSForm's columns, and ours after them.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "survey": (
        *("type", "name", "label", "hint", "guidance_hint", "appearance"),
        *("required", "relevant", "constraint", "constraint_message", "calculation"),
        *("judged", "outcome", "regional_point", "early_help", "role", "standard", "task_if", "task", "task_for"),
    ),
    "choices": ("list_name", "name", "label", "hint"),
    "settings": ("form_title", "form_id", "version", "default_language", "style", "instrument"),
}

# Characters at most. A page, a trail and a Word table have to hold them; whatever is not here holds an expression.
LONGEST_CELL = {
    **dict.fromkeys(("form_title", "standard", "appearance", "list_name", "type"), 200),
    **dict.fromkeys(("label", "hint", "constraint_message", "task", "outcome"), 1_000),
    **{"guidance_hint": 4_000, "version": 40},
}

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
_CHOICE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,59}")


class Faults:
    """The faults of one template, collected while it is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sentences: list[str] = []

    def add(self, sheet: str, problem: str, row: int = 0, column: str = "") -> None:
        """One fault. `row` counts as a spreadsheet does, the header being row 1."""
        place = [self.name, f"sheet {sheet}"]
        if row:
            place.append(f"row {row}")
        if column:
            place.append(f"column {column}")
        self.sentences.append(f"{', '.join(place)}: {' '.join(problem.split())}")

    def refuse_if_any(self) -> None:
        if self.sentences:
            more = len(self.sentences) - MOST
            tail = [f"{self.name}: and {more} more faults."] if more > 0 else []
            raise Refused(*self.sentences[:MOST], *tail)


class Line:
    """One row of a sheet: its cells by column, trimmed, and a way to say what is wrong with one."""

    def __init__(self, faults: Faults, sheet: str, number: int, cells: Mapping[str, str]) -> None:
        self.faults = faults
        self.sheet = sheet
        self.number = number
        self.cells = {column: text.strip() for column, text in cells.items() if text.strip()}

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def fault(self, column: str, problem: str) -> None:
        """Say what is wrong; the cell's value, shortened, stands in front of `problem` where there is one."""
        value = self[column] if len(self[column]) <= SHOWN else f"{self[column][:SHOWN]}…"
        self.faults.add(self.sheet, f"“{value}” {problem}" if value else problem, self.number, column)

    def needed(self, column: str) -> str:
        if not self[column]:
            self.fault(column, "is empty, and must not be.")
        return self[column]

    def name(self, column: str) -> str:
        """The cell as a name, which answers, addresses and exports are kept under."""
        if self.needed(column) and not _NAME.fullmatch(self[column]):
            self.fault(column, "is not a name; expected letters, digits and _, a letter first, at most 60.")
        return self[column]

    def choice_name(self, column: str) -> str:
        """The cell as the name of an answer: XLSForm's own examples number theirs."""
        if self.needed(column) and not _CHOICE_NAME.fullmatch(self[column]):
            self.fault(column, "is not a name; expected letters, digits, _ and -, at most 60 and no spaces.")
        return self[column]

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """The cell, if it is blank or one of these; else a fault and ""."""
        if self[column] in ("", *allowed):
            return self[column]
        self.fault(column, f"is not known; expected one of {', '.join(allowed) or 'none'}.")
        return ""

    def yes(self, column: str) -> bool:
        word = self[column].lower()
        if word not in ("", "yes", "true", "true()", "no", "false", "false()"):
            self.fault(column, "is neither yes nor no.")
        return word in ("yes", "true", "true()")


def lines_of(rows: Sequence[Mapping[str, str]], sheet: str, faults: Faults) -> Iterator[Line]:
    """The rows that hold anything, each as a Line. A column we do not know is a fault where it is first used: a
    misspelt `relevent` that went by unnoticed would show a section to everybody."""
    known = COLUMNS[sheet]
    told: set[str] = set()
    for number, cells in enumerate(rows, start=2):
        line = Line(faults, sheet, number, cells)
        for column in sorted(line.cells.keys() - set(known) - told):
            line.fault(column, f"stands in a column we do not read; expected one of {', '.join(known)}.")
            told.add(column)
        for column, text in line.cells.items():
            if column in LONGEST_CELL and len(text) > LONGEST_CELL[column]:
                line.fault(column, f"is too long; {LONGEST_CELL[column]:,} characters are the most.")
        if line.cells:
            yield line
