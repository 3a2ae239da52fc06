"""What a change of the rota by hand does: what forbids it, and what to know before it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.method.rota.problem import Problem, Seating


@dataclass(frozen=True)
class Consequences:
    """Sentences about a change: `refused` forbid it, `warnings` are for whoever decides."""

    refused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def consequences(problem: Problem, before: Iterable[Seating], after: Iterable[Seating]) -> Consequences:
    """What changing the seating from `before` to `after` does."""
    raise NotImplementedError
