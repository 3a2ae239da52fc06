"""The whole rota as one model, told to CP-SAT and to HiGHS: nothing of ours but the problem and the weights."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import highspy
import numpy as np
from ortools.sat.python import cp_model

from goldenthread.method.rota import Problem, Seating
from tests.method.rota.obvious import room

Weights = Mapping[str, int]


@dataclass(frozen=True)
class Answer:
    """`first` is the seconds to the first rota, None where there was none in the time given."""

    proven: bool
    objective: int
    first: float | None
    seconds: float


def every_choice(problem: Problem) -> list[Seating]:
    return [
        Seating(session.id, kind, person.id)
        for session in problem.sessions
        for group in problem.groups
        if group.id == session.group
        for kind, number in group.seats.items()
        if number
        for person in problem.people
        if kind in person.posts and session.date not in person.away
        if person.groups is None or group.id in person.groups
    ]


def places(problem: Problem) -> list[tuple[str, str]]:
    groups = {group.id: group for group in problem.groups}
    return [(each.id, kind) for each in problem.sessions for kind, number in groups[each.group].seats.items() if number]


def meetings(problem: Problem) -> list[tuple[str, str]]:
    """Each session with the one after it in its group."""
    pairs = []
    for group in problem.groups:
        its = sorted((each.date, each.id) for each in problem.sessions if each.group == group.id)
        pairs += [(one, other) for (_, one), (_, other) in zip(its, its[1:], strict=False)]
    return pairs


def seat_costs(problem: Problem) -> dict[str, list[int]]:
    days = len({each.date for each in problem.sessions})
    return {each.id: [round(420 * (2 * n - 1) / each.weight) for n in range(1, days + 1)] for each in problem.people}


def by_cp_sat(
    problem: Problem, weights: Weights, *, seconds: float, workers: int = 2, first_only: bool = False
) -> Answer:
    """The model in CP-SAT. The clock runs from the finished model, so that writing it down counts for nothing."""
    model = cp_model.CpModel()
    sits = {seat: model.new_bool_var("") for seat in every_choice(problem)}
    date_of = {each.id: each.date for each in problem.sessions}
    terms: list[cp_model.LinearExprT] = []
    of_place: dict[tuple[str, str], list[cp_model.IntVar]] = {place: [] for place in places(problem)}
    of_day: dict[tuple[str, object], list[cp_model.IntVar]] = {}
    of_person: dict[str, list[cp_model.IntVar]] = {}
    of_session: dict[tuple[str, str], list[cp_model.IntVar]] = {}
    for seat, sitting in sits.items():
        of_place[seat.session, seat.post].append(sitting)
        of_day.setdefault((seat.person, date_of[seat.session]), []).append(sitting)
        of_person.setdefault(seat.person, []).append(sitting)
        of_session.setdefault((seat.person, seat.session), []).append(sitting)
    for (session, kind), those in of_place.items():
        number = room(problem, session, kind)
        empty = model.new_int_var(0, number, "")
        model.add(sum(those) + empty == number)
        terms.append(weights["unfilled"] * empty)
    for those in of_day.values():
        model.add_at_most_one(those)
    costs = seat_costs(problem)
    for person, those in of_person.items():
        steps = [model.new_bool_var("") for _ in costs[person]]
        model.add(sum(those) == sum(steps))
        for lower, upper in zip(steps, steps[1:], strict=False):
            model.add_implication(upper, lower)
        terms += [weights["uneven"] * cost * step for cost, step in zip(costs[person], steps, strict=True)]
    for one, other in meetings(problem):
        for person in of_person:
            if (person, one) in of_session and (person, other) in of_session:
                twice = model.new_bool_var("")
                model.add(sum(of_session[person, one]) + sum(of_session[person, other]) <= 1 + twice)
                terms.append(weights["twice"] * twice)
    already = set(problem.already)
    terms += [weights["moved"] * (1 - sits[seat]) for seat in already if seat in sits]
    moved_anyway = weights["moved"] * len([seat for seat in already if seat not in sits])
    model.minimize(sum(terms) + moved_anyway)
    return _answer(model, seconds, workers, first_only)


class _First(cp_model.CpSolverSolutionCallback):
    def __init__(self, *, stop: bool) -> None:
        super().__init__()
        self.began, self.stop = time.perf_counter(), stop
        self.at: float | None = None

    def on_solution_callback(self) -> None:
        if self.at is None:
            self.at = time.perf_counter() - self.began
            if self.stop:
                self.stop_search()


def _answer(model: cp_model.CpModel, seconds: float, workers: int, first_only: bool) -> Answer:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = seconds
    first = _First(stop=first_only)
    began = time.perf_counter()
    status = solver.solve(model, first)
    took = time.perf_counter() - began
    there = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Answer(status == cp_model.OPTIMAL, round(solver.objective_value) if there else -1, first.at, took)


def by_highs(problem: Problem, weights: Weights, *, seconds: float) -> Answer:
    """The same model in HiGHS, our own solver. `seconds` of the answer are those within its `run()` alone."""
    highs = highspy._Highs()
    for option, value in {"output_flag": False, "threads": 1, "time_limit": seconds}.items():
        highs.setOptionValue(option, value)
    highs.passModel(as_highs(problem, weights))
    began = time.perf_counter()
    highs.run()
    took = time.perf_counter() - began
    info, status = highs.getInfo(), highs.getModelStatus()
    moved_anyway = weights["moved"] * len(set(problem.already))
    return Answer(
        status == highspy.HighsModelStatus.kOptimal, round(info.objective_function_value) + moved_anyway, None, took
    )


def as_highs(problem: Problem, weights: Weights) -> highspy.HighsLp:
    columns: list[tuple[float, float, dict[object, float]]] = []  # cost, most, and the rows it is in
    bounds: dict[object, tuple[float, float]] = {}
    date_of = {each.id: each.date for each in problem.sessions}
    already = set(problem.already)
    for place in places(problem):
        number = room(problem, *place)
        bounds[place] = (number, number)
        columns.append((weights["unfilled"], number, {place: 1.0}))
    follows: dict[str, list[tuple[str, str]]] = {}
    for pair in meetings(problem):
        for session in pair:
            follows.setdefault(session, []).append(pair)
    choices = every_choice(problem)
    sits = {(seat.person, seat.session) for seat in choices}
    for seat in choices:
        day, load = ("day", seat.person, date_of[seat.session]), ("load", seat.person)
        bounds[day], bounds[load] = (0.0, 1.0), (0.0, 0.0)
        rows: dict[object, float] = {(seat.session, seat.post): 1.0, day: 1.0, load: 1.0}
        for pair in follows.get(seat.session, []):
            if all((seat.person, session) in sits for session in pair):
                rows["twice", seat.person, pair] = 1.0
                bounds["twice", seat.person, pair] = (-highspy.kHighsInf, 1.0)
        columns.append((-weights["moved"] if seat in already else 0, 1, rows))
    for person, costs in seat_costs(problem).items():
        if ("load", person) in bounds:
            columns += [(weights["uneven"] * cost, 1, {("load", person): -1.0}) for cost in costs]
    columns += [(weights["twice"], 1, {row: -1.0}) for row in bounds if isinstance(row, tuple) and row[0] == "twice"]
    return _lp(columns, bounds)


def _lp(
    columns: list[tuple[float, float, dict[object, float]]], bounds: dict[object, tuple[float, float]]
) -> highspy.HighsLp:
    at = {row: number for number, row in enumerate(bounds)}
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(columns), len(bounds)
    lp.col_cost_ = np.array([cost for cost, _, _ in columns], dtype=float)
    lp.col_lower_ = np.zeros(len(columns))
    lp.col_upper_ = np.array([most for _, most, _ in columns], dtype=float)
    lp.row_lower_ = np.array([least for least, _ in bounds.values()], dtype=float)
    lp.row_upper_ = np.array([most for _, most in bounds.values()], dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(rows) for _, _, rows in columns)])
    lp.a_matrix_.index_ = np.array([at[row] for _, _, rows in columns for row in rows])
    lp.a_matrix_.value_ = np.array([number for _, _, rows in columns for number in rows.values()])
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    return lp
