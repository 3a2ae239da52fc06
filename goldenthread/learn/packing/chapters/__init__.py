"""The chapters of a pack, one file each, in the order of its index. Each writes its pages and says what is there.

A chapter that its maker may not see, or of which there is nothing, gives None: the first page says what is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from goldenthread.learn.packing.chapters import (
    briefed,
    data,
    done,
    drawn,
    found,
    inspected,
    planned,
    reported,
    trail,
)
from goldenthread.learn.packing.hand import Hand, Part

CHAPTERS: tuple[Callable[[Hand, date], Part | None], ...] = tuple(
    chapter.write for chapter in (planned, drawn, found, done, reported, briefed, inspected, trail, data)
)
