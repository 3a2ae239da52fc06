"""Contracts beside those of import-linter: whose rooms are private, and who may look at the clock."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import PACKAGE, modules, shown

# A stage's views are for its urls, its forms for its views.
PRIVATE = {"views": {"urls", "views"}, "forms": {"views", "forms"}}
CLOCK = "goldenthread/web/clock.py"
READS_THE_CLOCK = {"now", "today", "utcnow", "localdate", "time", "time_ns"}


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules and names that this source imports, whole: "goldenthread.act.views.sign_off"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def trespasses(source: str, stage: str, room: str) -> list[str]:
    """What a file in this room of this stage imports although it is private to another."""
    private = re.compile(rf"goldenthread\.(?!web\.)(\w+)\.({'|'.join(PRIVATE)})\b")
    owned = [(name, *found.groups()) for name in imported(ast.parse(source)) if (found := private.match(name))]
    return [name for name, owner, kept in owned if owner != stage or room not in PRIVATE[kept]]


def clock_readings(source: str) -> list[str]:
    """The calls in this source that ask what time it is, other than of the one clock."""
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    asked = [call for call in calls if isinstance(call, ast.Attribute) and call.attr in READS_THE_CLOCK]
    return [name for call in asked if owner(name := ast.unparse(call)) in {"date", "datetime", "time", "timezone"}]


def owner(name: str) -> str:
    return name.split(".")[-2]


def test_views_and_forms_are_private_to_their_stage() -> None:
    found = {shown(path): trespasses(path.read_text(encoding="utf-8"), *stage_and_room(path)) for path in modules()}

    assert {name: imports for name, imports in found.items() if imports} == {}


def stage_and_room(path: Path) -> tuple[str, str]:
    stage, *rest = path.relative_to(PACKAGE).with_suffix("").parts
    return stage, (rest or [""])[0]


def test_only_the_clock_reads_the_clock() -> None:
    found = {shown(path): clock_readings(path.read_text(encoding="utf-8")) for path in modules()}

    assert {name for name, readings in found.items() if readings} == {CLOCK}


def test_a_stranger_in_a_private_room_is_found() -> None:
    source = "from goldenthread.act.views import sign_off\nfrom goldenthread.act import forms\n"

    assert [trespasses(source, "act", room) for room in ("urls", "views", "services")] == [
        ["goldenthread.act.forms"],
        [],
        ["goldenthread.act.views.sign_off", "goldenthread.act.forms"],
    ]


def test_another_stages_views_are_found() -> None:
    assert trespasses("import goldenthread.act.views", "learn", "urls") == ["goldenthread.act.views"]


def test_a_look_at_the_clock_is_found() -> None:
    source = "date.today()\ndatetime.datetime.now(tz=UTC)\ntime.time()\nclock.now()\nreading.time()\n"

    assert clock_readings(source) == ["date.today", "datetime.datetime.now", "time.time"]
