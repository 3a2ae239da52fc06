"""Estimates with intervals for 153 domains of a stratified sample of 100,000, against the bare closed form in numpy."""

from __future__ import annotations

import numpy as np

from bench.measurement import Measurement, in_turns
from goldenthread.method.estimation import by_domain

NAME = "Estimates with intervals for 153 domains, n = 100,000"
FILES, STRATA, DOMAINS = 100_000, 40, 153


def run() -> list[Measurement]:
    dice = np.random.default_rng(2009)
    places, parts = dice.integers(0, STRATA, FILES), dice.integers(0, DOMAINS, FILES)
    scores, good = dice.normal(6, 2, FILES), dice.random(FILES) < 0.4
    held = np.bincount(places, minlength=STRATA) * 3 + np.arange(STRATA)
    strata, domains = [f"stratum {place}" for place in places], [f"domain {part:03}" for part in parts]
    sizes = {f"stratum {place}": int(count) for place, count in enumerate(held)}

    def floor() -> tuple[np.ndarray, np.ndarray]:
        """Means and standard errors and nothing else, from strata and domains that are numbers already."""
        return closed_form(scores, places, parts, held)

    means, errors = floor()
    found = by_domain(scores, strata, sizes, domains)
    apart = max(
        abs(each.mean - means[place]) + abs(each.se - errors[place]) for place, each in enumerate(found.values())
    )
    if len(found) != DOMAINS or apart > 1e-10:
        raise RuntimeError(f"{len(found)} domains, and {apart} away from the closed form.")
    mean, share, bare = in_turns(
        lambda: by_domain(scores, strata, sizes, domains), lambda: by_domain(good, strata, sizes, domains), floor
    )
    return [
        Measurement("Means of 153 domains with intervals, against the closed form in numpy", mean, bare, 20.0),
        Measurement("Proportions of 153 domains with intervals, against the closed form in numpy", share, bare, 20.0),
    ]


def closed_form(
    values: np.ndarray, strata: np.ndarray, domains: np.ndarray, held: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Cochran 5A.14: the variance of a domain's mean, with the files outside it counted as nought."""
    drawn = np.bincount(strata, minlength=STRATA)
    weight = (held / drawn)[strata]
    cases = np.bincount(domains, weight, DOMAINS)
    means = np.bincount(domains, weight * values, DOMAINS) / cases
    parts = weight * (values - means[domains]) / cases[domains]
    cells = domains * STRATA + strata
    sums = np.bincount(cells, parts, DOMAINS * STRATA).reshape(DOMAINS, STRATA)
    squares = np.bincount(cells, parts**2, DOMAINS * STRATA).reshape(DOMAINS, STRATA)
    variance = ((1 - drawn / held) * drawn / (drawn - 1) * (squares - sums**2 / drawn)).sum(axis=1)
    return means, np.sqrt(variance)
