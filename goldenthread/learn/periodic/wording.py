"""How a number is said: as it is within the service, rounded or not at all outside it."""

from __future__ import annotations

from math import ceil, floor

from goldenthread.learn.queries.period_facts import PeriodFigures

HIDDEN = "not shown"


def in_words(count: int | None) -> str:
    """A count in a table's cell."""
    return HIDDEN if count is None else f"{count:,}"


def said(figures: PeriodFigures, count: int | None) -> str:
    """A count in a sentence: "about" says that it is rounded."""
    if count is None:
        return "a number that is not shown"
    return f"about {count:,}" if figures.circulated else f"{count:,}"


def rounded(figures: PeriodFigures, count: int) -> int | None:
    """A count that stands alone, as its readers may have it: hidden where it is small, rounded else."""
    rule = figures.framework.protection
    if not figures.circulated or not count:
        return count
    if count < rule.suppress_below:
        return None
    return (count + rule.round_to // 2) // rule.round_to * rule.round_to


def share(part: int | None, whole: int | None) -> str:
    """A whole percentage, halves upwards; never 0% or 100% for what is neither.

    >>> share(9, 40), share(1, 400), share(None, 40)
    ('23%', '1%', 'not shown')
    """
    if part is None or not whole:
        return HIDDEN
    percent = floor(100 * part / whole + 0.5 + 1e-9)
    return f"{min(99, max(1, percent)) if 0 < part < whole else percent}%"


def plausible(figures: PeriodFigures, low: float, high: float) -> tuple[str, str]:
    """The ends of an interval: to a whole percent within the service, outwards to five outside it."""
    step = 5 if figures.circulated else 1
    if figures.circulated:
        ends = floor(low * 100 / step + 1e-9) * step, ceil(high * 100 / step - 1e-9) * step
    else:
        ends = floor(low * 100 + 0.5), floor(high * 100 + 0.5)
    return f"{ends[0]}%", f"{ends[1]}%"
