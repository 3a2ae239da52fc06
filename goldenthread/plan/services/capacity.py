"""Keeping what past audits took, for the plans of the years that are not over."""

from __future__ import annotations

from datetime import date

from goldenthread.method.capacity import Measured
from goldenthread.plan.models import Year


def keep_effort(*, year: Year, measured: Measured, on: date) -> None:
    """Keep what was measured with the year. What is worked out from audits is nobody's act: no event tells of it."""
    year.effort = measured.as_json() | {"on": on.isoformat()}
    year.save(update_fields=["effort"])
