"""A measurement beside its promise, and the one way of timing: in turns, the median."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """`ours` and `floor` in the same unit; the promise is that ours is at most `at_most` times the floor."""

    what: str
    ours: float
    floor: float
    at_most: float
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def kept(self) -> bool:
        return self.ratio <= self.at_most


class NotMeasured(Exception):
    """The benchmark cannot be run here or yet; the sentence says why. The promise counts as not shown."""


def in_turns(*subjects: Callable[[], object], repeats: int = 7) -> list[float]:
    """The median seconds of each subject. They take turns (ABAB…), so that a busy moment of the machine meets both."""
    for subject in subjects:
        subject()  # once before the clock runs: imports, caches, page cache
    taken: list[list[float]] = [[] for _ in subjects]
    for _ in range(repeats):
        for subject, times in zip(subjects, taken, strict=True):
            times.append(seconds(subject))
    return [statistics.median(times) for times in taken]


def seconds(subject: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    subject()
    return time.perf_counter() - began
