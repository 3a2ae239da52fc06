"""CSV: UTF-8 with its mark, one line a row, moments in UTC with a Z; what a spreadsheet would run is made text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO

from goldenthread.learn.feeds.formats import Format
from goldenthread.learn.feeds.model import Batch, Column
from goldenthread.web.spreadsheets import harmless


def moment(value: datetime | None) -> str | None:
    """As ISO 8601 has it, to the second: "2026-11-26T14:00:00Z"."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


def yes_no(value: bool | None) -> str | None:
    return None if value is None else ("true" if value else "false")


WRITTEN: dict[str, Callable[[Any], Any]] = {"moment": moment, "yes_no": yes_no, "text": harmless, "key": harmless}


class Comma:
    def __init__(self, file: BinaryIO, title: str, columns: Sequence[Column]) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow([column.name for column in columns])
        self._written = [WRITTEN.get(column.kind) for column in columns]

    def write(self, batch: Batch) -> None:
        columns = [map(made, values) if made else values for made, values in zip(self._written, batch, strict=True)]
        self._writer.writerows(zip(*columns, strict=True))

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


FORMAT = Format("csv", "CSV", "text/csv; charset=utf-8", Comma)
