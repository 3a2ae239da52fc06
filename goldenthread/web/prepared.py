"""Statements asked with every request, made once: the same query, without being put into SQL anew each time.

Django takes a millisecond or two to put a query over several tables into SQL, ten times what a database takes to answer
it. A `@prepared` function says its query as usual, with whatever differs from call to call coming by keyword. Its SQL
is made at the first call, with a place for each keyword, and only filled in thereafter.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db import connections
from django.db.models import QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value goes that is known only when the statement is asked."""

    name: str


def prepared(query: Callable[..., QuerySet[Any]]) -> Callable[..., list[Any]]:
    """A function that says a query, as one that gives its rows, with the SQL made once.

    Positional arguments shape the statement: each different set of them is prepared by itself. Keyword arguments are
    its values, never None and never a list; within, they are expressions, for a filter or an annotation to take.
    """
    made: dict[tuple[Any, ...], Statement] = {}

    @wraps(query)
    def rows(*shape: Any, **values: Any) -> list[Any]:
        key = (*shape, connections["default"].vendor)
        if key not in made:
            made[key] = Statement.of(query(*shape, **{name: Value(Place(name)) for name in values}))
        return made[key].rows(values)

    return rows


@dataclass(frozen=True, slots=True)
class Statement:
    """A query with its SQL, some of whose parameters are places; what compiled it knows how to read the rows."""

    query: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]

    @classmethod
    def of(cls, query: QuerySet[Any]) -> Statement:
        compiler = query.query.get_compiler(query.db)
        sql, parameters = compiler.as_sql()
        return cls(query, compiler, sql, tuple(parameters))

    def rows(self, values: dict[str, Any]) -> list[Any]:
        parameters = tuple(values[each.name] if isinstance(each, Place) else each for each in self.parameters)
        compiler = copy(self.compiler)
        compiler.connection = connections[self.query.db]  # each thread has its own
        compiler.as_sql = lambda *_, **__: (self.sql, parameters)  # type: ignore[method-assign]
        asked = copy(self.query.query)
        asked.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        found: QuerySet[Any] = QuerySet(self.query.model, asked, self.query.db)
        found._iterable_class, found._fields = self.query._iterable_class, self.query._fields  # type: ignore[attr-defined]
        return list(found)
