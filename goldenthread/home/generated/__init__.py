"""The documents under docs/generated/, each written from the code it describes: one file here, one document there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from goldenthread.home.generated import commands, lifecycles, parts, routes, tables, who_may

DOCUMENTS: dict[str, Callable[[], str]] = {
    "commands.md": commands.document,
    "lifecycles.md": lifecycles.document,
    "parts.md": parts.document,
    "routes.md": routes.document,
    "tables.md": tables.document,
    "who-may.md": who_may.document,
}


def written(folder: Path) -> list[str]:
    """Write every document that has changed, and name those."""
    names = stale(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(DOCUMENTS[name](), encoding="utf-8")
    return names


def stale(folder: Path) -> list[str]:
    """The documents that do not say what the code says."""
    return [name for name, document in DOCUMENTS.items() if kept(folder / name) != document()]


def kept(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
