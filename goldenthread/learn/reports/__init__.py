"""The reports, one file each: adding the file is the whole change (docs/how/add-a-report.md)."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from goldenthread.learn.rendering.model import Report
from goldenthread.method.refusal import Refused

ASKED = ("KEY", "TITLE", "AUDIENCE", "CADENCE", "figures", "compose")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report, as its file describes it.

    `figures(...)` reads what the report is about and returns frozen facts; `compose(figures, words)` turns those and a
    person's words into a `Report`, reading nothing else.
    """

    key: str
    title: str
    audience: str
    cadence: str
    figures: Callable[..., Any]
    compose: Callable[[Any, Any], Report]


def report(key: str) -> Kind:
    """The kind of report with this key. Refused when there is none."""
    kinds = {kind.key: kind for kind in all_reports()}
    if key not in kinds:
        raise Refused(f"There is no report called “{key}”. The reports are: {', '.join(kinds) or 'none yet'}.")
    return kinds[key]


@cache
def all_reports() -> tuple[Kind, ...]:
    """Every kind of report, in the order of their file names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    kinds = tuple(kind_of(importlib.import_module(f"{__name__}.{name}")) for name in names)
    keys = [kind.key for kind in kinds]
    if len(set(keys)) < len(keys):
        raise TypeError(f"Two reports share a key: {', '.join(sorted(keys))}.")
    return kinds


def kind_of(module: ModuleType) -> Kind:
    """What one report's file says of itself. A file that leaves something out stops the start, not a reader."""
    lacking = [name for name in ASKED if not hasattr(module, name)]
    if lacking:
        raise TypeError(
            f"{module.__name__} has no {', '.join(lacking)}: docs/how/add-a-report.md says what a report has."
        )
    return Kind(*(getattr(module, name) for name in ASKED))
