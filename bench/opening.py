"""Opening a 60-question audit, against a bare Django and Jinja2 view of the same questions from constants.

To be measured: ratio of the medians at most 2.5; at most 8 statements (`product.statements`); p95 at most 2 times p50.
Needs an audit with a 60-question template, allotted to a signed-in auditor, and the address of its page; and in
`bench/floor.py` a view that renders that page's template with the same questions as constants.
"""

from __future__ import annotations

from bench.measurement import Measurement, NotMeasured

NAME = "Opening a 60-question audit"


def run() -> list[Measurement]:
    raise NotMeasured("the page of an audit is not joined to this benchmark yet")
