"""The attacker on published tables, against the same questions asked of scipy's linprog one by one, and a second."""

from __future__ import annotations

from random import Random

import numpy as np
from scipy.optimize import linprog

from bench.measurement import Measurement, in_turns
from goldenthread.method.disclosure import Released, attack, protect

NAME = "The attacker on protected tables of 8 teams and 4 grades"
TEAMS, GRADES, TABLES, THRESHOLD = 8, 4, 30, 6


def run() -> list[Measurement]:
    tables = [protected(seed) for seed in range(TABLES)]
    broken = Released("files", ("A", "B"), ("g", "h"), ((None, 9, 12), (8, 7, 15), (11, 16, 27)))
    if any(attack([table], THRESHOLD) for table in tables) or not attack([broken], THRESHOLD):
        raise RuntimeError("The attacker takes something of a protected table, or nothing of a broken one.")
    hidden = sum(count is None for table in tables for line in table.cells for count in line)
    if hidden < TABLES * 5:
        raise RuntimeError(f"Only {hidden} counts are hidden in {TABLES} tables: too easy.")

    def ours() -> None:
        for table in tables:
            attack([table], THRESHOLD)

    def floor() -> None:
        for table in tables:
            every_bound(table)

    taken, bare = in_turns(ours, floor, repeats=3)
    return [
        Measurement(f"{TABLES} tables attacked, against every bound asked of linprog", taken, bare, 1.0),
        Measurement(f"{TABLES} tables attacked, against one second", taken, 1.0, 1.0),
    ]


def protected(seed: int) -> Released:
    """Some groups are large and some small, as teams are."""
    dice = Random(seed)
    counts = {
        f"Team {team}": {f"Grade {grade}": dice.choice((0, 2, 4, 7, 9, 12, 20)) for grade in range(GRADES)}
        for team in range(TEAMS)
    }
    return protect(counts, THRESHOLD, population="files")


def every_bound(table: Released) -> list[float]:
    """The least and the greatest that each hidden count can be, as linear programs without a memory."""
    marks = np.zeros((TEAMS + 1, GRADES + 1, TEAMS, GRADES))
    for row in range(TEAMS):
        for column in range(GRADES):
            marks[[row, row, -1, -1], [column, -1, column, -1], row, column] = 1
    cells = [(row, column) for row in range(TEAMS + 1) for column in range(GRADES + 1)]
    shown = [(marks[cell].ravel(), table.cells[cell[0]][cell[1]]) for cell in cells]
    sums = [(mark, count) for mark, count in shown if count is not None]
    given = {"A_eq": np.array([mark for mark, _ in sums]), "b_eq": [count for _, count in sums]} if sums else {}
    return [
        linprog(sign * mark, bounds=(0, 10_000), method="highs", **given).fun
        for mark, count in shown
        if count is None
        for sign in (1, -1)
    ]
