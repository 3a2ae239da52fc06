"""What the tests of the plan's forms send for a day."""

from __future__ import annotations

from datetime import date


def day(field: str, on: date) -> dict[str, str]:
    return {f"{field}-day": str(on.day), f"{field}-month": str(on.month), f"{field}-year": str(on.year)}
