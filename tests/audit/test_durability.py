"""A word typed and acknowledged outlives kill -9: a real server on a real file, killed right after it said “saved”.

A killed process is not a power cut: what the settings do for that is held in tests/config.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from tests.postgresql import free_port

ROOT = Path(__file__).parents[2]
KILLS = 5
pytestmark = pytest.mark.slow

PATIENCE = 60  # seconds for the server to answer
PREPARE = """
import json, sys, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from tests import make
from tests.browsing import signed_in
audit = make.audit()
session = signed_in(make.auditor_of(audit)).cookies["session"].value
json.dump({"save": f"/audit/{audit.code}/save/", "session": session}, sys.stdout)
"""
READ = """
import json, sys, django
django.setup()
from goldenthread.trail.queries import breaks
from django.db import connection
pragma = connection.cursor().execute("PRAGMA synchronous").fetchone()[0]
json.dump({"breaks": breaks(), "synchronous": pragma}, sys.stdout)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOLDENTHREAD_", "DATABASE_URL"))}
    return kept | {
        "GOLDENTHREAD_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
        "PYTHONPATH": str(ROOT),
    }


def python(script: str, environment: dict[str, str]) -> dict:
    command = [sys.executable, "-c", script]
    return json.loads(subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True).stdout)


@contextmanager
def server(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "goldenthread.config.wsgi"]
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    running = subprocess.Popen(command, env=environment, cwd=ROOT, **options)
    try:
        wait_for(port)
        yield running
    finally:
        kill(running)


def kill(running: subprocess.Popen[bytes]) -> None:
    """The server and its workers, at once, without a word."""
    if running.poll() is None:
        os.killpg(running.pid, 9)
    running.wait()


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/about/", timeout=5).close()
        except (urllib.error.URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def save(port: int, prepared: dict[str, str], words: str, seen: int) -> dict:
    token = "a" * 32
    cookies = SimpleCookie({"session": prepared["session"], "csrf": token})
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{prepared['save']}",
        data=f"q-record_rationale={words}&seen-record_rationale={seen}".encode(),
        headers={"Cookie": cookies.output(header="", sep=";").strip(), "X-CSRFToken": token},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)["saved"][0]


def stored(environment: dict[str, str]) -> list[tuple[str, int]]:
    """What another program finds in the file that the killed one left."""
    with closing(sqlite3.connect(Path(environment["GOLDENTHREAD_DATA"]) / "goldenthread.sqlite3")) as connection:
        return connection.execute("SELECT value, version FROM audit_answer").fetchall()


def test_what_was_acknowledged_is_there_after_each_kill(environment: dict[str, str]) -> None:
    prepared, port = python(PREPARE, environment), free_port()
    for turn in range(1, KILLS + 1):
        with server(environment, port) as running:
            acknowledged = save(port, prepared, f"words-of-turn-{turn}", turn - 1)
            kill(running)
        assert (acknowledged["version"], acknowledged["clash"]) == (turn, False)
        assert stored(environment) == [(f"words-of-turn-{turn}", turn)]
    assert python(READ, environment) == {"breaks": [], "synchronous": 2}
