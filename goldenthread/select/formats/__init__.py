"""One file per source of case lists (no Django).

A new format is one new file here; see docs/how/add-a-case-list-format.md.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.framing import frame
from goldenthread.select.formats.model import Mapping, NamedBytes, Reading
from goldenthread.select.formats.tables import Opened, opened, uncollected

__all__ = ["formats", "frame", "read"]


class Format(Protocol):
    """What a module in this folder offers to be a format: a name, a test by content, and a reader."""

    SOURCE: str
    TITLE: str

    def recognises(self, parts: Sequence[Opened]) -> bool: ...

    def read(self, parts: Sequence[Opened], mapping: Mapping) -> Reading: ...


@cache
def formats() -> tuple[Format, ...]:
    """Every format in this folder, those that would take any file asked last."""
    modules: list[Any] = [
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    ]
    found = [module for module in modules if hasattr(module, "SOURCE")]
    return tuple(sorted(found, key=lambda module: (getattr(module, "ASKED_LAST", False), module.SOURCE)))


def read(files: Sequence[Path | NamedBytes], mapping: Mapping | None = None) -> Reading:
    """Read the files of one case list, whichever format they are.

    Raises `Refused`, one sentence per problem, for files that are not a case list or cannot be opened safely.
    """
    if not files:
        raise Refused("Give the files of a case list.")
    with uncollected():
        parts = opened(files)
        for form in formats():
            if form.recognises(parts):
                return form.read(parts, mapping or Mapping())
    raise Refused(f"{' and '.join(dict.fromkeys(part.file for part in parts))} holds no table.")
