"""A chart says its numbers, keeps within its edges, and reads without colour."""

from __future__ import annotations

import pytest

from goldenthread.learn.rendering.charts import LABELS, WIDTH, Drawing, drawing, readable_on
from goldenthread.learn.rendering.model import Chart, Series, Table
from tests.learn.sample_report import sample_report

NO_TABLE = Table("", (), ())


def bars(*series: Series, kind: str = "stacked_bar", categories: tuple[str, ...] = ("East", "West")) -> Drawing:
    return drawing(Chart(kind, "C", "It shows.", categories, series, NO_TABLE, absent="too few"))  # type: ignore[arg-type]


def segments(drawn: Drawing, colour: str) -> list[float]:
    """Lengths of the bars of a colour, from left to right and top to bottom, legend and chips left out."""
    return [round(one.width, 1) for one in drawn.rects if one.fill == colour and one.height == 21]


GOOD = Series("Good", (6, 3), "#003078")
WEAK = Series("Weak", (4, 2), "#f3b27a", "diagonal")


def test_lengths_are_in_proportion_to_the_numbers() -> None:
    room = WIDTH - LABELS - 44
    drawn = bars(GOOD, WEAK)

    assert segments(drawn, "#003078") == [round(room * 0.6 - 1.5, 1), round(room * 0.3 - 1.5, 1)]
    assert segments(drawn, "#f3b27a") == [round(room * 0.4 - 1.5, 1), round(room * 0.2 - 1.5, 1)]


def test_every_segment_and_every_bar_says_its_number() -> None:
    said = [label.text for label in bars(GOOD, WEAK).labels]

    assert said == ["Good", "Weak", "East", "6", "4", "10", "West", "3", "2", "5"]


def test_series_are_told_apart_without_colour() -> None:
    drawn = bars(GOOD, WEAK)

    assert [one.hatch for one in drawn.rects if one.height == 21] == ["solid", "diagonal", "solid", "diagonal"]


def test_a_protected_bar_is_said_in_words_and_gives_away_no_part_of_itself() -> None:
    drawn = bars(Series("Good", (6, None), "#003078"), Series("Weak", (4, 1), "#f3b27a"))

    assert [label.text for label in drawn.labels][-2:] == ["West", "too few"]
    assert len(segments(drawn, "#003078") + segments(drawn, "#f3b27a")) == 2


def test_nothing_to_count_is_drawn_as_nothing() -> None:
    drawn = bars(Series("Files", (0, 0), "#003078"), kind="bar")

    assert (drawn.rects, [label.text for label in drawn.labels]) == ((), ["East", "0", "West", "0"])


def test_a_chart_of_no_categories_is_still_a_drawing() -> None:
    for kind in ("bar", "run"):
        assert bars(Series("Files", (), "#003078"), kind=kind, categories=()).height > 0


def test_a_value_that_was_not_measured_leaves_a_gap_in_a_run() -> None:
    months = ("Jan", "Feb", "Mar", "Apr")
    drawn = bars(Series("Share", (50, None, 60, 70), "#003078"), kind="run", categories=months)

    assert len([line for line in drawn.lines if line.colour == "#003078"]) == 1
    assert [label.text for label in drawn.labels if label.bold] == ["50", "60", "70", "Share"]


def test_names_at_the_ends_of_close_lines_do_not_overlap() -> None:
    close = [Series(f"Line {number}", (50.0, 50.0 + number / 10), "#003078") for number in range(4)]
    ends = [label.y for label in bars(*close, kind="run").labels if label.text.startswith("Line")]

    assert all(below - above >= 14 for above, below in zip(sorted(ends), sorted(ends)[1:], strict=False))


def test_dates_under_a_long_run_are_thinned_and_the_last_one_stays() -> None:
    sessions = tuple(f"Session {number}" for number in range(24))
    drawn = bars(Series("Share", tuple(range(24)), "#003078"), kind="run", categories=sessions)
    said = [label.text for label in drawn.labels if label.text.startswith("Session")]

    assert said[-1] == "Session 23"
    assert len(said) < 10


@pytest.mark.parametrize("largest", [0, 1, 4, 5, 9, 33, 99, 100, 101, 12345])
def test_the_scale_of_a_run_reaches_its_largest_value_in_few_steps(largest: int) -> None:
    drawn = bars(Series("Files", (0, largest), "#003078"), kind="run")
    scale = [float(label.text.replace(",", "")) for label in drawn.labels if label.anchor == "end"]

    assert (scale[0], scale[-1] >= largest, len(scale) <= 6) == (0, True, True)


@pytest.mark.parametrize("chart", sample_report().charts, ids=lambda chart: chart.title)
def test_every_mark_is_within_the_drawing(chart: Chart) -> None:
    drawn = drawing(chart)

    assert all(0 <= one.x <= one.x + one.width <= WIDTH for one in drawn.rects)
    assert all(0 <= one.y <= one.y + one.height <= drawn.height for one in drawn.rects)
    assert all(0 <= label.x <= WIDTH and 0 <= label.y <= drawn.height for label in drawn.labels)


@pytest.mark.parametrize("colour", ["#12436d", "#28a197", "#f4a460", "#801650", "#777777", "#000000", "#ffffff"])
def test_ink_on_any_colour_has_the_contrast_the_law_asks_for(colour: str) -> None:
    assert contrast(colour, readable_on(colour)) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio, written out from its definition."""

    def luminance(colour: str) -> float:
        total = 0.0
        for place, weight in ((1, 0.2126), (3, 0.7152), (5, 0.0722)):
            share = int(colour[place : place + 2], 16) / 255
            total += weight * (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
        return total

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


# --- dots, intervals, limits -------------------------------------------------------------------------------

DOTS = Series("Good", (30.0, None, 60.0), "#1d70b8")


def dots() -> Drawing:
    chart = Chart(
        "dots", "C", "It shows.", ("Plan", "Voice", "Record"), (DOTS,), NO_TABLE, unit="%",
        lower=(20.0, 0.0, 45.0), upper=(45.0, 0.0, 80.0),
    )  # fmt: skip
    return drawing(chart)


def test_a_dot_lies_within_its_interval_and_says_its_number() -> None:
    drawn = dots()
    middles = [one.x + one.width / 2 for one in drawn.rects]
    intervals = [(one.x1, one.x2) for one in drawn.lines if one.y1 == one.y2]

    assert len(middles) == len(intervals) == 2
    assert all(low < middle < high for middle, (low, high) in zip(middles, intervals, strict=True))
    assert [label.text for label in drawn.labels if label.bold] == ["30%", "60%"]


def test_a_dot_that_is_held_back_is_said_in_words_without_its_interval() -> None:
    assert "not shown" in [label.text for label in dots().labels]


def test_control_limits_are_steps_with_their_names() -> None:
    counted = Series("Good", (30.0, 40.0), "#1d70b8")
    chart = Chart(
        "run", "C", "It shows.", ("May", "June"), (counted,), NO_TABLE, lower=(10.0, 12.0), upper=(60.0, 55.0)
    )
    drawn = drawing(chart)

    assert sum(line.dashed for line in drawn.lines) == 4
    assert {"upper limit", "lower limit"} <= {label.text for label in drawn.labels}


@pytest.mark.parametrize(("lower", "upper"), [((1.0,), (2.0,)), ((), (1.0, 2.0))])
def test_limits_are_given_for_every_category_or_for_none(lower: tuple[float, ...], upper: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="2 lower and upper ends expected, or none"):
        Chart(
            "run",
            "C",
            "It shows.",
            ("May", "June"),
            (Series("Good", (1, 2), "#1d70b8"),),
            NO_TABLE,
            lower=lower,
            upper=upper,
        )
