"""Keeping with the years that are not over what past audits took, and what their coverage is about to miss."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goldenthread.method.capacity import Measured
from goldenthread.plan.models import Year


def keep_effort(*, year: Year, measured: Measured, on: date) -> None:
    """Keep what was measured with the year. What is worked out from audits is nobody's act: no event tells of it."""
    year.effort = measured.as_json() | {"on": on.isoformat()}
    year.save(update_fields=["effort"])


def note_uncovered(*, year: Year, sentences: Sequence[str]) -> None:
    """Keep what the ledger of coverage warns of, as counted now. A count is nobody's act: no event tells of it."""
    year.uncovered = list(sentences)
    year.save(update_fields=["uncovered"])
