"""The rota: who sits in which seat of which session, proven to be as full, as steady and as even as it can be.

`Problem` is what is known, `solve` gives a `Rota`, `unfilled_of` says of any seating which seats are empty, why, and
what would fill them, `fair_shares` what each person should carry, and `consequences` what a change by hand does.
`parse_problem` reads a PROBLEM.json.
"""

from goldenthread.method.rota.consequences import Consequences, consequences
from goldenthread.method.rota.fairness import fair_shares
from goldenthread.method.rota.parsing import parse_problem
from goldenthread.method.rota.problem import Group, Person, Problem, Rota, Seating, Session, Unfilled
from goldenthread.method.rota.reasons import unfilled_of
from goldenthread.method.rota.solving import solve

__all__ = [
    "Consequences",
    "Group",
    "Person",
    "Problem",
    "Rota",
    "Seating",
    "Session",
    "Unfilled",
    "consequences",
    "fair_shares",
    "parse_problem",
    "solve",
    "unfilled_of",
]
