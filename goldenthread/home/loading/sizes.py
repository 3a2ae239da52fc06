"""What the database believes that its tables hold, brought up to date while they fill."""

from __future__ import annotations

from django.db import connection


def learn_sizes() -> None:
    """PostgreSQL plans by what it last saw in a table, and of rows not yet committed its housekeeping sees none.

    Tables that were empty then are read from end to end at every step, however large they have grown since.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
