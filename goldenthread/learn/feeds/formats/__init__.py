"""How a table is written: one file a format, each with `FORMAT`. A writer takes batches, and holds no more than one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from goldenthread.learn.feeds.model import Batch, Column


class Writer(Protocol):
    def write(self, batch: Batch) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Format:
    """`write` begins a file of these columns; `title` names the sheet, where there is one."""

    key: str
    label: str
    content_type: str
    begin: Callable[[BinaryIO, str, Sequence[Column]], Writer]


def formats() -> dict[str, Format]:
    """Every format by its key, which is how its files' names end; Parquet first, for that is what is made for this."""
    from goldenthread.learn.feeds.formats import comma, excel, parquet

    return {each.FORMAT.key: each.FORMAT for each in (parquet, comma, excel)}
