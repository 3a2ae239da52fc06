"""A council's rota against the solvers: the time within HiGHS on the whole problem as one model, and CP-SAT's."""

from __future__ import annotations

import statistics
from dataclasses import replace

from bench.measurement import Measurement, in_turns
from goldenthread.method.rota import Problem, Rota, solve
from tests.method.rota.invented import council
from tests.method.rota.monolith import Answer, by_cp_sat, by_highs

NAME = "The rota of a council: 3 groups × 9 sessions, 60 people, proven optimal"
REPEATS, LONGEST = 7, 60  # seconds


def run() -> list[Measurement]:
    problem = council()
    rota = solve(problem)
    ill = fallen_ill(problem, rota)
    whole, again = in_turns(lambda: proven(solve(problem)), lambda: proven(solve(ill)), repeats=31)
    within, rival = (
        statistics.median(same(solver(problem, rota.weights, seconds=LONGEST), rota) for _ in range(REPEATS))
        for solver in (by_highs, by_cp_sat)
    )
    return [
        Measurement(f"{NAME}, against the time within HiGHS on it as one model", whole, within, 1.5),
        Measurement(f"{NAME}, against CP-SAT with two workers", whole, rival, 1),
        Measurement("Planning it again when one person is ill, against all of it", again, whole, 0.1),
    ]


def fallen_ill(problem: Problem, rota: Rota) -> Problem:
    """The rota is published, and somebody in the middle of the year is ill on her day."""
    sick = rota.seats[len(rota.seats) // 2]
    day = next(session.date for session in problem.sessions if session.id == sick.session)
    people = tuple(
        replace(person, away=person.away | {day}) if person.id == sick.person else person for person in problem.people
    )
    return replace(problem, people=people, already=rota.seats)


def proven(rota: Rota) -> None:
    if rota.status != "optimal":
        raise RuntimeError("The rota was not proven.")


def same(answer: Answer, rota: Rota) -> float:
    """The seconds of an answer that is no better than ours."""
    if answer.proven and answer.objective != rota.objective:
        raise RuntimeError(f"Another solver proves {answer.objective} where we prove {rota.objective}.")
    return answer.seconds
