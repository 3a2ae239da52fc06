"""A template as it is kept: the rows it was read from, tidied, as one JSON document that never changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

Row = Mapping[str, str]
Source = dict[str, list[dict[str, str]]]


def template_source(survey: Sequence[Row], choices: Sequence[Row], settings: Sequence[Row]) -> Source:
    """The rows of the three sheets without blank cells and blank rows, keyed by XLSForm's own names.

    >>> template_source([{"type": "note", "hint": " "}, {}], [], [])
    {'survey': [{'type': 'note'}], 'choices': [], 'settings': []}
    """
    return {"survey": _tidied(survey), "choices": _tidied(choices), "settings": _tidied(settings)}


def digest_of(source: Source) -> str:
    """The SHA-256 (hex) of a source as canonical JSON: keys in order, no spaces, UTF-8."""
    text = json.dumps(source, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _tidied(rows: Sequence[Row]) -> list[dict[str, str]]:
    tidied = ({column: text.strip() for column, text in row.items() if text.strip()} for row in rows)
    return [row for row in tidied if row]
