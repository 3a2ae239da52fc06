"""Why a seat is empty: the smallest set of seats of a day that has too few people; and what would fill it."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.method.rota.problem import Problem, Seating, Unfilled


def unfilled_of(problem: Problem, seats: Iterable[Seating]) -> tuple[Unfilled, ...]:
    """Every empty seat of any seating, by date, with why it is empty and what would fill it."""
    raise NotImplementedError
