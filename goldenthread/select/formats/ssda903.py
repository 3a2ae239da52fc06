"""The Department for Education's return on looked-after children (SSDA903): recognised, not read yet."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.headers import squashed
from goldenthread.select.formats.model import Mapping, Reading
from goldenthread.select.formats.tables import Document, Opened, Table

SOURCE = "ssda903"
TITLE = "SSDA903"

_TABLES = (
    frozenset({"decom", "rne", "ls"}),
    frozenset({"review", "reviewcode"}),
    frozenset({"ethnic", "mother"}),
    frozenset({"intouch", "activ", "accom"}),
    frozenset({"sdqscore"}),
    frozenset({"duc"}),
    frozenset({"swid", "swdecom"}),
    frozenset({"dateint", "datematch"}),
    frozenset({"dateplaced", "dateplacedceased"}),
    frozenset({"prevperm"}),
    frozenset({"missing", "misstart"}),
    frozenset({"dolostart"}),
)


def recognises(parts: Sequence[Opened]) -> bool:
    """One of the return's tables, by its header, or its XML."""
    return any(_is_one(part) for part in parts)


def _is_one(part: Opened) -> bool:
    if isinstance(part, Document):
        return b"EXPSSDA903" in part.data[:4096]
    names = {squashed(cell) for cell in part.grid[0] if isinstance(cell, str)} if part.grid else set()
    return "child" in names and any(table <= names for table in _TABLES)


def read(parts: Sequence[Opened], mapping: Mapping) -> Reading:
    """Raises `Refused`: this source is not read yet."""
    names = " and ".join(
        dict.fromkeys(part.file for part in parts if isinstance(part, (Table, Document)) and _is_one(part))
    )
    raise Refused(f"{names} is part of the return on looked-after children (SSDA903); this source is not read yet.")
