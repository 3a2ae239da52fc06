"""Saving one answer, and submitting 60, against a bare Django view that writes the row and a log row.

To be measured: one answer at most 3 times `floor.save`; 60 in one request at most 3 times `floor.submit`; CSRF, rights
and trail in place. Needs an audit in progress, its auditor signed in, and the addresses that save and submit.
"""

from __future__ import annotations

from bench.measurement import Measurement, NotMeasured

NAME = "Saving one answer, and submitting 60"


def run() -> list[Measurement]:
    raise NotMeasured("saving and submitting are not joined to this benchmark yet")
