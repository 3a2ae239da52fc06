"""Days as a pack says them."""

from __future__ import annotations

from datetime import date

from goldenthread.web.wording import day


def on(value: date | None) -> str:
    """A day without its name: "6 October 2026"."""
    return day(value, "plain")
