"""What a factory made in an empty database, kept, and set down again row by row wherever the database is empty again.

Founding the council of the cast takes a third of a second through the product's real steps, and nearly every test needs
it. It is founded once for each process, by those steps; its rows are then put where they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

OURS = "goldenthread."


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of one table."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    numbered: bool  # by a sequence of the database


_kept: dict[tuple[str, Callable[[], Any]], tuple[Table, ...]] = {}


def made_once(make: Callable[[], Any]) -> None:
    """What `make` makes: by calling it, or, where nothing is there yet and it was made before, as it was then."""
    if _somebody_was_here():
        make()
    elif tables := _kept.get((connection.vendor, make)):
        _set_down(tables)
    else:
        make()
        _kept[connection.vendor, make] = _everything()


@cache
def _tables() -> tuple[tuple[str, str | None], ...]:
    """Each table of the product, with the column that the database numbers."""
    models = [each for each in apps.get_models(include_auto_created=True) if each.__module__.startswith(OURS)]
    return tuple(
        (each._meta.db_table, each._meta.auto_field.column if each._meta.auto_field else None)
        for each in models
        if each._meta.managed
    )


def _somebody_was_here() -> bool:
    """Whether any table has a row; in one statement."""
    some = " OR ".join(f"EXISTS (SELECT 1 FROM {name})" for name, _ in _tables())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {some}")
        return bool(cursor.fetchone()[0])


def _everything() -> tuple[Table, ...]:
    found = []
    with connection.cursor() as cursor:
        for name, numbered in _tables():
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608
            rows = tuple(cursor.fetchall())
            if rows:
                columns = tuple(each[0] for each in cursor.description)
                found.append(Table(name, columns, rows, numbered is not None))
    return tuple(found)


def _set_down(tables: tuple[Table, ...]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            names = ", ".join(f'"{column}"' for column in table.columns)
            one = "(" + ", ".join(["%s"] * len(table.columns)) + ")"
            many = ", ".join([one] * len(table.rows))
            values = [value for row in table.rows for value in row]
            cursor.execute(f"INSERT INTO {table.name} ({names}) VALUES {many}", values)  # noqa: S608
        if connection.vendor == "postgresql":
            for table in tables:
                if table.numbered:
                    cursor.execute(
                        "SELECT setval(pg_get_serial_sequence(%s, 'id'), "  # noqa: S608
                        f"GREATEST((SELECT max(id) FROM {table.name}), nextval(pg_get_serial_sequence(%s, 'id'))))",
                        [table.name, table.name],
                    )
