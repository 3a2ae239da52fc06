"""Run charts and control charts by published rules and published examples, and sentences that claim no more."""

from __future__ import annotations

import pytest

from goldenthread.method.refusal import Refused
from goldenthread.method.trends import (
    NEAR_A_LIMIT,
    ONE_SIDE,
    OUTSIDE,
    RISING_OR_FALLING,
    Point,
    p_chart,
    run_chart,
    trend_sentence,
    xmr_chart,
)

# Twenty hardness measurements: Montgomery and Runger, Applied Statistics and Probability for Engineers, section 15-4.
HARDNESS = [51, 52, 54, 55, 55, 51, 52, 50, 51, 56, 51, 57, 58, 50, 53, 52, 54, 50, 56, 53]
# The NHS-R community's example with one outlier, whose moving ranges "Making Data Count" keeps (its vignette
# "Deviations from Excel defaults", NHSRplotthedots 0.2.2).
OUTLIER = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
# Peaches bruised in 25 shipments of one or two crates of 250: Pyzdek and Keller, The Handbook for Quality Management,
# 2nd edition 2013, table 9.6 (which prints the lower limit of one crate as 0.1118, for 0.118).
BRUISED = [47, 42, 55, 51, 46, 61, 39, 44, 41, 51, 88, 101, 101, 40, 48, 47, 50, 48, 57, 45, 43, 105, 98, 100, 96]
CRATES = [1] * 10 + [2] * 3 + [1] * 8 + [2] * 4


def points(*values: float) -> list[Point]:
    return [Point(f"month {place}", value) for place, value in enumerate(values, start=1)]


def found(*values: float) -> list[tuple[int, str]]:
    return [(place + 1, rule) for place, rule in xmr_chart(points(*values)).special]


# --- published examples ----------------------------------------------------------------------------------------------


def test_an_xmr_chart_is_montgomerys() -> None:
    chart = xmr_chart(points(*HARDNESS))

    assert chart.centre == pytest.approx(53.05)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((45.212, 60.888), abs=0.003)  # there with 3 / 1.128
    assert (chart.special, chart.provisional) == ((), False)


def test_an_xmr_chart_keeps_an_outlier_as_making_data_count_does() -> None:
    chart = xmr_chart(points(*OUTLIER))

    assert chart.centre == pytest.approx(1.94, abs=0.005)
    assert chart.upper[0] - chart.centre == pytest.approx(2.66 * 32 / 17)  # the moving ranges: 15 of 1, one 8, one 9
    assert (4, OUTSIDE) in chart.special
    assert chart.provisional


def test_a_p_chart_is_pyzdeks() -> None:
    chart = p_chart(BRUISED, [250 * crates for crates in CRATES], [f"shipment {place}" for place in range(25)])

    assert sum(BRUISED) == 1544
    assert chart.centre == pytest.approx(0.193, abs=0.0005)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((0.118, 0.268), abs=0.0005)
    assert (chart.lower[10], chart.upper[10]) == pytest.approx((0.140, 0.246), abs=0.0005)
    assert OUTSIDE not in {rule for _, rule in chart.special}


# --- the four rules --------------------------------------------------------------------------------------------------

CALM = (5, 6, 4, 6, 5, 4, 6, 5, 4, 5, 6, 4, 5, 6)


def test_ups_and_downs_are_no_special_cause() -> None:
    assert found(*CALM) == []


def test_a_point_outside_the_limits_is_special() -> None:
    assert (15, OUTSIDE) in found(*CALM, 40)


def test_seven_on_one_side_of_the_mean_are_special_and_six_are_not() -> None:
    seven, six = [9, 1] * 5 + [8, 7] * 3 + [8], [9, 1] * 5 + [8, 7] * 3 + [1]

    assert [place for place, rule in found(*seven) if rule == ONE_SIDE] == [11, 12, 13, 14, 15, 16, 17]
    assert not [place for place, rule in found(*six) if rule == ONE_SIDE]


def test_six_rises_in_a_row_are_special_and_five_are_not() -> None:
    assert [place for place, rule in found(*CALM, 1, 2, 3, 4, 5, 6, 7) if rule == RISING_OR_FALLING] == [*range(15, 22)]
    assert not [1 for _, rule in found(*CALM, 2, 3, 4, 5, 6, 7, 5) if rule == RISING_OR_FALLING]


def test_a_repeated_value_ends_a_rise() -> None:
    assert not [1 for _, rule in found(*CALM, 1, 2, 3, 4, 4, 5, 6, 7) if rule == RISING_OR_FALLING]


def test_two_of_three_near_one_limit_are_special_but_not_across_the_mean() -> None:
    near = [5, 6] * 6 + [8.4, 5.9, 8.3] + [5, 6] * 3
    across = [5, 6] * 6 + [8.4, 2.8, 8.3] + [5, 6] * 3

    assert [place for place, rule in found(*near) if rule == NEAR_A_LIMIT] == [13, 15]
    assert not [1 for _, rule in found(*across) if rule == NEAR_A_LIMIT]


def test_a_point_on_the_mean_belongs_to_neither_side() -> None:
    assert not [1 for _, rule in found(*[5] * 14) if rule == ONE_SIDE]


# --- run charts ------------------------------------------------------------------------------------------------------


def test_six_in_a_row_above_the_median_are_a_shift_and_points_on_it_are_passed_over() -> None:
    chart = run_chart(points(1, 2, 1, 2, 1, 2, 5, 9, 8, 9, 7, 9, 8))

    assert chart.median == 5
    assert chart.shifts == ((0, 1, 2, 3, 4, 5), (7, 8, 9, 10, 11, 12))


def test_five_in_a_row_above_the_median_are_no_shift() -> None:
    assert run_chart(points(1, 9, 1, 9, 8, 9, 8, 9, 1, 2, 1, 2)).shifts == ()


def test_five_points_that_rise_are_a_trend_and_a_repeated_value_is_passed_over() -> None:
    assert run_chart(points(3, 1, 2, 3, 3, 4, 5, 2)).trends == ((1, 2, 3, 5, 6),)
    assert run_chart(points(3, 1, 2, 3, 4, 2, 5, 2)).trends == ()


def test_a_fall_is_a_trend_too() -> None:
    assert run_chart(points(9, 8, 7, 6, 5, 9)).trends == ((0, 1, 2, 3, 4),)


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chart", "many", "sentence"),
    [
        (run_chart, 1, "There is 1 point: a run chart needs 6 at least."),
        (run_chart, 5, "There are 5 points: a run chart needs 6 at least."),
        (xmr_chart, 11, "There are 11 points: a control chart needs 12 at least."),
    ],
)
def test_too_few_points_are_refused_in_a_sentence(chart: object, many: int, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        chart(points(*range(many)))  # type: ignore[operator]

    assert refusal.value.sentences == (sentence,)


@pytest.mark.parametrize("chart", [run_chart, xmr_chart])
def test_random_and_picked_files_never_stand_in_one_trend(chart: object) -> None:
    mixed = [*points(*CALM), Point("themed", 5, at_random=False)]

    with pytest.raises(Refused, match="cannot stand in one trend"):
        chart(mixed)  # type: ignore[operator]


@pytest.mark.parametrize(("hits", "size"), [(3, 2), (-1, 2), (0, 0)])
def test_a_period_that_is_no_proportion_is_refused(hits: int, size: int) -> None:
    with pytest.raises(Refused, match=f"May: {hits} of {size} files is not a proportion."):
        p_chart([hits], [size], ["May"])


def test_a_chart_of_proportions_wants_as_many_labels_as_counts() -> None:
    with pytest.raises(Refused, match="as many counts"):
        p_chart([1], [2], [])


# --- the sentence ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "No period has a figure yet: six are needed before anything can be said."),
        ([1], "One period says nothing of a trend: six are needed before anything can be said."),
        ([1, 2, 3, 4], "Four periods are too few to speak of a trend: six are needed before anything can be said."),
        ([5, 6, 4, 6, 5, 4], "The share moved up and down over six periods no more than chance would explain."),
        (
            [9, 1, 2, 3, 4, 5, 6],
            "The share has risen without a break from month 2 to month 7: more than chance would explain.",
        ),
        (
            [*CALM],
            "The share moved up and down over 14 periods no more than chance would explain; it has not changed. "
            "The limits are still provisional.",
        ),
        (
            [*CALM, *CALM, 20],
            "The share changed by more than chance would explain. month 29 was above what is usual.",
        ),
    ],
)  # fmt: skip
def test_the_sentence_says_whether_anything_can_be_said_yet(values: list[float], sentence: str) -> None:
    assert trend_sentence(points(*values), what="The share") == sentence


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([*CALM, *CALM, 7, 6, 5, 4, 3, 2, 1], "It fell for seven periods or more without a break"),
        ([5, 3] * 7 + [8, 7] * 4, "Seven or more periods in a row, the last of them month 22, were above the mean."),
        ([5, 6] * 10 + [8.4, 5.9, 8.3], "Two of three periods in a row, the last of them month 23, were far above"),
    ],
)
def test_the_sentence_names_the_rule_in_words(values: list[float], words: str) -> None:
    assert words in trend_sentence(points(*values))


def test_the_sentence_says_what_the_chart_that_is_drawn_shows() -> None:
    hits, labels = [10, 11] * 6 + [30], [f"month {place}" for place in range(1, 14)]
    drawn = p_chart(hits, [40] * 13, labels)

    assert "month 13 was above what is usual" in trend_sentence(drawn.points, chart=drawn)
    assert "no more than chance would explain" in trend_sentence(
        drawn.points, chart=p_chart([10] * 13, [40] * 13, labels)
    )
