"""What a rota is judged by, in whole numbers, so that what matters more can never be bought with what matters less.

In order: the fewest unfilled seats; the fewest of `already` moved; the most even load; the fewest people twice running
in one group. A person's n-th seat costs `FULL * (2n - 1) / weight`, to the nearest whole number: together about `FULL`
times the square of her load over her weight, so the sum over all is least when loads stand as weights do. `FULL` = 420
makes the usual part-times (0.5, 0.6, 0.7, 0.75, 0.8) come out whole.

The objective is `(seats + 1) * (filled * unfilled + kept * moved + uneven) + twice running`, with `seats` the seats
there are, `kept` one more than the dearest n-th seat anybody can have, and `filled` = `kept` * (size of `already` + 1).
Why these are enough: who sits on which day is a flow in a network (person → person on a day → seat), and the
difference between any two flows is a sum of simple circuits. A simple circuit takes one seat from one person and gives
one to another, so it changes unevenness by less than `kept`, and it fills or empties one seat at most. A rota with the
least weighted sum and yet one unfilled seat too many (or one more moved) would leave a circuit that lessens the sum.
Twice running is below `seats + 1` by its nature, and the rest is whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from goldenthread.method.rota.ground import Ground
from goldenthread.method.rota.problem import Person, Seating

FULL = 420


@dataclass(frozen=True)
class Weights:
    """What one unfilled seat, one moved person, one unit of unevenness and one twice running count."""

    unfilled: int
    moved: int
    uneven: int
    twice: int = 1

    @staticmethod
    def of(ground: Ground) -> Weights:
        lightest = min((person.weight for person in ground.people.values()), default=1.0)
        kept = seat_cost(lightest, max(1, len(ground.days))) + 1
        filled = kept * (len(ground.already) + 1)
        seats = ground.size + 1
        return Weights(filled * seats, kept * seats, seats)

    def total(self, parts: Mapping[str, int]) -> int:
        """The objective of a rota whose parts are these."""
        return sum(getattr(self, name) * number for name, number in parts.items())


def seat_cost(weight: float, n: int) -> int:
    """What a person's n-th seat adds to unevenness.

    >>> seat_cost(1.0, 1), seat_cost(1.0, 2), seat_cost(0.5, 1)
    (420, 1260, 840)
    """
    return round(FULL * (2 * n - 1) / weight)


def unevenness(people: Iterable[Person], load: Mapping[str, int]) -> int:
    """What all seats of all these people add up to.

    >>> unevenness([Person("a", ()), Person("b", ())], {"a": 2, "b": 0}), unevenness([Person("a", ())], {"a": 1})
    (1680, 420)
    """
    return sum(_cost_of_all(person.weight, load.get(person.id, 0)) for person in people)


@cache
def _cost_of_all(weight: float, seats: int) -> int:
    return sum(seat_cost(weight, n) for n in range(1, seats + 1))


def twice_running(ground: Ground, seats: Collection[Seating]) -> list[tuple[str, str]]:
    """(person, session) wherever somebody sits in a session and sat in the group's session before it."""
    sitting = {(seat.person, seat.session) for seat in seats}
    return sorted((person, session) for person, session in sitting if (person, ground.before.get(session)) in sitting)
