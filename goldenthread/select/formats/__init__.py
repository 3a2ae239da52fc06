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
from goldenthread.select.formats import extract, joining, other_files
from goldenthread.select.formats.framing import frame
from goldenthread.select.formats.model import CASE_FILE, Mapping, NamedBytes, Reading
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
    found = [module for module in modules if hasattr(module, "recognises")]
    return tuple(sorted(found, key=lambda module: (getattr(module, "ASKED_LAST", False), module.SOURCE)))


def read(files: Sequence[Path | NamedBytes], mapping: Mapping | None = None, kind: str = CASE_FILE) -> Reading:
    """Read the files of one list, whichever formats they are; `kind` says what each of its lines is a file of.

    Where an Annex A or an extract comes with a census or an SSDA903, it is the list and they are held against it
    (`Reading.checks`); a census and an SSDA903 alone make one list together.

    Raises `Refused`, one sentence per problem, for files that are not a case list or cannot be opened safely.
    """
    if not files:
        raise Refused("Give the files of a case list.")
    with uncollected():
        parts = opened(files)
        if kind != CASE_FILE:
            return other_files.read(parts, kind)
        return _several(parts, mapping or Mapping()) or _one(parts, mapping or Mapping())


def _one(parts: Sequence[Opened], mapping: Mapping) -> Reading:
    for form in formats():
        if form.recognises(parts):
            return form.read(parts, mapping)
    raise Refused(f"{' and '.join(dict.fromkeys(part.file for part in parts))} holds no table.")


def _several(parts: Sequence[Opened], mapping: Mapping) -> Reading | None:
    """The reading of files of several formats, None where they are of one."""
    by_source = {form.SOURCE: form for form in formats()}
    first = [form for form in formats() if not getattr(form, "ASKED_LAST", False)]
    sorted_out: dict[str, list[Opened]] = {}
    for part in parts:
        of = next((form.SOURCE for form in first if form.recognises([part])), "")
        sorted_out.setdefault(of, []).append(part)
    others = [source for source in ("cin_census", "ssda903") if source in sorted_out]
    left = sorted_out.get("", [])
    spine = "annex_a" if "annex_a" in sorted_out else "extract" if any(map(extract.is_list, left)) else ""
    if not others or len(others) + bool(spine) < 2:
        return None
    readings = [by_source[source].read(sorted_out[source], mapping) for source in others]
    if spine:
        return joining.checked(by_source[spine].read([*sorted_out.get(spine, []), *left], mapping), readings)
    return joining.joined(*readings)
