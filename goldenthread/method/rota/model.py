"""A linear model written a column at a time, and HiGHS run on it so that the same model always gets the same answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

INFINITY = float("inf")


@dataclass
class Model:
    """Least cost, subject to rows. `rows` are (least, most); each column is in a few rows, with a number in each."""

    row_least: list[float] = field(default_factory=list)
    row_most: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    rows_of: list[int] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)

    def row(self, least: float, most: float) -> int:
        self.row_least.append(least)
        self.row_most.append(most)
        return len(self.row_least) - 1

    def column(self, cost: float, most: float, rows: tuple[int, ...], numbers: tuple[float, ...]) -> int:
        self.cost.append(cost)
        self.least.append(0.0)
        self.most.append(most)
        self.rows_of.extend(rows)
        self.numbers.extend(numbers)
        self.starts.append(len(self.rows_of))
        return len(self.cost) - 1


@dataclass(frozen=True)
class Solution:
    """What HiGHS found: `values` a column each, `bound` what no solution is below, and the prices that prove it.

    `values` is empty where time ran out before there was anything.
    """

    proven: bool
    values: list[float]
    bound: float
    seconds: float
    column_prices: list[float]
    row_prices: list[float]


def least(model: Model, *, seconds: float, whole: bool = False, exact: bool = False) -> Solution:
    """The least-cost solution of a model: in whole numbers where `whole`.

    `exact`: every cost is whole, so nothing less than the very least will do, however large costs are; else HiGHS stops
    within a ten-thousandth of it.

    One thread and a fixed seed, so that nothing but the model decides between solutions of the same cost.
    """
    from highspy._core import _Highs  # here, so that a web worker that plans no rota carries neither it nor numpy

    highs = _Highs()  # `Highs`, the Python class over it, greets its user on standard output
    options: dict[str, Any] = {"output_flag": False, "threads": 1, "parallel": "off", "random_seed": 0}
    options |= {"time_limit": max(0.0, seconds), "solver": "choose" if whole else "simplex"}
    if exact:
        options |= {"mip_rel_gap": 0.0, "mip_abs_gap": 0.9}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(_as_highs(model, whole))
    highs.run()
    return _found(highs, whole)


def _as_highs(model: Model, whole: bool) -> Any:
    import highspy
    import numpy as np

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.cost), len(model.row_least)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.array(model.cost), np.array(model.least), np.array(model.most)
    lp.row_lower_, lp.row_upper_ = np.array(model.row_least), np.array(model.row_most)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.array(model.starts)
    lp.a_matrix_.index_ = np.array(model.rows_of)
    lp.a_matrix_.value_ = np.array(model.numbers)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    return lp


def _found(highs: Any, whole: bool) -> Solution:
    import highspy

    info, solution = highs.getInfo(), highs.getSolution()
    proven = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    there = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    bound = info.mip_dual_bound if whole else info.objective_function_value if proven else -INFINITY
    return Solution(
        proven,
        list(solution.col_value) if there else [],
        bound,
        highs.getRunTime(),
        list(solution.col_dual),
        list(solution.row_dual),
    )
