"""The reports, one file each: adding the file is the whole change (docs/how/add-a-report.md)."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import ModuleType
from typing import Any

from goldenthread.learn.readers import CIRCULATION, UNIT
from goldenthread.learn.rendering.model import Report
from goldenthread.learn.subjects import Subject
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority

ASKED = ("KEY", "TITLE", "AUDIENCE", "CADENCE", "PARTS", "subjects", "subject", "figures", "compose")


def _released_nothing(figures: Any) -> Sequence[Any]:
    return ()


def _lacks_nothing(figures: Any) -> str:
    return ""


def _anybody(subject: Subject) -> tuple[str, ...]:
    return subject.readers or (CIRCULATION, UNIT)


def _nobody_else(person: Any, subject: Subject) -> bool:
    return False


MAY_HAVE: dict[str, Callable[..., Any]] = {
    "released": _released_nothing,
    "lacking": _lacks_nothing,
    "readers": _anybody,
    "may": _nobody_else,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report, as its file describes it.

    `parts`: the parts a person may add words to (part → title), in the order they are read. `subjects(authority,
    today)`: what could be written now, newest first, a handful. `subject(authority, key)`: what a stored key means, or
    None. `figures(subject, today, *, circulated)` reads and returns frozen facts; `compose(figures, words)` turns those
    and a person's words into a `Report`, reading nothing else.

    What a file may leave out: `released(figures)`: the tables of numbers it publishes, for the attacker.
    `lacking(figures)`: why it cannot be written or published, in a sentence, or "". `readers(subject)`: for whom an
    edition may be (learn/readers.py). `may(person, subject)`: who beside the unit may look at it as it stands today.
    """

    key: str
    title: str
    audience: str
    cadence: str
    parts: Mapping[str, str]
    subjects: Callable[[Authority, date], Sequence[Subject]]
    subject: Callable[[Authority, str], Subject | None]
    figures: Callable[..., Any]
    compose: Callable[[Any, Mapping[str, str]], Report]
    released: Callable[[Any], Sequence[Any]] = _released_nothing
    lacking: Callable[[Any], str] = _lacks_nothing
    readers: Callable[[Subject], tuple[str, ...]] = _anybody
    may: Callable[[Any, Subject], bool] = _nobody_else


def report(key: str) -> Kind:
    """The kind of report with this key. Refused when there is none."""
    kinds = {kind.key: kind for kind in all_reports()}
    if key not in kinds:
        raise Refused(f"There is no report called “{key}”. The reports are: {', '.join(kinds) or 'none yet'}.")
    return kinds[key]


def kind_or_none(key: str) -> Kind | None:
    return next((kind for kind in all_reports() if kind.key == key), None)


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
    given: dict[str, Any] = {name: getattr(module, name, usual) for name, usual in MAY_HAVE.items()}
    return Kind(*(getattr(module, name) for name in ASKED), **given)
