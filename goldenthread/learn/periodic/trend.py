"""Files good or better over time, as a report of a period shows it."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.periodic.tables import Drafting
from goldenthread.learn.rendering.model import Block, Text
from goldenthread.learn.share_over_time import Reading, ShareOverTime


def trend_blocks(drafted: Drafting) -> Iterator[Block]:
    """The chart and what it says. Only files drawn at random are in it; a period with none, or hidden, has no point."""
    share = share_over_time(drafted)
    note = "Counts are rounded." if drafted.figures.circulated else ""
    yield share.chart(corner="Period", note=note) or Text((share.words,))


def share_over_time(drafted: Drafting) -> ShareOverTime:
    """Every period whose numbers its readers may have."""
    table = drafted.trend
    lines = zip(table.rows, table.cells, strict=False)
    readings = [Reading(label, line[0], line[-1]) for label, line in lines if line[0] is not None and line[-1]]
    return ShareOverTime(drafted.figures.good_label, readings)


def trend_words(drafted: Drafting) -> str:
    """The same in one sentence, for the summary."""
    return share_over_time(drafted).words
