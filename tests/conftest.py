"""What every test has: each database runs the tests that are its own, and the trail can be cleared between two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

JOURNEYS = Path(__file__).parent / "journeys"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    on_postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    for item in items:
        if JOURNEYS in item.path.parents:
            item.add_marker(pytest.mark.browser)
    # Not skipped but left to the other database: a skip in the summary must mean that something was not tested at all.
    elsewhere = [item for item in items if item.get_closest_marker("postgresql") and not on_postgresql]
    if elsewhere:
        items[:] = [item for item in items if item not in elsewhere]
        config.hook.pytest_deselected(items=elsewhere)


@pytest.fixture(autouse=True, scope="session")
def clearable_trail() -> Iterator[None]:
    """Empty the tables after a live-server test although triggers forbid deleting from the trail.

    The triggers are taken down for the clearing only; every test, the live-server ones too, runs with them in place.
    """
    clear = TransactionTestCase._fixture_teardown

    def clear_everything(case: Any) -> None:
        with without_triggers():
            clear(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", clear_everything)
        yield


@contextmanager
def without_triggers() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)
