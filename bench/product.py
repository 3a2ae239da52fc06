"""The product as a benchmark meets it: installed on a database of its own, with durable settings."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.measurement import NotMeasured
from tests import postgresql

DATABASE = "BENCH_DATABASE"  # "PostgreSQL", or "" for SQLite: where the product of this process is installed


@contextmanager
def installed(*, on_postgresql: bool = False) -> Iterator[None]:
    """Set Django up on a fresh database, SQLite in a file or a private PostgreSQL. Once in a process."""
    on_postgresql = on_postgresql or bool(os.environ.get(DATABASE))
    with tempfile.TemporaryDirectory() as directory:
        os.environ["GOLDENTHREAD_DATA"] = directory
        os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.config.settings"
        with postgresql_url(Path(directory)) if on_postgresql else sqlite():
            import django
            from django.core.management import call_command
            from django.db import connections

            django.setup()
            call_command("migrate", verbosity=0)
            try:
                yield
            finally:
                connections.close_all()


@contextmanager
def sqlite() -> Iterator[None]:
    os.environ.pop("DATABASE_URL", None)
    yield


@contextmanager
def postgresql_url(directory: Path) -> Iterator[None]:
    home = postgresql.programs()
    if home is None:
        raise NotMeasured("there is no PostgreSQL on this machine")
    with postgresql.private_cluster(home) as url:
        os.environ["DATABASE_URL"] = url
        yield


def statements(act: Any) -> int:
    """How many statements this act sends to the database, beside the BEGIN and COMMIT around them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as sent:
        act()
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in sent.captured_queries)
