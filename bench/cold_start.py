"""How long the server takes to come up, against a fresh Django project, and what a worker holds at rest."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measurement import Measurement, NotMeasured, in_turns
from tests.postgresql import free_port

NAME = "Cold start of the server, and a worker at rest"
ROOT = Path(__file__).parents[1]
MEGABYTES = 115
PATIENCE = 60  # seconds for a server to answer


def run() -> list[Measurement]:
    with tempfile.TemporaryDirectory() as directory:
        bare, ours = a_bare_project(Path(directory)), our_own(Path(directory))
        taken, floor = in_turns(started("goldenthread.config.wsgi", ours), started("bare.wsgi", bare), repeats=9)
        held = worker_at_rest(ours)
    return [
        Measurement("Cold start of the server, against a bare Django project's", taken, floor, at_most=4),
        Measurement(f"Memory of a worker at rest, against {MEGABYTES} MB", held, MEGABYTES, at_most=1, unit="MB"),
    ]


def a_bare_project(directory: Path) -> dict[str, str]:
    """What `django-admin startproject` writes, and the environment to start it in."""
    django = [sys.executable, "-m", "django", "startproject", "bare", str(directory)]
    subprocess.run(django, check=True, cwd=directory, env=os.environ | {"PYTHONPATH": ""})
    return os.environ | {"DJANGO_SETTINGS_MODULE": "bare.settings", "PYTHONPATH": str(directory)}


def our_own(directory: Path) -> dict[str, str]:
    """The product on a database of its own, as it is installed."""
    data = {"GOLDENTHREAD_DATA": str(directory / "data"), "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings"}
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | data
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], check=True, cwd=ROOT, env=environment)
    return environment


def started(module: str, environment: dict[str, str]) -> Callable[[], object]:
    """Come up, as far as the first answer: the application is loaded and every address is known."""
    lines = [
        f"from {module} import application",
        "from django.urls import get_resolver",
        "get_resolver().url_patterns",
    ]
    command = [sys.executable, "-c", "; ".join(lines)]
    return lambda: subprocess.run(command, check=True, cwd=ROOT, env=environment)


def worker_at_rest(environment: dict[str, str]) -> float:
    """Resident megabytes of a real worker of gunicorn, after it answered some pages."""
    if not Path("/proc/self/status").exists():
        raise NotMeasured("the memory of a process is read from /proc, which this machine lacks")
    port = free_port()
    with served(port, environment) as master:
        for _ in range(20):
            answered(f"http://127.0.0.1:{port}/")
        return max(resident(child) for child in children(master))


@contextmanager
def served(port: int, environment: dict[str, str]) -> Iterator[int]:
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4", "--log-level", "critical"]
    command = [sys.executable, "-m", "gunicorn", *options, "goldenthread.config.wsgi:application"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        deadline = time.monotonic() + PATIENCE
        while not answered(f"http://127.0.0.1:{port}/"):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("The server did not come up.")
            time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def answered(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:
            return response.status < 500
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def resident(process: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found.group(1)) / 1024 if found else 0.0
