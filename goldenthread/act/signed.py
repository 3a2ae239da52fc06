"""What a signature stands for, in words: the same whether it is about to be signed or was signed long ago."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goldenthread.act.models import Task
from goldenthread.method.framework import Framework
from goldenthread.web.wording import NOTHING, day, when

SCOPES = dict(Task.SCOPES)


@dataclass(frozen=True, slots=True)
class Signed:
    """One task of what is signed: a heading, and its facts as (what, words)."""

    title: str
    rows: Sequence[tuple[str, str]]


def scope_in_words(scope: str, agency: str) -> str:
    """How far a task reaches.

    >>> scope_in_words("team", ""), scope_in_words("agency", "Health")
    ('the team', 'another agency: Health')
    """
    words = SCOPES.get(scope, scope)
    return f"{words}: {agency}" if agency else words


def severity_in_words(framework: Framework, key: str) -> str:
    """The council's word for how urgent; nothing where it tells tasks no further apart."""
    if len(framework.severities) < 2:  # noqa: PLR2004 - one tells nothing apart
        return ""
    return next((each.label for each in framework.severities if each.key == key), key)


def in_words(content: Sequence[Mapping[str, Any]], framework: Framework) -> list[Signed]:
    """What a sign-off keeps (`queries.signed_content`) as its page shows it; older ones kept less, and show less."""
    return [
        Signed(f"Task {place}, for {task['owner']}", [row for row in _rows(task, framework) if row[1]])
        for place, task in enumerate(content, start=1)
    ]


def _rows(task: Mapping[str, Any], framework: Framework) -> list[tuple[str, str]]:
    kept = {"severity": "", "scope": "", "agency": "", "decision": "", "record": "", "extensions": (), **task}
    return [
        ("What was asked", kept["text"]),
        ("How urgent", severity_in_words(framework, kept["severity"])),
        ("For", scope_in_words(kept["scope"], kept["agency"])),
        ("Due", _due(kept)),
        *(("More time", _more_time(given)) for given in kept["extensions"]),
        ("Not needed", kept["decision"] if kept["state"] == "dropped" else ""),
        ("What was done", kept["evidence"]),
        ("Where the record shows it", kept["record"]),
        ("When it was done", when(datetime.fromisoformat(kept["done_at"])) if kept["done_at"] else ""),
    ]


def _due(kept: Mapping[str, Any]) -> str:
    due_on, first = kept.get("due_on", ""), kept.get("first_due_on", "")
    if not due_on:
        return ""
    said = _day(due_on)
    return said if due_on == first else f"{said}; at first {_day(first)}"


def _more_time(given: Mapping[str, str]) -> str:
    return f"To {_day(given['to'])}, allowed by {given['by']}: {given['because']}"


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso), "plain") if iso else NOTHING
