"""How far two graders agree, beyond chance, and which way the second moves the first: grades of one ordered scale.

Everything is worked out from the square table of the pairs (rows: the first grader's grade, columns: the second's),
so that grades of many files are pooled by adding tables. Sources: Cohen 1968 (weighted kappa); Gwet, Handbook of
Inter-Rater Reliability, 4th edition 2014, chapters 2 to 5 (AC2, and the standard errors of both for two raters);
Wilson 1927 (the interval of a proportion). All intervals are of 95 %.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from goldenthread.method.measures import proportion
from goldenthread.method.quantiles import of_student_t
from goldenthread.method.refusal import Refused

Table = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the interval that is plausible for it."""

    value: float
    low: float
    high: float

    def as_list(self) -> list[float]:
        return [self.low, self.high]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a table of pairs says. Shares are of 1; a coefficient is None where chance alone leaves nothing to measure.

    `exact`: the same grade. `adjacent`: the same or the next. `shift_mean`: how many steps along the scale the second
    grade lies from the first, on average; where the scale stands best first, above 0 is a stricter second grade.
    `lower` and `higher` count the pairs whose second grade stands before, and after, the first on the scale.
    """

    scale: tuple[str, ...]
    matrix: tuple[tuple[int, ...], ...]
    pairs: int
    exact: Estimate
    adjacent: Estimate
    shift_mean: Estimate
    lower: int
    higher: int
    kappa_linear: Estimate | None
    gwet_ac2: Estimate | None

    def as_json(self) -> dict[str, Any]:
        """The document of `goldenthread agreement --json`."""
        figures: Mapping[str, Estimate | None] = {
            name: getattr(self, name) for name in ("exact", "adjacent", "shift_mean", "kappa_linear", "gwet_ac2")
        }
        return {
            "pairs": self.pairs,
            **{name: figure.value if figure else None for name, figure in figures.items()},
            "intervals": {name: figure.as_list() if figure else None for name, figure in figures.items()},
            "scale": list(self.scale),
            "matrix": [list(row) for row in self.matrix],
        }


def table_of(first: npt.NDArray[np.integer[Any]], second: npt.NDArray[np.integer[Any]], grades: int) -> Table:
    """The square table, of shape (grades, grades), of pairs given as positions on the scale from 0, of shape (n,).

    >>> table_of(np.array([0, 1, 1]), np.array([0, 0, 1]), 2).tolist()
    [[1, 0], [1, 1]]
    """
    return np.bincount(first * grades + second, minlength=grades * grades).reshape(grades, grades)


def agreement(table: npt.ArrayLike, scale: Sequence[str]) -> Agreement:
    """The agreement in a square table of counts, of shape (q, q) over the q grades of the scale in their order.

    Raises `Refused` for a scale of fewer than two grades and for a table without a pair.

    >>> found = agreement([[40, 4], [6, 50]], ["met", "not met"])
    >>> round(found.exact.value, 2), round(found.kappa_linear.value, 3), round(found.gwet_ac2.value, 3)
    (0.9, 0.798, 0.802)
    """
    counts: Table = np.asarray(table, dtype=np.int64)
    grades, pairs = len(scale), int(counts.sum())
    if grades < 2:
        raise Refused("Agreement needs a scale of at least two grades.")
    if not pairs:
        raise Refused("There is no pair of grades to compare.")
    places = np.arange(grades)
    steps = places[None, :] - places[:, None]
    return Agreement(
        scale=tuple(scale),
        matrix=tuple(tuple(row) for row in counts.tolist()),
        pairs=pairs,
        exact=share(int(np.trace(counts)), pairs),
        adjacent=share(int(counts[np.abs(steps) <= 1].sum()), pairs),
        shift_mean=_mean(steps, counts, pairs),
        lower=int(counts[steps < 0].sum()),
        higher=int(counts[steps > 0].sum()),
        kappa_linear=_kappa(counts / pairs, linear_weights(grades), pairs),
        gwet_ac2=_ac2(counts / pairs, linear_weights(grades), pairs),
    )


def linear_weights(grades: int) -> Reals:
    """The credit each pair of grades is given, of shape (grades, grades): 1 for the same, 0 for the furthest apart.

    >>> linear_weights(3)[0].tolist()
    [1.0, 0.5, 0.0]
    """
    places = np.arange(grades)
    return 1 - np.abs(places[:, None] - places[None, :]) / (grades - 1)


def share(some: int, of: int) -> Estimate:
    """A share of 1 with its Wilson interval.

    >>> estimate = share(9, 40)
    >>> round(estimate.value, 3), round(estimate.low, 3), round(estimate.high, 3)
    (0.225, 0.123, 0.375)
    """
    found = proportion(some, of)
    assert found.low is not None and found.high is not None, "there is at least one"  # noqa: PT018 - one thought
    return Estimate(some / of, found.low, found.high)


def _mean(steps: npt.NDArray[np.int64], counts: Table, pairs: int) -> Estimate:
    """The mean of so many steps, never beyond the ends of the scale; of a single pair, anything is plausible."""
    mean, furthest = float((steps * counts).sum() / pairs), float(len(counts) - 1)
    if pairs < 2:
        return Estimate(mean, -furthest, furthest)
    squares = float((np.square(steps - mean) * counts).sum() / (pairs - 1))
    reach = _reach(math.sqrt(squares / pairs), pairs)
    return Estimate(mean, max(-furthest, mean - reach), min(furthest, mean + reach))


def _kappa(shares: Reals, weights: Reals, pairs: int) -> Estimate | None:
    """Cohen's kappa with these weights; its variance by the delta method, as Fleiss, Cohen and Everitt (1969)."""
    rows, columns = shares.sum(1), shares.sum(0)
    observed, by_chance = float((weights * shares).sum()), float(rows @ weights @ columns)
    if by_chance >= 1 - 1e-12:
        return None
    kappa = (observed - by_chance) / (1 - by_chance)
    pull = weights - (1 - kappa) * ((weights @ columns)[:, None] + (rows @ weights)[None, :])
    return _coefficient(kappa, shares, pull, observed - 2 * (1 - kappa) * by_chance, by_chance, pairs)


def _ac2(shares: Reals, weights: Reals, pairs: int) -> Estimate | None:
    """Gwet's AC2 with these weights: chance is that of grading at random only the files that are hard to grade."""
    grades = len(weights)
    means = (shares.sum(1) + shares.sum(0)) / 2
    per_grade = float(weights.sum()) / (grades * (grades - 1))
    observed, by_chance = float((weights * shares).sum()), per_grade * float((means * (1 - means)).sum())
    if by_chance >= 1 - 1e-12:
        return None
    coefficient = (observed - by_chance) / (1 - by_chance)
    pull = weights - 2 * (1 - coefficient) * per_grade * (1 - (means[:, None] + means[None, :]) / 2)
    return _coefficient(coefficient, shares, pull, observed - 2 * (1 - coefficient) * by_chance, by_chance, pairs)


def _coefficient(
    value: float, shares: Reals, pull: Reals, centre: float, by_chance: float, pairs: int
) -> Estimate:  # fmt: skip
    """A coefficient with its interval by Student's t, from how far each pair pulls it."""
    if pairs < 2:
        return Estimate(value, -1.0, 1.0)
    variance = (float((shares * np.square(pull)).sum()) - centre**2) / (pairs * (1 - by_chance) ** 2)
    reach = _reach(math.sqrt(max(variance, 0.0)), pairs)
    return Estimate(value, max(-1.0, value - reach), min(1.0, value + reach))


def _reach(error: float, pairs: int) -> float:
    return error * of_student_t(0.975, pairs - 1)
