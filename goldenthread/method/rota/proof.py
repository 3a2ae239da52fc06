"""Whether fewer could be twice running: the whole rota of a part as one model, among rotas as good in all else.

Which rotas those are, the first stage's prices say: a choice with a price above 0 is made in none of them, one with a
price below 0 in all of them, and a row with a price is tight in all of them (complementary slackness). Prices are whole,
costs being whole and the model a flow, so that half a unit tells them from 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from goldenthread.method.rota.attendance import Choice, Draft, Part
from goldenthread.method.rota.ground import Ground
from goldenthread.method.rota.model import Model, Solution, least
from goldenthread.method.rota.problem import Seating
from goldenthread.method.rota.weighing import twice_running

NEVER = 0.5  # a price above it, or below its negative, is not 0


@dataclass
class Whole:
    """The model, and which column is which seating."""

    model: Model = field(default_factory=Model)
    column_of: dict[Seating, int] = field(default_factory=dict)

    def column(self, cost: float, most: float, rows: dict[int, float], *, fixed: bool = False) -> int:
        column = self.model.column(cost, most, tuple(rows), tuple(rows.values()))
        if fixed:
            self.model.least[column] = most
        return column


def fewest_running(
    ground: Ground, part: Part, draft: Draft, solution: Solution, seats: Iterable[Seating], *, seconds: float
) -> tuple[list[Seating], int, float]:
    """Seats of a part with the fewest twice running found, what no rota is below, and the seconds it took."""
    seats, anyway = list(seats), len(twice_running(ground, part.settled))
    if len(twice_running(ground, seats)) == anyway:
        return seats, anyway, 0.0
    whole = _whole(ground, part, draft, solution)
    found = least(whole.model, seconds=seconds, whole=True)
    bound = anyway + (max(0, math.ceil(found.bound - 1e-6)) if math.isfinite(found.bound) else 0)
    if found.values:
        chosen = [seat for seat, column in whole.column_of.items() if found.values[column] > 0.5]
        seats = min(seats, part.settled + chosen, key=lambda each: len(twice_running(ground, each)))
    return seats, bound, found.seconds


def _whole(ground: Ground, part: Part, draft: Draft, solution: Solution) -> Whole:
    whole, prices = Whole(), solution.column_prices
    seat_rows: dict[tuple[str, str], int] = {}
    for column, places in draft.empty.items():
        for session, kind, number in places:
            seat_rows[session, kind] = row = whole.model.row(number, number)
            if prices[column] < NEVER:
                whole.column(0, number, {row: 1.0}, fixed=prices[column] < -NEVER)
    for person in sorted({choice.person.id for choice in draft.choices}):
        mine = [choice for choice in draft.choices if choice.person.id == person and prices[choice.column] < NEVER]
        _person(ground, part, draft, solution, whole, person, mine, seat_rows)
    return whole


def _person(
    ground: Ground,
    part: Part,
    draft: Draft,
    solution: Solution,
    whole: Whole,
    person: str,
    mine: list[Choice],
    seat_rows: dict[tuple[str, str], int],
) -> None:
    """Write everything about one person: where she may sit, how often, and what it is to sit twice running."""
    prices, model = solution.column_prices, whole.model
    settled = {seat.session for seat in part.settled if seat.person == person}
    may: dict[Seating, Choice] = {}
    for choice in mine:
        for session in choice.sessions:
            if len(choice.sessions) == 1 or _poolable(draft, prices, session, choice.kind):
                may.setdefault(Seating(session, choice.kind, person), choice)
    rows_of: dict[Seating, dict[int, float]] = {seat: {seat_rows[seat.session, seat.post]: 1.0} for seat in may}
    for day in sorted({choice.day for choice in mine}):
        once = draft.days.get((person, day))
        tight = once is not None and abs(solution.row_prices[once]) > NEVER
        row = model.row(1 if tight else 0, 1)
        for seat, choice in may.items():
            if choice.day == day:
                rows_of[seat][row] = 1.0
    for choice in mine:
        if prices[choice.column] < -NEVER:
            row = model.row(1, 1)
            for seat, its in may.items():
                if its is choice:
                    rows_of[seat][row] = 1.0
    if person in draft.heights:
        row = model.row(0, 0)
        for seat in may:
            rows_of[seat][row] = 1.0
        for column in draft.heights[person]:
            if prices[column] < NEVER:
                whole.column(0, 1, {row: -1.0}, fixed=prices[column] < -NEVER)
    possible = settled | {seat.session for seat in may}
    for session in sorted(possible):
        before = ground.before.get(session)
        if before not in possible:
            continue
        fixed = len({session, before} & settled)
        if fixed == 2:
            continue
        row = model.row(-math.inf, 1 - fixed)
        for seat in may:
            if seat.session in (session, before):
                rows_of[seat][row] = 1.0
        whole.column(1, 1, {row: -1.0})
    for seat, rows in rows_of.items():
        whole.column_of[seat] = whole.column(0, 1, rows)


def _poolable(draft: Draft, prices: list[float], session: str, kind: str) -> bool:
    """Whether some of the best rotas fill this session's seats of a kind from the pool."""
    column = draft.pooled.get((session, kind))
    return column is None or prices[column] < NEVER
