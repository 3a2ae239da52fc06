"""Saving and opening with 100,000 audits held (6 million answers), against the same with 1,000, on both databases.

Two copies of the product run side by side, one holding few and one holding many, and take turns; each act is on another
audit, anywhere among them. The audits are filled in, not walked (bench/filled.py).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.measurement import Measurement, NotMeasured, in_turns
from tests import postgresql

NAME = "Saving and opening with 100,000 audits held"
SCALE = True
FEW, MANY = 1_000, 100_000
ACTS = {"open": "Opening", "save": "Saving an answer", "list": "Listing an auditor's own"}
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
REPEATS = 100


def run() -> list[Measurement]:
    if postgresql.programs() is None:
        raise NotMeasured("there is no PostgreSQL on this machine")
    return [found for database in DATABASES for found in on(database)]


def on(database: str) -> Iterator[Measurement]:
    with ExitStack() as both:
        many, few = (both.enter_context(holding(database, number)) for number in (MANY, FEW))
        for act, words in ACTS.items():
            taken, floor = in_turns(lambda act=act: many(act), lambda act=act: few(act), repeats=REPEATS)  # type: ignore[misc]
            what = f"{words} with {MANY:,} audits held, against {FEW:,}: {DATABASES[database]}"
            yield Measurement(what, taken, floor, at_most=1.5)


@contextmanager
def holding(database: str, number: int) -> Iterator[Callable[[str], None]]:
    """The product in a process of its own, holding so many; what is given does one act there and waits for it."""
    command = [sys.executable, "-m", "bench.held", database, str(number)]
    process = subprocess.Popen(
        command, cwd=Path(__file__).parents[1], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout

    def act(line: str) -> None:
        process.stdin.write(f"{line}\n")
        process.stdin.flush()
        expect("done")

    def expect(word: str) -> None:
        if (said := process.stdout.readline().strip()) != word:
            raise RuntimeError(f"The product holding {number:,} audits on {database} broke off: “{said}”.")

    try:
        expect("ready")
        yield act
    finally:
        process.stdin.close()
        process.wait()
