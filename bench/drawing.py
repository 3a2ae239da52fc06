"""A draw from a whole nation's worth of cases, with its record, against the barest keyed sort that numpy can do."""

from __future__ import annotations

import numpy as np

from bench.measurement import Measurement, in_turns
from goldenthread.method import sampling

NAME = "A draw from 1,000,000 cases in 765 strata, with its record"
CASES, STRATA, EACH = 1_000_000, 765, 5
SOURCE, DRAW_ID = "dice:31415926535897932384", "2026-Q4-1"


def run() -> list[Measurement]:
    strata = [f"stratum {number:03}" for number in range(STRATA)]
    rows = [(f"K{number:07}", strata[number * 7919 % STRATA]) for number in range(CASES)]
    quotas = dict.fromkeys(strata, EACH)

    def ours() -> object:
        return sampling.draw(rows, source=SOURCE, draw_id=DRAW_ID, quotas=quotas).as_json()

    refs, codes = np.array([ref for ref, _ in rows]), np.arange(CASES) * 7919 % STRATA

    def floor() -> object:
        keys = np.random.default_rng(31415926).random(CASES)
        order = np.lexsort((keys, codes))
        return np.split(refs[order], np.flatnonzero(np.diff(codes[order])) + 1)

    taken, bare = in_turns(ours, floor, repeats=5)
    return [Measurement(NAME, taken, bare, at_most=5)]
