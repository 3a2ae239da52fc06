"""Readings put together, and kept between a preview and its confirmation without keeping the files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from itertools import repeat
from typing import Any

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.model import Fault, Ignored, Reading, Recognised, Row
from goldenthread.select.formats.tables import Opened
from goldenthread.select.formats.tabular import Read

_SLIP = timedelta(days=92)
_ENOUGH = 20
"""With fewer dates than this nothing can be said about which of them is a slip."""
_VERSION = 2
_DATES = ("opened_on", "ended_on")


def assembled(source: str, parts: Sequence[Opened], reads: Sequence[Read], ignored: Iterable[Ignored]) -> Reading:
    """One reading from what each table gave."""
    return Reading(
        source=source,
        files=tuple(dict.fromkeys(part.file for part in parts)),
        tables=tuple(read.recognised for read in reads),
        ignored=tuple(ignored),
        rows=tuple(row for read in reads for row in read.rows),
        faults=tuple(fault for read in reads for fault in read.faults),
        newest=newest_plausible(frozenset().union(*(read.events for read in reads))),
    )


def newest_plausible(events: Iterable[date]) -> date | None:
    """The latest event that is not a slip of the pen: one a quarter of a year after every other is taken for one.

    >>> days = [date(2024, 1, 1) + timedelta(days=n) for n in range(30)]
    >>> newest_plausible([*days, date(2204, 1, 3)])
    datetime.date(2024, 1, 30)
    """
    ordered = sorted(events)
    while len(ordered) > _ENOUGH and ordered[-1] - ordered[-2] > _SLIP:
        ordered.pop()
    return ordered[-1] if ordered else None


def reading_to_json(reading: Reading) -> bytes:
    """A reading as compact JSON: rows by column, each distinct value once."""
    return json.dumps(_document(reading), ensure_ascii=False, separators=(",", ":"), default=date.isoformat).encode()


def _document(reading: Reading) -> dict[str, Any]:
    columns = {}
    for name, values in zip(Row._fields, zip(*reading.rows, strict=True) if reading.rows else repeat(()), strict=False):
        pool = {value: index for index, value in enumerate(dict.fromkeys(values))}
        columns[name] = [list(pool), list(map(pool.__getitem__, values))]
    return {
        "version": _VERSION,
        "source": reading.source,
        "files": reading.files,
        "tables": [_fields_of(table) for table in reading.tables],
        "ignored": [_fields_of(sheet) for sheet in reading.ignored],
        "faults": [_fields_of(fault) for fault in reading.faults],
        "newest": reading.newest,
        "rows": columns,
        "kind": reading.kind,
        "checks": [_document(check) for check in reading.checks],
    }


def reading_from_json(data: bytes) -> Reading:
    """The reading that `reading_to_json` wrote. Raises `Refused` for anything else."""
    try:
        document = json.loads(data)
        if document["version"] != _VERSION:
            raise Refused("This case list was read by another version; give the files again.")
        return _reading(document)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise Refused("What was kept of this case list cannot be read; give the files again.") from error


def _reading(document: dict[str, Any]) -> Reading:
    return Reading(
        source=document["source"],
        files=tuple(document["files"]),
        tables=tuple(_recognised(*table) for table in document["tables"]),
        ignored=tuple(Ignored(*sheet) for sheet in document["ignored"]),
        rows=_rows(document["rows"]),
        faults=tuple(Fault(*fault) for fault in document["faults"]),
        newest=_date(document["newest"]),
        kind=document["kind"],
        checks=tuple(map(_reading, document["checks"])),
    )


def _fields_of(value: Any) -> list[Any]:
    return [getattr(value, field.name) for field in fields(value)]


def _recognised(
    file: str, sheet: str, name: str, header: int, rows: int, used: list[str], left: list[str]
) -> Recognised:
    return Recognised(file, sheet, name, header, rows, tuple(used), tuple(left))


def _rows(columns: dict[str, Any]) -> tuple[Row, ...]:
    unpooled = []
    for name in Row._fields:
        pool, indices = columns[name]
        pool = [_date(value) for value in pool] if name in _DATES else pool
        unpooled.append([pool[index] for index in indices])
    return tuple(map(Row, *unpooled))


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
