"""How many statements a page sends to the database, transaction control apart, in which the two databases differ."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SELECT PG_ADVISORY_XACT_LOCK")


def statements(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as sent:
        act()
    return sum(1 for query in sent if not query["sql"].upper().startswith(CONTROL))
