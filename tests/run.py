"""`python -m tests.run`: every test there is, on SQLite with the browser, then on PostgreSQL.

TEST_POSTGRESQL_URL  a PostgreSQL to use (its role may create databases); without it a private one is started
CI=true              a database or a browser that cannot be had is a failure, never something left out

Exit 0: everything ran and passed. Exit 1: something failed, or could not be run under CI.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests import chromium, postgresql

ROOT = Path(__file__).parents[1]
IN_CI = os.environ.get("CI") == "true"
# Each worker takes whole stretches of a file, and takes over from the other when it has nothing left to do.
WORKERS = ["-n", "2", "--dist", "worksteal"]
HUNG_AFTER = 30 * 60  # seconds: for one database
TEST_HUNG_AFTER = 900  # and one test: its worker then ends with every stack, and the test is named as failed


@dataclass(frozen=True, slots=True)
class Count:
    """How a run of pytest ended, by test; `broken` says that it ended otherwise than by its tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    broken: bool = False

    def __add__(self, other: Count) -> Count:
        return Count(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.broken or other.broken,
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main() -> int:
    not_run: list[str] = []
    browser = ensured_browser()
    if browser is None:
        not_run.append("the browser journeys: no Chromium was found, and none could be installed")
    say("SQLite, with the browser" if browser else "SQLite, WITHOUT the browser")
    total = pytest(*([] if browser else ["-m", "not browser"]), database=None)
    with ensured_postgresql() as url:
        if url is None:
            not_run.append("the PostgreSQL half: no PostgreSQL was found, and none could be installed")
        else:
            say("PostgreSQL")
            total += pytest("-m", "not browser", database=url)
    for what in not_run:
        say(f"NOT RUN: {what}.")
    if total.broken:
        say("A run of pytest broke off before its end; see above.")
    sys.stdout.write(f"{total}\n")
    return 1 if total.failed or total.broken or (IN_CI and not_run) else 0


def pytest(*arguments: str, database: str | None) -> Count:
    """Run pytest over everything in a process of its own, on SQLite or on the database at this URL."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if database:
        environment["DATABASE_URL"] = database
    with tempfile.TemporaryDirectory() as directory:
        results = Path(directory) / "results.xml"
        options = ["-q", *WORKERS, f"--junitxml={results}", "--durations=25", "--durations-min=10"]
        hung = ["-o", f"faulthandler_timeout={TEST_HUNG_AFTER}", "-o", "faulthandler_exit_on_timeout=true"]
        command = [sys.executable, "-m", "pytest", *options, *hung, *arguments]
        try:
            code = subprocess.run(command, cwd=ROOT, env=environment, timeout=HUNG_AFTER, check=False).returncode
        except subprocess.TimeoutExpired:
            say(f"The tests did not end within {HUNG_AFTER // 60} minutes.")
            return Count(broken=True)
        return counted(results, code)


def counted(results: Path, code: int) -> Count:
    """Read the counts from a JUnit file; a run that wrote none, or says more went wrong than its tests, is broken."""
    if not results.exists():
        return Count(broken=True)
    suite = next(ElementTree.parse(results).getroot().iter("testsuite"))
    tests, failures, errors, skipped = (int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped"))
    failed = failures + errors
    return Count(tests - failed - skipped, failed, skipped, broken=code not in {0, 1} or (code == 1 and not failed))


# --- what the tests need of the machine ----------------------------------------------------------------


def ensured_browser() -> str | None:
    return chromium.executable() or (chromium.executable() if installed("chromium") else None)


@contextmanager
def ensured_postgresql() -> Iterator[str | None]:
    """The URL of a PostgreSQL: the one given, or a private one for this run, or None where there can be none."""
    if given := os.environ.get("TEST_POSTGRESQL_URL"):
        yield given
        return
    home = postgresql.programs() or (postgresql.programs() if installed("postgresql") else None)
    if home is None:
        yield None
        return
    with postgresql.private_cluster(home, durable=False) as url:
        yield url


def installed(package: str) -> bool:
    """Install a package of Debian's where that is possible: as root, on a machine that has apt-get."""
    if os.geteuid() != 0 or not Path("/usr/bin/apt-get").exists():
        return False
    say(f"Installing {package}, which the tests need.")
    return apt_get("update") and apt_get("install", "-y", "--no-install-recommends", package)


def apt_get(*arguments: str) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["/usr/bin/apt-get", "-q", *arguments], env=environment, check=False).returncode == 0


def say(sentence: str) -> None:
    sys.stdout.write(f"\n=== {sentence}\n")
    sys.stdout.flush()  # before pytest's own words, which take another way out


if __name__ == "__main__":
    sys.exit(main())
