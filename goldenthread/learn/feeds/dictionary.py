"""The data dictionary: each column's type, meaning, source and class, read from the tables themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.db.models import Field, Model

from goldenthread.learn.feeds.model import KINDS, Column, Table

HEAD = ("table", "column", "type", "meaning", "source", "protection")


def source_of(table: Table, column: Column) -> str:
    """The fields a column is read from, as "audit.Audit.code": found in the models, so that it cannot be wrong."""
    found = [table.worked_out.get(path) or _named(field_of(table.model, path)) for path in column.paths]
    return ", ".join(dict.fromkeys(found))


def field_of(model: type[Model], path: str) -> Field:
    """The field at the end of a path such as "part__audit__code"."""
    here: type[Model] = model
    *steps, last = path.split("__")
    for step in steps:
        following = here._meta.get_field(step).related_model
        assert isinstance(following, type)
        here = following
    found = here._meta.pk if last == "pk" else here._meta.get_field(last)
    assert isinstance(found, Field)
    return found


def _named(field: Field) -> str:
    return f"{field.model._meta.app_label}.{field.model.__name__}.{field.name}"


def rows(tables: Iterable[Table], *, protected: bool) -> list[tuple[str, ...]]:
    """A line for each column, in the order of HEAD."""
    return [
        (table.name, each.name, KINDS[each.kind], each.meaning, source_of(table, each), each.protection)
        for table in tables
        for each in table.columns_for(protected=protected)
    ]


def as_csv(tables: Iterable[Table], *, protected: bool) -> bytes:
    """`dictionary.csv`, which lies beside the tables."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEAD)
    writer.writerows(rows(tables, protected=protected))
    return written.getvalue().encode("utf-8-sig")
