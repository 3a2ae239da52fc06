"""A draw from a whole nation's worth of cases, with its record and its bundle, against the barest keyed sort in numpy.

R's `sampling::strata` would be the other floor, a tenth of which is promised; it is measured where R is at hand, and
is not at hand on the machines this runs on.
"""

from __future__ import annotations

import numpy as np

from bench.measurement import Measurement, in_turns
from goldenthread.method import draw_bundle, sampling

NAME = "A draw from 1,000,000 cases in 765 strata, with its record"
BUNDLED = "The same with its bundle"
CASES, STRATA, EACH = 1_000_000, 765, 5
SOURCE, DRAW_ID = "dice:31415926535897932384", "2026-Q4-1"


def run() -> list[Measurement]:
    strata = [f"stratum {number:03}" for number in range(STRATA)]
    rows = [(f"K{number:07}", strata[number * 7919 % STRATA]) for number in range(CASES)]
    quotas = dict.fromkeys(strata, EACH)

    def ours() -> object:
        return sampling.draw(rows, source=SOURCE, draw_id=DRAW_ID, quotas=quotas).as_json()

    listed = sampling.canonical_list(rows).decode()  # frozen with the draw, before there is a seed

    def bundled() -> object:
        record = sampling.draw(rows, source=SOURCE, draw_id=DRAW_ID, quotas=quotas).as_json()
        readme = draw_bundle.readme(draw_id=DRAW_ID, purpose="A nation", chosen="At random.", random=True)
        files = {draw_bundle.LIST: listed, draw_bundle.RECORD: draw_bundle.record_text(record)}
        return draw_bundle.bundle(files | {draw_bundle.README: readme})

    refs, codes = np.array([ref for ref, _ in rows]), np.arange(CASES) * 7919 % STRATA

    def floor() -> object:
        keys = np.random.default_rng(31415926).random(CASES)
        order = np.lexsort((keys, codes))
        return np.split(refs[order], np.flatnonzero(np.diff(codes[order])) + 1)

    taken, whole, bare = in_turns(ours, bundled, floor, repeats=5)
    return [Measurement(NAME, taken, bare, at_most=5), Measurement(BUNDLED, whole, bare, at_most=5)]
