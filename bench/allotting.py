"""Who audits which file, all at once, against the time within HiGHS on it as one plain integer model.

A session of 40 files and 8 auditors whose files take from three quarters of an ordinary one to half as much again, and
a round of 300 records among 60 people. Somebody is tied to one file in twelve or so. Ours is all of it: from files and
ties to who has what, proven. The other model writes every step down and has every column whole; what it finds best is
held against ours before anything counts.
"""

from __future__ import annotations

import hashlib
import statistics
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from bench.measurement import Measurement, in_turns
from goldenthread.method.allotting import Able, Allotment, Barred, ToAllot, solve
from goldenthread.method.framework import Allotting
from goldenthread.method.rota.model import Model, least

NAME = "A session's files allotted at once, proven"
STATUSES = ("looked_after", "child_protection", "child_in_need", "open_assessment", "care_leaver", "early_help")
SIZES = ((40, 8, (75, 100, 125, 150)), (300, 60, (100,)))  # files, auditors, what files take
REPEATS, LONGEST = 5, 120  # seconds
QUARTER = 25

Crowd = tuple[list[ToAllot], list[Able], Barred]
One = TypeVar("One")


def run() -> list[Measurement]:
    measurements = []
    for files, people, efforts in SIZES:
        case = crowd(files, people, efforts)
        found = proven(case)
        taken, _ = in_turns(partial(proven, case), lambda: None, repeats=15)
        within = statistics.median(by_one_model(case, found) for _ in range(REPEATS))
        measurements.append(
            Measurement(f"{files} files to {people} auditors, against HiGHS on one plain model", taken, within, 2)
        )
    return measurements


def crowd(files: int, people: int, efforts: Sequence[int]) -> Crowd:
    """Files and auditors of so many teams, drawn by hashes, so that they are always the same."""
    teams = max(3, people // 2)
    to_allot = [ToAllot(key, chosen(STATUSES, "status", key), chosen(efforts, "effort", key)) for key in range(files)]
    able = [Able(files + key) for key in range(people)]
    barred = {
        (file.key, each.key): "is in the team that holds this case"
        for file in to_allot
        for each in able
        if number("team", file.key) % teams == number("team of", each.key) % teams
        or not number("tie", file.key, each.key) % 25
    }
    return to_allot, able, barred


def chosen(among: Sequence[One], *about: object) -> One:
    return among[number(*about) % len(among)]


def number(*about: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(about).encode()).digest()[:8])


def proven(case: Crowd) -> Allotment:
    found = solve(*case, Allotting(), seconds=LONGEST)
    if not found.proven:
        raise RuntimeError("The allotment was not proven.")
    return found


def by_one_model(case: Crowd, found: Allotment) -> float:
    """The seconds within HiGHS on the whole as one integer model, every step of it written down."""
    files, auditors, barred = case
    model, most = Model(), len(files) * len(files)
    takes = {file.key: file.effort // QUARTER for file in files}
    of_status = Counter(file.status for file in files)
    loads = {each.key: model.row(0, 0) for each in auditors}
    counts = {(each.key, status): model.row(0, 0) for each in auditors for status in of_status}
    for row in loads.values():
        for unit in range(2 * sum(takes.values()) // len(auditors) + 2 * max(takes.values())):
            model.column(most * (2 * unit + 1), 1, (row,), (-1,))
    for (_, status), row in counts.items():
        for before in range(of_status[status]):
            model.column(before, 1, (row,), (-1,))
    for file in files:
        once = model.row(1, 1)
        for each in auditors:
            if (file.key, each.key) not in barred:
                rows = (once, loads[each.key], counts[each.key, file.status])
                model.column(0, 1, rows, (1, takes[file.key], 1))
    solution = least(model, seconds=LONGEST, whole=True, exact=True)
    best = round(sum(cost * value for cost, value in zip(model.cost, solution.values, strict=True)))
    if solution.proven and best != most * found.uneven + found.repeats:
        raise RuntimeError(f"One model proves {best} where we prove {most * found.uneven + found.repeats}.")
    return solution.seconds
