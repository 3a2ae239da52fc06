"""Figures over time: run charts from six points, control charts from twelve, and a plain sentence on what they say.

Run charts are read as Perla, Provost and Murray do (BMJ Quality and Safety 20 (2011) 46): a *shift* is six or more
points in a row on one side of the median (points on it are passed over), a *trend* five or more all rising or all
falling (a repeated value is passed over). Control charts follow the NHS's "Making Data Count": XmR limits at 2.66 mean
moving ranges from the mean, no point screened out, and four rules: a point outside the limits; seven in a row on one
side of the mean; six rises or six falls in a row, so seven points; two of three in a row beyond two thirds of the way
to one limit, all three on its side (github.com/nhs-r-community/NHSRplotthedots, issues 143, 153 and 194).

Files drawn at random and files that were picked never stand in one trend, and nothing is said of fewer points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from statistics import fmean, median
from typing import NamedTuple

from goldenthread.method.refusal import Refused

FEWEST_RUN, FEWEST_CONTROL, SETTLED = 6, 12, 20
SHIFT, TREND = 6, 5  # points, on a run chart
RUN, STEPS = 7, 6  # points on one side of the mean, and rises or falls, on a control chart
PER_RANGE = 2.66  # 3 / 1.128: from a mean moving range of two to three standard deviations

OUTSIDE, ONE_SIDE, RISING_OR_FALLING, NEAR_A_LIMIT = (
    "outside the limits",
    "one of seven or more in a row on one side of the mean",
    "one of seven or more that rise or fall in a row",
    "one of two in three near a limit",
)


@dataclass(frozen=True, slots=True)
class Point:
    """One period's figure: `value`, from `n` files; `at_random` says that chance chose them."""

    label: str
    value: float
    n: int | None = None
    at_random: bool = True


@dataclass(frozen=True, slots=True)
class RunChart:
    """`shifts` and `trends` are the places (from 0) of the points of each."""

    points: tuple[Point, ...]
    median: float
    shifts: tuple[tuple[int, ...], ...]
    trends: tuple[tuple[int, ...], ...]


class Special(NamedTuple):
    """A point that chance does not explain: its place (from 0), and by which rule."""

    place: int
    rule: str


@dataclass(frozen=True, slots=True)
class ControlChart:
    """`lower` and `upper` have a limit a point; `provisional`: from fewer than 20 points, so the limits will move."""

    points: tuple[Point, ...]
    centre: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    special: tuple[Special, ...]
    provisional: bool


def run_chart(points: Sequence[Point]) -> RunChart:
    """The median, and what is too orderly for chance. Refused: fewer than six points; random and picked files mixed.

    >>> chart = run_chart([Point(str(place), value) for place, value in enumerate([1, 2, 3, 4, 5, 6])])
    >>> chart.median, chart.trends
    (3.5, ((0, 1, 2, 3, 4, 5),))
    """
    _checked(points, FEWEST_RUN, "a run chart")
    values = [point.value for point in points]
    middle = median(values)
    off = [place for place, value in enumerate(values) if value != middle]
    sides = _runs(off, lambda place, other: (values[place] > middle) == (values[other] > middle))
    return RunChart(
        tuple(points),
        middle,
        tuple(tuple(run) for run in sides if len(run) >= SHIFT),
        tuple(tuple(run) for run in _slopes(values) if len(run) >= TREND),
    )


def xmr_chart(points: Sequence[Point]) -> ControlChart:
    """Single figures over time, with limits from how far each moves from the last. A percentage may overshoot 0 or 100.

    Refused: fewer than twelve points; random and picked files mixed.
    """
    _checked(points, FEWEST_CONTROL, "a control chart")
    values = [point.value for point in points]
    centre = fmean(values)
    reach = PER_RANGE * fmean(abs(after - before) for before, after in zip(values, values[1:], strict=False))
    return _chart(points, centre, [reach] * len(points))


def p_chart(hits: Sequence[int], sizes: Sequence[int], labels: Sequence[str]) -> ControlChart:
    """Proportions of files over time, `hits` of `sizes`, with limits that each period's number of files makes.

    The centre is all hits of all files; the limits are three standard deviations of chance away, kept within 0 and 1.
    Refused: fewer than twelve periods, a period without files, hits that are no part of the files.

    >>> chart = p_chart([10] * 12, [40] * 12, [str(month) for month in range(12)])
    >>> chart.centre, round(chart.lower[0], 4), round(chart.upper[0], 4)
    (0.25, 0.0446, 0.4554)
    """
    if not len(hits) == len(sizes) == len(labels):
        raise Refused("A chart of proportions needs as many counts as numbers of files and labels.")
    for count, size, label in zip(hits, sizes, labels, strict=True):
        if not 0 <= count <= size or not size:
            raise Refused(f"{label}: {count} of {size} files is not a proportion.")
    points = tuple(Point(label, count / size, size) for count, size, label in zip(hits, sizes, labels, strict=True))
    _checked(points, FEWEST_CONTROL, "a control chart")
    centre = sum(hits) / sum(sizes)
    reaches = [3 * (centre * (1 - centre) / size) ** 0.5 for size in sizes]
    return _chart(points, centre, reaches, least=0.0, most=1.0)


def trend_sentence(points: Sequence[Point], *, what: str = "The figure", chart: ControlChart | None = None) -> str:
    """What may be said of these points over time, in a sentence or two for somebody without statistics.

    Fewer than six: how many are wanted. Six to eleven: by a run chart. From twelve: by `chart` where one is drawn (of
    proportions), else by an XmR chart, so that the words say what the reader sees.

    >>> trend_sentence([Point("April", 0.4)])
    'One period says nothing of a trend: six are needed before anything can be said.'
    """
    if len(points) < FEWEST_RUN:
        many = {0: "No period has a figure yet", 1: "One period says nothing of a trend"}.get(len(points))
        many = many or f"{_word(len(points)).capitalize()} periods are too few to speak of a trend"
        return f"{many}: six are needed before anything can be said."
    if len(points) < FEWEST_CONTROL:
        return _of_run_chart(run_chart(points), what)
    return _of_control_chart(chart or xmr_chart(points), what)


# --- how it is worked out ------------------------------------------------------------------------------------------


def _checked(points: Sequence[Point], fewest: int, chart: str) -> None:
    if len(points) < fewest:
        held = f"{len(points)} point{'' if len(points) == 1 else 's'}"
        raise Refused(f"There {'is' if len(points) == 1 else 'are'} {held}: {chart} needs {fewest} at least.")
    if len({point.at_random for point in points}) > 1:
        raise Refused(
            "Some of these points are of files drawn at random and some of files that were picked: "
            "they cannot stand in one trend."
        )


def _runs(places: Sequence[int], together: Callable[[int, int], bool]) -> list[list[int]]:
    """`places` cut where two neighbours do not belong together."""
    runs: list[list[int]] = []
    for place in places:
        if runs and together(runs[-1][-1], place):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _slopes(values: Sequence[float]) -> list[list[int]]:
    """The longest stretches that only rise or only fall; a value like the one before is passed over."""
    kept = [place for place, value in enumerate(values) if place == 0 or value != values[place - 1]]
    slopes: list[list[int]] = []
    for before, place in zip(kept, kept[1:], strict=False):
        rises = values[place] > values[before]
        if slopes and (values[slopes[-1][1]] > values[slopes[-1][0]]) == rises:
            slopes[-1].append(place)
        else:
            slopes.append([before, place])
    return slopes


def _chart(
    points: Sequence[Point], centre: float, reaches: Sequence[float], least: float = -inf, most: float = inf
) -> ControlChart:
    """The chart whose limits lie `reaches` away from the centre, and are drawn no further than `least` and `most`."""
    values = [point.value for point in points]
    sides = [(value > centre) - (value < centre) for value in values]
    away = [abs(value - centre) for value in values]
    found = [Special(place, OUTSIDE) for place, reach in enumerate(reaches) if away[place] > reach * (1 + 1e-12)]
    for run in _runs(range(len(values)), lambda one, other: sides[one] == sides[other] != 0):
        found += [Special(place, ONE_SIDE) for place in run if len(run) >= RUN]
    for run in _strict_slopes(values):
        found += [Special(place, RISING_OR_FALLING) for place in run if len(run) > STEPS]
    far = [away[place] > reach * 2 / 3 and sides[place] != 0 for place, reach in enumerate(reaches)]
    found += [Special(place, NEAR_A_LIMIT) for place in _two_of_three(far, sides)]
    lower = tuple(max(least, centre - reach) for reach in reaches)
    upper = tuple(min(most, centre + reach) for reach in reaches)
    return ControlChart(tuple(points), centre, lower, upper, tuple(sorted(found)), len(points) < SETTLED)


def _strict_slopes(values: Sequence[float]) -> list[list[int]]:
    """Stretches in which every point is above, or every one below, the one before: a repeated value ends it."""
    steps = [(after > before) - (after < before) for before, after in zip(values, values[1:], strict=False)]
    runs = _runs(range(len(steps)), lambda one, other: steps[one] == steps[other])
    return [[*run, run[-1] + 1] for run in runs if steps[run[0]]]


def _two_of_three(far: Sequence[bool], sides: Sequence[int]) -> list[int]:
    """The far points that are two, or three, of three in a row which all lie on one side."""
    threes = [
        range(start, start + 3)
        for start in range(len(far) - 2)
        if abs(sum(sides[start : start + 3])) == 3 and sum(far[start : start + 3]) >= 2
    ]
    return sorted({place for three in threes for place in three if far[place]})


def _of_run_chart(chart: RunChart, what: str) -> str:
    """Of fewer than twelve points: six of them cannot lie on one side of their median, so there is no shift to tell."""
    values = [point.value for point in chart.points]
    many = len(values)
    if chart.trends:
        run = chart.trends[-1]
        way = "risen" if values[run[-1]] > values[run[0]] else "fallen"
        return (
            f"{what} has {way} without a break from {chart.points[run[0]].label} to {chart.points[run[-1]].label}: "
            f"more than chance would explain."
        )
    return f"{what} moved up and down over {_word(many)} periods no more than chance would explain."


def _of_control_chart(chart: ControlChart, what: str) -> str:
    last = {special.rule: special.place for special in chart.special}
    caution = " The limits are still provisional." if chart.provisional else ""
    if not last:
        return (
            f"{what} moved up and down over {_word(len(chart.points))} periods no more than chance would explain; "
            f"it has not changed.{caution}"
        )
    said = " ".join(_of_special(chart, place, rule) for rule, place in last.items())
    return f"{what} changed by more than chance would explain. {said}{caution}"


def _of_special(chart: ControlChart, place: int, rule: str) -> str:
    point = chart.points[place]
    side = "above" if point.value > chart.centre else "below"
    if rule == OUTSIDE:
        return f"{point.label} was {side} what is usual."
    if rule == ONE_SIDE:
        return f"Seven or more periods in a row, the last of them {point.label}, were {side} the mean."
    if rule == RISING_OR_FALLING:
        way = "rose" if point.value > chart.points[place - 1].value else "fell"
        return f"It {way} for seven periods or more without a break, the last of them {point.label}."
    return f"Two of three periods in a row, the last of them {point.label}, were far {side} the mean."


def _word(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return words[number] if number < len(words) else f"{number}"
