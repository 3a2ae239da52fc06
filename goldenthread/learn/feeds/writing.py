"""A table written to a file, and all of them to one zip, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from goldenthread.learn.feeds import dictionary
from goldenthread.learn.feeds.formats import formats
from goldenthread.learn.feeds.model import Asked, Table

DICTIONARY = "dictionary.csv"


def write_table(table: Table, asked: Asked, form: str, file: BinaryIO) -> int:
    """Write what is asked of a table; how many rows there were. A table without rows has its columns all the same."""
    writer = formats()[form].begin(file, table.name, table.columns_for(protected=asked.protected))
    rows = 0
    try:
        for batch in table.batches(asked):
            writer.write(batch)
            rows += len(batch[0])
    finally:
        writer.close()
    return rows


def write_all(tables: Sequence[Table], asked: Asked, form: str, file: BinaryIO) -> dict[str, int]:
    """A zip of these tables and their dictionary; the rows of each. What is compressed by itself is stored."""
    counted = {}
    with ZipFile(file, "w", ZIP_DEFLATED if form == "csv" else ZIP_STORED) as archive:
        archive.writestr(DICTIONARY, dictionary.as_csv(tables, protected=asked.protected))
        for table in tables:
            with archive.open(f"{table.name}.{form}", "w", force_zip64=True) as entry:
                counted[table.name] = write_table(table, asked, form, entry)  # type: ignore[arg-type]
    return counted
