"""The rota of 30 groups and 600 people, proven, against CP-SAT's first answer to it; and the memory it takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.measurement import Measurement, NotMeasured, in_turns
from bench.rota import fallen_ill, proven
from goldenthread.method.rota import Problem, solve
from tests.method.rota.invented import council
from tests.method.rota.monolith import by_cp_sat

NAME = "The rota of a nation: 30 groups × 9 sessions, 600 people, proven optimal"
LONGEST = 120  # seconds for CP-SAT to find a first rota
MEGABYTES = 300

ALONE = """
from pathlib import Path
from goldenthread.method.rota import solve
from tests.method.rota.invented import council
assert solve(council(groups=30, times=10)).status == "optimal"
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


def nation() -> Problem:
    return council(groups=30, times=10)


def run() -> list[Measurement]:
    problem = nation()
    rota = solve(problem)
    ill = fallen_ill(problem, rota)
    taken, again = in_turns(lambda: proven(solve(problem)), lambda: proven(solve(ill)), repeats=5)
    first = by_cp_sat(problem, rota.weights, seconds=LONGEST, first_only=True).first
    return [
        Measurement(f"{NAME}, against CP-SAT's first answer", taken, LONGEST if first is None else first, 0.1),
        Measurement("The same planned again when one person is ill, against all of it", again, taken, 0.1),
        Measurement(f"{NAME}, against {MEGABYTES} MB", held_alone(), MEGABYTES, 1, unit="MB"),
    ]


def held_alone() -> float:
    """The most megabytes that a process held which does nothing else."""
    if not Path("/proc/self/status").exists():
        raise NotMeasured("the memory of a process is read from /proc, which this machine lacks")
    answer = subprocess.run([sys.executable, "-c", ALONE], check=True, capture_output=True, text=True)
    return int(answer.stdout) / 1024
