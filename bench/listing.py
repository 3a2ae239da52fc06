"""Listing 50 of 10,000 audits, against a bare joined list of the same rows.

To be measured: any page at most 2.5 times a bare view of the same join; the last page at most 1.2 times the first.
Needs 10,000 audits held by one authority, somebody who may see them, and the address of the list with its paging.
"""

from __future__ import annotations

from bench.measurement import Measurement, NotMeasured

NAME = "Listing 50 of 10,000 audits, any page"


def run() -> list[Measurement]:
    raise NotMeasured("the list of audits is not joined to this benchmark yet")
