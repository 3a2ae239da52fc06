"""Whether fewer could be twice running: the whole rota of a part as one model, among rotas as good in all else.

Which rotas those are, the first stage's prices say: a choice with a price above 0 is made in none of them, one with a
price below 0 in all of them, and a row with a price is tight in all of them (complementary slackness). Prices are
whole, costs being whole and the model a flow, so that half a unit tells them from 0.
"""

from __future__ import annotations

import math

from goldenthread.method.rota.attendance import Choice, Draft, Part
from goldenthread.method.rota.ground import Ground
from goldenthread.method.rota.model import Model, Solution, least
from goldenthread.method.rota.problem import Seating
from goldenthread.method.rota.weighing import twice_running

NOTHING = 0.5  # a price between this and its negative is 0


def fewest_running(
    ground: Ground, part: Part, draft: Draft, solution: Solution, seats: list[Seating], *, seconds: float
) -> tuple[list[Seating], int, float]:
    """Seats of a part with the fewest twice running found, what no rota is below, and the seconds it took."""
    anyway = len(twice_running(ground, part.settled))
    if len(twice_running(ground, seats)) == anyway:
        return seats, anyway, 0.0
    whole = _Whole(ground, part, draft, solution)
    found = least(whole.model, seconds=seconds, whole=True)
    bound = anyway + (max(0, math.ceil(found.bound - 1e-6)) if math.isfinite(found.bound) else 0)
    if found.values:
        chosen = [seat for seat, column in whole.column_of.items() if found.values[column] > 0.5]
        seats = min(seats, part.settled + chosen, key=lambda each: len(twice_running(ground, each)))
    return seats, bound, found.seconds


class _Whole:
    """The model: a column for each seating there may be, one for each twice running, and the first stage's choices."""

    def __init__(self, ground: Ground, part: Part, draft: Draft, solution: Solution) -> None:
        self.ground, self.part, self.draft, self.solution = ground, part, draft, solution
        self.model = Model()
        self.column_of: dict[Seating, int] = {}
        self.seat_rows: dict[tuple[str, str], int] = {}
        for column, places in draft.empty.items():
            for session, kind, number in places:
                row = self.seat_rows[session, kind] = self.model.row(number, number)
                self._as_priced(column, number, row, 1.0)
        mine: dict[str, list[Choice]] = {}
        for choice in draft.choices:
            mine.setdefault(choice.person.id, []).append(choice)
        for person, choices in mine.items():
            self._person(person, [each for each in choices if not self._never(each.column)])

    def _never(self, column: int) -> bool:
        return self.solution.column_prices[column] > NOTHING

    def _always(self, column: int) -> bool:
        return self.solution.column_prices[column] < -NOTHING

    def _as_priced(self, column: int, most: float, row: int, number: float) -> None:
        """A column of the first stage again: at its most where its price says so, left out where it is never used."""
        if not self._never(column):
            again = self.model.column(0, most, (row,), (number,))
            self.model.least[again] = most if self._always(column) else 0.0

    def _person(self, person: str, choices: list[Choice]) -> None:
        """Write where somebody may sit, how often, and what it is to sit twice running."""
        may: dict[Seating, Choice] = {}
        for choice in choices:
            for session in choice.sessions:
                if len(choice.sessions) == 1 or self._pooled(session, choice.kind):
                    may.setdefault(Seating(session, choice.kind, person), choice)
        rows = {seat: [self.seat_rows[seat.session, seat.post]] for seat in may}
        for day in sorted({choice.day for choice in choices}):
            once = self.draft.days.get((person, day))
            tight = once is not None and self.solution.row_prices[once] < -NOTHING
            self._among(rows, [seat for seat in may if may[seat].day == day], 1 if tight else 0, 1)
        for choice in choices:
            if self._always(choice.column):
                self._among(rows, [seat for seat in may if may[seat] is choice], 1, 1)
        if person in self.draft.heights:
            row = self._among(rows, list(may), 0, 0)
            for column in self.draft.heights[person]:
                self._as_priced(column, 1, row, -1.0)
        self._twice(person, rows)
        for seat, its in rows.items():
            self.column_of[seat] = self.model.column(0, 1, tuple(its), (1.0,) * len(its))

    def _twice(self, person: str, rows: dict[Seating, list[int]]) -> None:
        settled = {seat.session for seat in self.part.settled if seat.person == person}
        possible = settled | {seat.session for seat in rows}
        for session in sorted(possible):
            before = self.ground.before.get(session)
            if before in possible and not {session, before} <= settled:
                fixed = len({session, before} & settled)
                here = [seat for seat in rows if seat.session in (session, before)]
                self.model.column(1, 1, (self._among(rows, here, -math.inf, 1 - fixed),), (-1.0,))

    def _among(self, rows: dict[Seating, list[int]], seats: list[Seating], least: float, most: float) -> int:
        """A row for how many of these seats somebody takes."""
        row = self.model.row(least, most)
        for seat in seats:
            rows[seat].append(row)
        return row

    def _pooled(self, session: str, kind: str) -> bool:
        """Whether some of the best rotas fill this session's seats of a kind from the pool."""
        column = self.draft.pooled.get((session, kind))
        return column is None or not self._never(column)
