"""PROBLEM.json, read: a `Problem`, or one sentence for each fault, with its place."""

from __future__ import annotations

from goldenthread.method.rota.problem import Problem


def parse_problem(document: object) -> Problem:
    """The problem in a JSON document. Refused: one sentence for each fault, naming its place."""
    raise NotImplementedError
