"""The server and its worker as two real processes: what is told goes out, and nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.postgresql import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds
pytestmark = pytest.mark.slow

PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
TELL = """
import sys, django
django.setup()
from datetime import UTC, datetime
from tests.notices.post import told
told(sys.argv[1], now=datetime.now(UTC))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOLDENTHREAD_", "DATABASE_URL"))}
    made = kept | {
        "GOLDENTHREAD_DATA": str(tmp_path_factory.mktemp("served")),
        "GOLDENTHREAD_DEMONSTRATION": "yes",  # mail is captured
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    python(PREPARE, made)
    return made


@pytest.fixture
def served(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """What `serve` turns into once the database is up to date, with both of its processes there."""
    port = free_port()
    server = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "goldenthread.config.wsgi"]
    command = [sys.executable, "-m", "goldenthread.home.serving", *server]
    running = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        eventually(lambda: answers(port) and worker_of(running.pid) is not None)
        yield running
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def python(script: str, environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "-c", script, *words], env=environment, cwd=ROOT, check=True)


def eventually(holds: Callable[[], Any]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "It did not come about."
        time.sleep(0.1)


def answers(port: int) -> bool:
    with suppress(OSError):
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/about/", timeout=5).status == 200
    return False


def in_session(session: int) -> dict[int, str]:
    """The processes of this session that are alive, with their command lines."""
    found = {}
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, _, sid = (each / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(sid) == session and state != "Z":
                found[int(each.name)] = (each / "cmdline").read_text().replace("\0", " ").strip()
    return found


def worker_of(session: int) -> int | None:
    return next((pid for pid, command in in_session(session).items() if command.endswith("django work")), None)


def captured(environment: dict[str, str]) -> int:
    return len(list((Path(environment["GOLDENTHREAD_DATA"]) / "mail").glob("*.eml")))


def test_what_is_told_goes_out_and_a_killed_worker_comes_back(
    served: subprocess.Popen[bytes], environment: dict[str, str]
) -> None:
    before = captured(environment)
    python(TELL, environment, "first")
    eventually(lambda: captured(environment) == before + 1)

    killed = worker_of(served.pid)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    python(TELL, environment, "second")

    eventually(lambda: captured(environment) == before + 2)
    assert worker_of(served.pid) not in {killed, None}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_all_of_it(served: subprocess.Popen[bytes], number: signal.Signals) -> None:
    assert len(in_session(served.pid)) >= 4  # the keeper, the server, its worker of requests, and the worker

    served.send_signal(number)

    assert served.wait(PATIENCE) == 0
    eventually(lambda: in_session(served.pid) == {})


def test_ctrl_c_which_reaches_every_process_at_once_ends_all_of_it(served: subprocess.Popen[bytes]) -> None:
    os.killpg(served.pid, signal.SIGINT)

    served.wait(PATIENCE)
    eventually(lambda: in_session(served.pid) == {})


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux promises it")
def test_even_a_killed_keeper_leaves_nothing_running(served: subprocess.Popen[bytes]) -> None:
    served.kill()

    served.wait(PATIENCE)
    eventually(lambda: in_session(served.pid) == {})


def test_it_ends_with_the_server(served: subprocess.Popen[bytes]) -> None:
    server = min(pid for pid, command in in_session(served.pid).items() if "gunicorn" in command and pid != served.pid)

    os.kill(server, signal.SIGTERM)

    served.wait(PATIENCE)
    eventually(lambda: in_session(served.pid) == {})
