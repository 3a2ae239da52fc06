"""Our rota is as good as that of another solver, given the whole problem as one model."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from goldenthread.method.rota import Problem, solve
from tests.method.rota.invented import council, problems
from tests.method.rota.monolith import by_cp_sat


@settings(max_examples=60, deadline=None)
@given(problems(people=9, sessions=6, kinds="xyz"))
def test_another_solver_finds_nothing_better(problem: Problem) -> None:
    ours = solve(problem)
    theirs = by_cp_sat(problem, ours.weights, seconds=20)
    assert theirs.proven
    assert (ours.status, ours.objective) == ("optimal", theirs.objective)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("apart", [False, True])
def test_for_a_small_council_too(seed: int, *, apart: bool) -> None:
    whole = council(groups=2, seed=seed, apart=apart)
    problem = replace(
        whole,
        people=tuple(each for each in whole.people if each.posts[0] in ("officer", "centre_manager")),
        sessions=tuple(each for each in whole.sessions if int(each.id[-1]) < 5),
    )
    ours = solve(problem)
    theirs = by_cp_sat(problem, ours.weights, seconds=60)
    assert theirs.proven
    assert (ours.status, ours.objective) == ("optimal", theirs.objective)
