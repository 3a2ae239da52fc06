"""Where a template is wrong: each fault with its sheet, row and column, all of them told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from goldenthread.method.refusal import Refused

MOST = 50  # a thousand faults usually have one cause; the first fifty show it
SHOWN = 60  # characters of a faulty cell

XLSFORM_COLUMNS = (
    *("type", "name", "label", "hint", "guidance_hint", "appearance"),
    *("required", "relevant", "constraint", "constraint_message"),
)
OUR_COLUMNS = ("judged", "outcome", "regional_point", "early_help", "role", "standard")
SURVEY_COLUMNS = frozenset(XLSFORM_COLUMNS + OUR_COLUMNS)
CHOICE_COLUMNS = frozenset(["list_name", "name", "label", "hint"])
SETTING_COLUMNS = frozenset(["form_title", "form_id", "version", "default_language", "style"])

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")


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


def lines_of(rows: Sequence[Mapping[str, str]], sheet: str, columns: frozenset[str], faults: Faults) -> Iterator[Line]:
    """The rows that hold anything, each as a Line. A column we do not know is a fault where it is first used: a
    misspelt `relevent` that went by unnoticed would show a section to everybody."""
    told: set[str] = set()
    for number, cells in enumerate(rows, start=2):
        line = Line(faults, sheet, number, cells)
        for column in sorted(line.cells.keys() - columns - told):
            line.fault(column, f"stands in a column we do not read; expected one of {', '.join(sorted(columns))}.")
            told.add(column)
        if line.cells:
            yield line
