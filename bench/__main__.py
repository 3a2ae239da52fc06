"""`python -m bench [scale | NAME…]`: measure, print, keep.

Exit 0: every promise was kept. Exit 1: one was not, or could not be measured. Exit 2: there is no such benchmark.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bench.measurement import Measurement
from bench.outcome import Outcome, keep, shown

HERE = Path(__file__).parent
LONGEST = 60 * 60  # seconds for one benchmark
POSTGRESQL = "PostgreSQL"


def main(asked: list[str]) -> int:
    known = benchmarks()
    if unknown := [name for name in asked if name not in {*known, "scale"}]:
        sys.stderr.write(
            f"There is no benchmark {', '.join(unknown)}; there are {', '.join(known)}, and scale for all large.\n"
        )
        return 2
    names = [name for name, constants in known.items() if wanted(name, constants, asked)]
    console = Console()
    outcomes = []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        for name, database in runs(names, known):
            task = progress.add_task(f"{known[name]['NAME']}{database and f', on {database}'}", total=None)
            outcomes.append(measured(name, known[name]["NAME"], database))
            progress.remove_task(task)
    console.print(shown(outcomes))
    keep(outcomes)
    return 0 if all(outcome.kept for outcome in outcomes) else 1


def benchmarks() -> dict[str, dict[str, str]]:
    """Every benchmark by the name of its file, with its constants; read, not imported, so that none starts anything."""
    return {path.stem: constants for path in sorted(HERE.glob("*.py")) if "NAME" in (constants := literals(path))}


def literals(path: Path) -> dict[str, str]:
    assigned = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.Assign)]
    return {ast.unparse(node.targets[0]): node.value.value for node in assigned if isinstance(node.value, ast.Constant)}


def wanted(name: str, constants: dict[str, str], asked: list[str]) -> bool:
    large = bool(constants.get("SCALE"))
    return name in asked or (large if "scale" in asked else not large and not asked)


def runs(names: list[str], known: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Each benchmark on the embedded database, and those of `ON_BOTH` on PostgreSQL too: its name, and on which."""
    for name in names:
        yield name, ""
        if known[name].get("ON_BOTH"):
            yield name, POSTGRESQL


def measured(module: str, words: str, database: str = "") -> Outcome:
    """One benchmark in a process of its own, so that none warms or burdens the next."""
    name = f"{module} on {database}" if database else module
    try:
        command = [sys.executable, "-m", "bench.one", module, *([database] if database else [])]
        run = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return Outcome(name, words, (), f"did not end within {LONGEST // 60} minutes")
    if run.returncode:
        sys.stderr.write(run.stderr)
        return Outcome(name, words, (), "broke off: " + (run.stderr.strip().splitlines() or ["no word said"])[-1])
    answer = json.loads(run.stdout)
    found = tuple(Measurement(**each) for each in answer.get("measurements", ()))
    return Outcome(name, words, found, answer.get("not_measured", ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
