"""A private PostgreSQL for one run of the tests or the benchmarks: Debian's programs, a temporary cluster, no service.

The cluster keeps PostgreSQL's own promises (fsync, full_page_writes and synchronous_commit stay as they come) unless it
is told that nothing in it need outlive a power cut. It listens on a loopback port and a socket in its own directory,
and is gone when the run ends.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"  # initdb refuses root; Debian's package brings this account
ROLE = "goldenthread"
FOR_TESTS = (
    " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    " -c idle_in_transaction_session_timeout=150s -c lock_timeout=300s"
)


def programs() -> Path | None:
    """Where Debian keeps initdb and pg_ctl, newest version first, or None."""
    homes = [home for home in Path("/usr/lib/postgresql").glob("*/bin") if (home / "initdb").exists()]
    return max(homes, key=lambda home: int(home.parent.name), default=None)


@contextmanager
def private_cluster(home: Path, *, durable: bool = True) -> Iterator[str]:
    """Start a cluster with the programs in `home`, give its URL, and leave nothing behind.

    `durable=False` is for tests: waiting for the disk only costs time, as on SQLite; and what a killed process left
    open is rolled back before whoever waits for it is taken for hung.
    """
    directory = Path(tempfile.mkdtemp(prefix="goldenthread-postgresql-", dir="/tmp"))  # a socket's path must be short
    data, port = directory / "data", free_port()
    if os.geteuid() == 0:
        shutil.chown(directory, OWNER, OWNER)
    try:
        as_owner(home / "initdb", "-D", data, "-U", ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        options = f"-p {port} -k {directory} -c listen_addresses=127.0.0.1"
        options += "" if durable else FOR_TESTS
        as_owner(home / "pg_ctl", "-D", data, "-l", directory / "log", "-w", "-o", options, "start")
        try:
            as_owner(home / "createdb", "-h", "127.0.0.1", "-p", port, "-U", ROLE, ROLE)
            yield f"postgresql://{ROLE}@127.0.0.1:{port}/{ROLE}"
        finally:
            as_owner(home / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def as_owner(*command: object) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", OWNER, "--", *words]
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", check=False, text=True)
    if done.returncode:
        raise RuntimeError(f"{Path(str(command[0])).name} failed: {done.stderr.strip()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
