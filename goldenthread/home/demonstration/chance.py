"""A seeded source of chance for invented data: the same parts always give the same stream, on any machine."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import NormalDist
from typing import TypeVar

import numpy as np

T = TypeVar("T")

BLOCK = 4096  # fractions fetched at a time: one call to numpy for each would cost ten times as much
STANDARD = NormalDist()


class Chance:
    """One stream of chance. Streams with different parts are independent, so adding one disturbs no other.

    Only the raw doubles of PCG64 are used: numpy promises those bits, not its distributions.
    """

    def __init__(self, *parts: object) -> None:
        digest = hashlib.sha256("|".join(str(part) for part in parts).encode()).digest()
        self._generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
        self._block: list[float] = []

    def fraction(self) -> float:
        """A number in [0, 1)."""
        if not self._block:
            self._block = self._generator.random(BLOCK).tolist()
        return self._block.pop()

    def happens(self, probability: float) -> bool:
        return self.fraction() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.fraction() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        return low + self.fraction() * (high - low)

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        return mean + deviation * STANDARD.inv_cdf(min(max(self.fraction(), 1e-9), 1 - 1e-9))

    def pick(self, things: Sequence[T]) -> T:
        return things[int(self.fraction() * len(things))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One key, as often as its weight says."""
        mark = self.fraction() * sum(weights.values())
        for thing, weight in weights.items():
            mark -= weight
            if mark < 0:
                return thing
        return thing

    def shuffled(self, things: Sequence[T]) -> list[T]:
        return [thing for _, _, thing in sorted((self.fraction(), n, thing) for n, thing in enumerate(things))]

    def sample(self, things: Sequence[T], number: int) -> list[T]:
        """So many different things, in no order; all of them if there are fewer."""
        return self.shuffled(things)[:number]

    def day_before(self, day: date, fewest: int, most: int) -> date:
        return day - timedelta(days=self.whole(fewest, max(fewest, most)))


def logistic(value: float) -> float:
    """Any number, squeezed into (0, 1)."""
    return 1 / (1 + math.exp(-value))


def apportioned(total: int, weights: Mapping[T, float]) -> dict[T, int]:
    """A whole total shared out by weight, largest remainders first, so that the parts sum to it.

    >>> apportioned(10, {"a": 1, "b": 1, "c": 1})
    {'a': 4, 'b': 3, 'c': 3}
    """
    whole = sum(weights.values())
    exact = {thing: total * weight / whole for thing, weight in weights.items()}
    shares = {thing: math.floor(value) for thing, value in exact.items()}
    for thing in sorted(exact, key=lambda each: shares[each] - exact[each])[: total - sum(shares.values())]:
        shares[thing] += 1
    return shares
