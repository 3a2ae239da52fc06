"""Small things, well named: files one can read in a sitting, functions one can see whole, no room for odds and ends."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.tree import modules, shown

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
ODDS_AND_ENDS = {"utils", "util", "helpers", "helper", "common", "core", "misc", "managers", "manager"}


def long_functions(source: str) -> list[str]:
    """The functions of this source that are longer than one can see whole, by name and length."""
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lengths = [(node.name, (node.end_lineno or 0) - node.lineno + 1) for node in functions]
    return [f"{name}: {length} lines" for name, length in lengths if length > LONGEST_FUNCTION]


def odds_and_ends(path: Path) -> bool:
    return bool(ODDS_AND_ENDS & {path.stem.strip("_"), *path.parent.parts})


def test_no_file_is_too_long_to_read() -> None:
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long_to_see_whole() -> None:
    found = {shown(path): long_functions(path.read_text(encoding="utf-8")) for path in modules()}

    assert {name: functions for name, functions in found.items() if functions} == {}


def test_no_module_is_a_room_for_odds_and_ends() -> None:
    assert [shown(path) for path in modules() if odds_and_ends(path.relative_to(path.anchor))] == []


def test_a_function_of_sixty_one_lines_is_found() -> None:
    body = "    x = 1\n"

    assert long_functions(f"def seen():\n{body * 59}\ndef unseen():\n{body * 60}") == ["unseen: 61 lines"]


def test_a_room_for_odds_and_ends_is_found_by_file_and_by_folder() -> None:
    found = [odds_and_ends(Path(name)) for name in ("act/utils.py", "act/helpers/dates.py", "act/tasks.py")]

    assert found == [True, True, False]
