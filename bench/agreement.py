"""Agreement on 100,000 pairs of grades, with its intervals, against the bare sums in numpy."""

from __future__ import annotations

import numpy as np

from bench.measurement import Measurement, in_turns
from goldenthread.method.agreement import agreement, table_of

NAME = "Agreement on 100,000 pairs: kappa, AC2 and intervals, against plain numpy"
SCALE = ("outstanding", "good", "requires_improvement", "inadequate")
PAIRS = 100_000


def run() -> list[Measurement]:
    dice = np.random.default_rng(2009)
    first = dice.integers(0, len(SCALE), PAIRS)
    second = np.clip(first + dice.integers(-1, 2, PAIRS), 0, len(SCALE) - 1)

    def ours() -> object:
        return agreement(table_of(first, second, len(SCALE)), SCALE).as_json()

    def floor() -> object:
        """The two coefficients and nothing else, from the pairs and not from their table."""
        weights = 1 - np.abs(first - second) / (len(SCALE) - 1)
        rows, columns = (np.bincount(each, minlength=len(SCALE)) / PAIRS for each in (first, second))
        places = np.arange(len(SCALE))
        every = 1 - np.abs(places[:, None] - places[None, :]) / (len(SCALE) - 1)
        observed, by_chance, means = weights.mean(), rows @ every @ columns, (rows + columns) / 2
        random = every.sum() * (means * (1 - means)).sum() / (len(SCALE) * (len(SCALE) - 1))
        return (observed - by_chance) / (1 - by_chance), (observed - random) / (1 - random)

    taken, bare = in_turns(ours, floor, repeats=101)
    return [Measurement(NAME, taken, bare, at_most=3)]
