"""The settings that keep the promise: a save that was acknowledged outlives the machine's power."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from goldenthread.config.databases import journal_mode, sqlite


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 34, 1), "TRUNCATE"),
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "TRUNCATE"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
    ],
)
def test_the_write_ahead_log_only_where_its_fault_is_mended(version: tuple[int, ...], mode: str) -> None:
    assert journal_mode(version) == mode


def test_a_connection_waits_for_the_disk_and_holds_foreign_keys(tmp_path: Path) -> None:
    configured = sqlite(tmp_path / "data" / "db.sqlite3")
    with sqlite3.connect(configured["NAME"]) as connection:
        connection.executescript(configured["OPTIONS"]["init_command"])
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    connection.close()

    assert found == PRAGMAS | {"journal_mode": journal_mode(sqlite3.sqlite_version_info).lower()}


PRAGMAS = {"synchronous": 2, "foreign_keys": 1, "journal_mode": ""}


def test_two_who_write_queue_instead_of_failing(tmp_path: Path) -> None:
    options = sqlite(tmp_path / "db.sqlite3")["OPTIONS"]

    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
