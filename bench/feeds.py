"""A feed's largest table as Parquet, against a bare cursor and pyarrow that write the same rows.

The floor reads with one plain statement, ten thousand rows at a time, and hands the columns to pyarrow as they come.
Ours reads through the product, tells words from choices by each version's questions, and protects what has to be.
"""

from __future__ import annotations

import io
from itertools import count
from typing import Any

from bench import audits
from bench.filled import fill
from bench.measurement import Measurement, in_turns

NAME = "A feed of 120,000 answers as Parquet"
AUDITS, AT_ONCE = 2_000, 10_000
REPEATS = 5

BARE = """
    SELECT answer.id, audit.code, part.kind, COALESCE(part.template_id, audit.template_id), answer.question,
           answer.value, answer.saved_at
    FROM audit_answer AS answer JOIN audit_part AS part ON part.id = answer.part_id
    JOIN audit_audit AS audit ON audit.id = part.audit_id
    WHERE answer.authority_id = %s ORDER BY answer.id
"""


def run() -> list[Measurement]:
    with audits.installed():
        from goldenthread.learn.feeds import tables
        from goldenthread.learn.feeds.model import PURPOSE, Asked
        from goldenthread.learn.feeds.writing import write_table
        from goldenthread.learn.pseudonym_key import pseudonyms

        model = audits.answered()
        fill(model, AUDITS - 1, answers=True)
        authority = model.authority_id
        rows: list[int] = []

        def ours() -> None:
            asked = Asked(authority, pseudonyms(authority, PURPOSE))
            rows.append(write_table(tables()["answers"], asked, "parquet", io.BytesIO()))

        ours_took, floor = in_turns(ours, lambda: bare(authority), repeats=REPEATS)
        if set(rows) != {model.parts.get().answers.count() * AUDITS}:
            raise RuntimeError(f"The feed has {set(rows)} rows.")
    return [Measurement(f"{rows[0]:,} answers as Parquet, against a bare cursor and pyarrow", ours_took, floor, 3.0)]


def bare(authority: int) -> None:
    """The same rows, with nothing between the cursor and pyarrow."""
    import pyarrow
    from django.db import connection
    from pyarrow.parquet import ParquetWriter

    text, moment = pyarrow.string(), pyarrow.timestamp("us", tz="UTC")
    types = [pyarrow.int64(), text, text, pyarrow.int64(), text, text, moment]
    schema = pyarrow.schema([pyarrow.field(f"c{place}", kind) for place, kind in zip(count(), types, strict=False)])
    with connection.cursor() as cursor, ParquetWriter(io.BytesIO(), schema, compression="zstd") as writer:
        cursor.execute(BARE, [authority])
        while rows := cursor.fetchmany(AT_ONCE):
            writer.write_batch(pyarrow.record_batch(arrays(rows, types, moment), schema=schema))


def arrays(rows: list[Any], types: list[Any], moment: Any) -> list[Any]:
    import pyarrow

    made = []
    for values, kind in zip(zip(*rows, strict=True), types, strict=True):
        as_text = kind == moment and isinstance(values[0], str)  # as SQLite keeps it
        made.append(pyarrow.array(values, pyarrow.string()).cast(pyarrow.timestamp("us")).cast(kind) if as_text
                    else pyarrow.array(values, kind))  # fmt: skip
    return made
