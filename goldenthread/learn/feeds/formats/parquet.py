"""Parquet, a row group a batch: what Power BI, pandas and R read with the types in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

import pyarrow
from pyarrow.parquet import ParquetWriter

from goldenthread.learn.feeds.formats import Format
from goldenthread.learn.feeds.model import Batch, Column

TYPES: dict[str, Any] = {
    "key": pyarrow.string(),
    "id": pyarrow.int64(),
    "text": pyarrow.string(),
    "whole": pyarrow.int64(),
    "number": pyarrow.float64(),
    "yes_no": pyarrow.bool_(),
    "date": pyarrow.date32(),
    "moment": pyarrow.timestamp("us", tz="UTC"),
}


class Parquet:
    def __init__(self, file: BinaryIO, title: str, columns: Sequence[Column]) -> None:
        fields = [
            pyarrow.field(column.name, TYPES[column.kind], metadata={"meaning": column.meaning}) for column in columns
        ]
        self._schema = pyarrow.schema(fields, metadata={"table": title})
        self._writer = ParquetWriter(file, self._schema, compression="zstd")

    def write(self, batch: Batch) -> None:
        arrays = [pyarrow.array(values, field.type) for values, field in zip(batch, self._schema, strict=True)]
        self._writer.write_batch(pyarrow.record_batch(arrays, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


FORMAT = Format("parquet", "Parquet", "application/vnd.apache.parquet", Parquet)
