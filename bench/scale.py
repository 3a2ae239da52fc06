"""Saving and opening with 100,000 audits held (6 million answers), against the same with 1,000, on both databases.

To be measured: each at most 1.5 times. Needs a loader that fills audits, parts and answers in bulk for one authority
(`product.installed(on_postgresql=…)` gives the database), and the addresses that `opening` and `saving` use.
"""

from __future__ import annotations

from bench.measurement import Measurement, NotMeasured

NAME = "Saving and opening with 100,000 audits held"
SCALE = True


def run() -> list[Measurement]:
    raise NotMeasured("nothing yet fills a database with 100,000 audits")
