"""A share of files over time: a run chart from six points, a control chart from twelve, before that a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.learn.rendering.model import Chart, Series, table_behind
from goldenthread.method.trends import (
    FEWEST_CONTROL,
    FEWEST_RUN,
    ControlChart,
    Point,
    p_chart,
    run_chart,
    trend_sentence,
)

INK, BEHIND = "#1d70b8", "#505a5f"


@dataclass(frozen=True, slots=True)
class Reading:
    """`good` of `files` files in one period; there is at least one file."""

    period: str
    good: int
    files: int


@dataclass(frozen=True, slots=True)
class ShareOverTime:
    """Readings in order of time, of files drawn at random that were `good_label` ("Good or better")."""

    good_label: str
    readings: Sequence[Reading]

    @property
    def points(self) -> list[Point]:
        return [Point(each.period, 100 * each.good / each.files, each.files) for each in self.readings]

    @property
    def words(self) -> str:
        """Whether anything can be said of the trend yet, and what."""
        return trend_sentence(self.points, what=f"The share of files that were {self.good_label}", chart=self._control)

    def chart(self, *, corner: str, note: str = "") -> Chart | None:
        """The chart, with its sentence and the counts behind it; None below two readings, which are no line."""
        if len(self.readings) < 2:  # noqa: PLR2004 - one point is no line
            return None
        references, lower, upper = self._lines()
        labels = tuple(each.period for each in self.readings)
        title = f"Files drawn at random that were {self.good_label}"
        good = Series(self.good_label, tuple(float(each.good) for each in self.readings), INK)
        files = Series("Files", tuple(float(each.files) for each in self.readings), BEHIND)
        table = table_behind(caption=title, corner=corner, categories=labels, series=(good, files), note=note)
        line = Series(self.good_label, tuple(point.value for point in self.points), INK)
        return Chart(
            "run", title, self.words, labels, (line,), table, unit="%", references=references, lower=lower, upper=upper
        )

    @property
    def _control(self) -> ControlChart | None:
        """The control chart of these shares; None where there are too few periods for one."""
        if len(self.readings) < FEWEST_CONTROL:
            return None
        good, files, periods = zip(*((each.good, each.files, each.period) for each in self.readings), strict=True)
        return p_chart(good, files, periods)

    def _lines(self) -> tuple[tuple[tuple[str, float], ...], tuple[float, ...], tuple[float, ...]]:
        """The line that the points are held against, and the limits around it where there are enough."""
        if control := self._control:
            lower, upper = (tuple(100 * end for end in ends) for ends in (control.lower, control.upper))
            return (("mean", 100 * control.centre),), lower, upper
        if len(self.readings) >= FEWEST_RUN:
            return (("median", run_chart(self.points).median),), (), ()
        return (), (), ()
