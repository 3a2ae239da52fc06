"""Tidy tables for analysts: one row a thing, stable ids and names, each column described and given a class.

A table is a file in `tables/`, found by being there, with `TABLE`. What it says is the whole of it: the dictionary,
the page, the command and the evidence pack all read the same columns.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from goldenthread.learn.feeds import tables as room
from goldenthread.learn.feeds.model import Table


@cache
def tables() -> dict[str, Table]:
    """Every table by its name, in the order of the names."""
    names = sorted(module.name for module in pkgutil.iter_modules(room.__path__))
    found = [_table(name) for name in names]
    return {table.name: table for table in found}


def _table(name: str) -> Table:
    table = getattr(importlib.import_module(f"{room.__name__}.{name}"), "TABLE", None)
    if not isinstance(table, Table) or table.name != name:
        raise TypeError(f"{room.__name__}.{name} has no TABLE of the name {name}.")
    return table
