"""The best rota there is, with the proof that none is better."""

from __future__ import annotations

from goldenthread.method.rota.problem import Problem, Rota


def solve(problem: Problem, *, seconds: float = 60) -> Rota:
    """The best rota found within `seconds`, and whether it is proven best."""
    raise NotImplementedError
