"""Where the marks of a chart stand: drawn once here, painted by SVG on a page and by typst in a PDF and a picture.

A drawing is `WIDTH` units wide; its lines are painted first, then its rects, then its labels. Nothing is told by colour
alone: each series has a hatch besides its colour, and numbers are written on the marks they belong to.
"""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.learn.rendering.model import Chart, Series, number_in_words

WIDTH = 620.0
LETTER = 0.54  # width of a letter of Arial beside its height, on the generous side
SIZE = 13.0
SMALL = 11.5
LABELS = 238.0  # where bars begin, right of their labels
BAR = 21.0
INK, GREY, PALE = "#0b0c0c", "#505a5f", "#b1b4b6"
BLACK, WHITE = "#000000", "#ffffff"  # one of them has 4.5:1 on any colour


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str
    hatch: str = "solid"
    ink: str = WHITE  # of the hatch
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    thickness: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Text whose middle height is y; `anchor` says which end of it is at x: "start", "middle" or "end"."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    size: float = SIZE
    colour: str = INK
    bold: bool = False


Mark = Rect | Line | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    lines: tuple[Line, ...]
    rects: tuple[Rect, ...]
    labels: tuple[Label, ...]


def drawing(chart: Chart) -> Drawing:
    """The marks of a chart of any kind."""
    marks, height = {"run": _run, "dots": _dots}.get(chart.kind, _bars)(chart)
    return Drawing(
        width=WIDTH,
        height=height,
        lines=tuple(mark for mark in marks if isinstance(mark, Line)),
        rects=tuple(mark for mark in marks if isinstance(mark, Rect)),
        labels=tuple(mark for mark in marks if isinstance(mark, Label)),
    )


def readable_on(colour: str) -> str:
    """Black or white, whichever contrasts more with a "#rrggbb" colour (WCAG 2.2, relative luminance).

    >>> readable_on("#ffdd00"), readable_on("#003078")
    ('#000000', '#ffffff')
    """
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return BLACK if (luminance + 0.05) ** 2 > 1.05 * 0.05 else WHITE


def _width(text: str, size: float = SIZE) -> float:
    return len(text) * size * LETTER


# --- bars ---------------------------------------------------------------------------------------------------------


def _bars(chart: Chart) -> tuple[list[Mark], float]:
    marks, top = _legend(chart.series) if len(chart.series) > 1 else ([], 2.0)
    y = top
    columns = list(zip(*(one.values for one in chart.series), strict=True))
    longest = max((sum(value or 0 for value in values) for values in columns), default=0) or 1
    scale = (WIDTH - LABELS - 44) / longest
    for category, values in zip(chart.categories, columns, strict=True):
        lines = textwrap.wrap(category, 36) or [""]
        height = max(BAR + 10, len(lines) * 15 + 8)
        middle = y + height / 2
        for number, line in enumerate(lines):
            marks.append(Label(0, middle + (number - (len(lines) - 1) / 2) * 15, line))
        marks += _one_bar(chart, values, middle, scale)
        y += height
    return [*marks, Line(LABELS - 1, top, LABELS - 1, y, PALE)], y + 2


def _one_bar(chart: Chart, values: tuple[float | None, ...], middle: float, scale: float) -> list[Mark]:
    if any(value is None for value in values):
        return [Label(LABELS + 6, middle, chart.absent, size=SMALL, colour=GREY)]
    marks: list[Mark] = []
    x = LABELS
    for series, value in zip(chart.series, values, strict=True):
        length = (value or 0) * scale
        if length:
            marks += _segment(series, value or 0, x, middle, length, numbered=len(chart.series) > 1)
        x += length
    total = number_in_words(sum(value or 0 for value in values), unit=chart.unit)
    return [*marks, Label(x + 7, middle, total, bold=True)]


def _segment(series: Series, value: float, x: float, middle: float, length: float, *, numbered: bool) -> list[Mark]:
    ink = readable_on(series.colour)
    shown = max(length - 1.5, 1.0)  # a white gap parts neighbours of like lightness
    marks: list[Mark] = [Rect(x, middle - BAR / 2, shown, BAR, series.colour, series.pattern, ink)]
    number = number_in_words(value)
    room = _width(number, SMALL) + 7
    if numbered and room < shown:
        centre = x + shown / 2
        if series.pattern != "solid":  # a number over hatching is hard to read
            marks.append(Rect(centre - room / 2, middle - 8, room, 16, series.colour))
        marks.append(Label(centre, middle, number, "middle", SMALL, ink, bold=True))
    return marks


def _legend(all_series: tuple[Series, ...]) -> tuple[list[Mark], float]:
    """Swatches in rows, and the height they take."""
    marks: list[Mark] = []
    x, y = 0.0, 10.0
    for series in all_series:
        room = 46 + len(series.name) * SIZE * 0.5
        if x and x + room > WIDTH:
            x, y = 0.0, y + 20
        marks.append(Rect(x, y - 7, 15, 14, series.colour, series.pattern, readable_on(series.colour)))
        marks.append(Label(x + 22, y, series.name))
        x += room
    return marks, y + 18


# --- dots with their intervals -----------------------------------------------------------------------------------


def _dots(chart: Chart) -> tuple[list[Mark], float]:
    """A dot a category on a scale from 0, with the line of what is plausible, and the number at the right."""
    (series,) = chart.series
    shown = [value for value in series.values if value is not None]
    ticks = _ticks(max([*shown, *chart.upper], default=1))
    scale = (WIDTH - LABELS - 60) / ticks[-1]
    marks: list[Mark] = []
    y = 2.0
    for place, category in enumerate(chart.categories):
        lines = textwrap.wrap(category, 36) or [""]
        height = max(BAR + 5, len(lines) * 15 + 8)
        middle = y + height / 2
        for number, line in enumerate(lines):
            marks.append(Label(0, middle + (number - (len(lines) - 1) / 2) * 15, line))
        marks += _dot(chart, series, place, middle, scale)
        y += height
    for tick in ticks:
        x = LABELS + tick * scale
        marks.insert(0, Line(x, 2, x, y, PALE, 0.7))
        marks.append(Label(x, y + 12, number_in_words(tick, unit=chart.unit), "middle", SMALL, GREY))
    return marks, y + 22


def _dot(chart: Chart, series: Series, place: int, middle: float, scale: float) -> list[Mark]:
    value = series.values[place]
    if value is None:
        return [Label(LABELS + 6, middle, chart.absent, size=SMALL, colour=GREY)]
    x = LABELS + value * scale
    marks: list[Mark] = []
    if chart.lower:
        low, high = (LABELS + end[place] * scale for end in (chart.lower, chart.upper))
        marks.append(Line(low, middle, high, middle, GREY, 2.0))
        marks += [Line(end, middle - 4, end, middle + 4, GREY, 2.0) for end in (low, high)]
    marks.append(Rect(x - 4.5, middle - 4.5, 9, 9, series.colour))
    return [*marks, Label(WIDTH, middle, number_in_words(value, unit=chart.unit), "end", bold=True)]


# --- a run over time ----------------------------------------------------------------------------------------------

LEFT, RIGHT, TOP, BOTTOM = 44.0, 480.0, 14.0, 190.0


def _run(chart: Chart) -> tuple[list[Mark], float]:
    values = [value for one in chart.series for value in one.values if value is not None]
    ticks = _ticks(max([*values, *chart.upper, *(value for _, value in chart.references)], default=1))

    def height_of(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * value / ticks[-1]

    marks: list[Mark] = []
    for tick in ticks:
        marks.append(Line(LEFT, height_of(tick), RIGHT, height_of(tick), PALE if tick else GREY, 0.7))
        label = number_in_words(tick, unit=chart.unit)
        marks.append(Label(LEFT - 7, height_of(tick), label, "end", SMALL, GREY))
    places = _places(len(chart.categories))
    marks += _dates(chart.categories, places)
    ends = [(name, height_of(value), GREY) for name, value in chart.references]
    marks += [Line(LEFT, y, RIGHT, y, GREY, 1.2, dashed=True) for _, y, _ in ends]
    for name, limits in (("upper limit", chart.upper), ("lower limit", chart.lower)):
        marks += _limit([height_of(value) for value in limits], places)
        ends += [(name, height_of(value), GREY) for value in limits[-1:]]
    for one in chart.series:
        points = [(x, height_of(v), v) if v is not None else None for x, v in zip(places, one.values, strict=True)]
        marks += _path(one, points, chart.unit)
        last = next((point for point in reversed(points) if point), None)
        if last:
            ends.append((one.name, last[1], one.colour if readable_on(one.colour) == WHITE else INK))
    lines = max((len(textwrap.wrap(one, 12)) for one in chart.categories), default=0)
    return marks + _ends(ends), BOTTOM + 8 + 13 * lines


def _limit(heights: list[float], places: list[float]) -> list[Mark]:
    """A control limit as steps: each period has its own, by how many files it has."""
    half = (places[1] - places[0]) / 2 if len(places) > 1 else 18
    steps: list[Mark] = [
        Line(x - half, y, x + half, y, GREY, 1.0, dashed=True) for x, y in zip(places, heights, strict=False)
    ]
    return steps


def _places(count: int) -> list[float]:
    step = (RIGHT - LEFT - 36) / max(count - 1, 1)
    return [LEFT + 18 + step * place for place in range(count)]


def _ticks(largest: float) -> list[float]:
    """From 0 to at least `largest` in four or five round steps.

    >>> _ticks(37)
    [0, 10, 20, 30, 40]
    """
    raw = max(largest, 1) / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = max(1, next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice >= raw))
    steps = [round(step * place, 6) for place in range(math.ceil(max(largest, 1) / step) + 1)]
    return [int(one) if one == int(one) else one for one in steps]


def _dates(categories: tuple[str, ...], places: list[float]) -> list[Mark]:
    """Labels under the line, thinned where they would run into each other."""
    widest = max((_width(part, SMALL) for one in categories for part in textwrap.wrap(one, 12)), default=1)
    step = places[1] - places[0] if len(places) > 1 else WIDTH
    every = max(1, math.ceil((widest + 6) / step))
    return [
        Label(x, BOTTOM + 13 + 13 * number, part, "middle", SMALL, GREY)
        for place, (x, category) in enumerate(zip(places, categories, strict=True))
        if (len(places) - 1 - place) % every == 0
        for number, part in enumerate(textwrap.wrap(category, 12))
    ]


def _path(series: Series, points: list[tuple[float, float, float] | None], unit: str) -> list[Mark]:
    """The line with its markers and numbers: the series' hatch becomes dashes or a hollow marker."""
    dashed = series.pattern in {"diagonal", "dots"}
    joined = [(a, b) for a, b in pairwise(points) if a and b]
    marks: list[Mark] = [Line(a[0], a[1], b[0], b[1], series.colour, 2.2, dashed) for a, b in joined]
    fill = series.colour if series.pattern in {"solid", "diagonal"} else WHITE
    for x, y, value in filter(None, points):
        marks.append(Rect(x - 4, y - 4, 8, 8, fill, edge=series.colour))
        number = number_in_words(value, unit=unit)
        room = _width(number, SMALL) + 4
        marks.append(Rect(x - room / 2, y - 20, room, 14, WHITE))  # a line behind the number would strike it out
        marks.append(Label(x, y - 13, number, "middle", SMALL, INK, bold=True))
    return marks


def _ends(ends: list[tuple[str, float, str]]) -> list[Mark]:
    """Names at the right-hand end of their lines, pushed down where two would overlap."""
    marks: list[Mark] = []
    free = TOP - 10
    for name, y, colour in sorted(ends, key=lambda end: end[1]):
        for line in textwrap.wrap(name, 20):
            y = free = max(y, free + 14)
            marks.append(Label(RIGHT + 8, y, line, size=SMALL, colour=colour, bold=colour != GREY))
    return marks
