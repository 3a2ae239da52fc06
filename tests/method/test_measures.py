from __future__ import annotations

from collections.abc import Callable
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.estimation import stratified_mean, stratified_proportion
from goldenthread.method.measures import (
    Proportion,
    Tally,
    estimate_in_words,
    good_or_better,
    mean_in_words,
    proportion,
    proportion_in_words,
    tallies,
)
from goldenthread.method.refusal import Refused

SCALE = ("Outstanding", "Good", "Requires improvement", "Inadequate")


# --- intervals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_newcombes_worked_examples(n: int, of: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3."""
    found = proportion(n, of)

    assert (round(found.low or 0, 4), round(found.high or 0, 4), found.method) == (low, high, "wilson")


def where_it_changes(true: Callable[[float], bool], below: float, above: float) -> float:
    """Bisection: `true` below the answer and not above it."""
    for _ in range(80):
        middle = (below + above) / 2
        below, above = (middle, above) if true(middle) else (below, middle)
    return below


def interval_by_search(n: int, of: int, population: int | None) -> tuple[float, float]:
    """The shares p that a score test at 5 % would not reject, found by trying, and kept to what is possible."""
    z, share = 1.959963984540054, n / of

    def rejected(p: float) -> bool:
        left = 1.0 if population is None else (population - of) / (population - 1)
        return abs(share - p) > z * sqrt(p * (1 - p) / of * left)

    low = 0.0 if n == 0 else where_it_changes(rejected, 0.0, share)
    high = 1.0 if n == of else where_it_changes(lambda p: not rejected(p), share, 1.0)
    if population is None:
        return low, high
    return max(low, n / population), min(high, (population - of + n) / population)


@given(st.integers(1, 60), st.data())
def test_the_interval_is_what_a_score_test_does_not_reject(of: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, of))
    population = data.draw(st.none() | st.integers(of + 1, 3000))

    found = proportion(n, of, population=population)

    assert (found.low, found.high) == pytest.approx(interval_by_search(n, of, population), abs=1e-9)


def test_a_census_leaves_no_doubt() -> None:
    assert proportion(3, 12, population=12) == Proportion(3, 12, 0.25, 0.25, "census", 12)


def test_files_read_bound_what_is_possible() -> None:
    assert (proportion(5, 10, population=11).low, proportion(5, 10, population=11).high) == (5 / 11, 6 / 11)


def test_picked_files_have_no_interval() -> None:
    assert proportion(9, 40, population=2263, at_random=False) == Proportion(9, 40, None, None, "purposive", 2263)


@pytest.mark.parametrize(
    ("n", "of", "population", "sentence"),
    [
        (5, 4, None, "5 of 4 files is not a proportion."),
        (-1, 4, None, "-1 of 4 files is not a proportion."),
        (1, 4, 3, "4 files cannot have been drawn from 3 cases."),
    ],
)
def test_impossible_proportions_are_refused(n: int, of: int, population: int | None, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        proportion(n, of, population=population)

    assert refusal.value.sentences == (sentence,)


# --- in words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            proportion(9, 40),
            "9 of 40 files were Good or better (23%). Between 12% and 38% is plausible for all open cases.",
        ),
        (
            proportion(9, 40, population=2263),
            "9 of 40 files were Good or better (23%). Between 12% and 37% is plausible for all 2,263 open cases.",
        ),
        (
            proportion(2, 6, population=50),
            "2 of 6 files were Good or better. With so few files, anything between 10% and 69% is plausible "
            "for all 50 open cases.",
        ),
        (
            proportion(9, 40, at_random=False),
            "9 of 40 files were Good or better (23%). They were picked, not drawn at random, "
            "so this says nothing of other cases.",
        ),
        (proportion(6, 12, population=12), "6 of 12 files were Good or better (50%). These are all 12 open cases."),
        (proportion(0, 0), "No file was read, so there is nothing to say."),
        (
            proportion(199, 200, population=1000),
            "199 of 200 files were Good or better (99%). Between 98% and 99% is plausible for all 1,000 open cases.",
        ),
    ],
)
def test_a_proportion_is_said_with_its_doubt(found: Proportion, words: str) -> None:
    assert proportion_in_words(found, cases="open cases") == words


# --- tallies -----------------------------------------------------------------------------------------------


def test_grades_are_tallied_by_category_in_the_order_of_the_scale() -> None:
    graded = [("Duty", "Good"), ("CP", "Inadequate"), ("Duty", "Good"), ("Duty", "Outstanding")]

    assert tallies(graded, SCALE) == (
        Tally("CP", 1, (("Outstanding", 0), ("Good", 0), ("Requires improvement", 0), ("Inadequate", 1))),
        Tally("Duty", 3, (("Outstanding", 1), ("Good", 2), ("Requires improvement", 0), ("Inadequate", 0))),
    )


def test_good_or_better_counts_down_to_good() -> None:
    assert good_or_better([*SCALE, "Good"], SCALE) == (3, 5)


@pytest.mark.parametrize("count", [lambda: tallies([("CP", "Fine")], SCALE), lambda: good_or_better(["Fine"], SCALE)])
def test_a_grade_outside_the_scale_is_refused(count: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refusal:
        count()

    assert refusal.value.sentences == (
        "The grade 'Fine' is not in the scale Outstanding, Good, Requires improvement, Inadequate.",
    )


# --- estimates in words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "sizes", "sentence"),
    [
        (
            {"all": (9, 40)},
            {"all": 2263},
            "9 of 40 files were Good or better, 23%, and between 12% and 38% is plausible for all 2,263 open cases.",
        ),
        (
            {"LAC": (12, 15), "CP": (3, 25)},
            {"LAC": 300, "CP": 1700},
            "15 of 40 files were Good or better, 38%. With each kind of case counted by how many there are, "
            "that makes 22%, and between 13% and 36% is plausible for all 2,000 open cases.",
        ),
        (
            {"all": (2, 6)},
            {"all": 40},
            "2 of 6 files were Good or better. With so few files, anything between 7% and 78% is plausible for all 40 "
            "open cases.",
        ),
        ({"all": (3, 12)}, {"all": 12}, "3 of 12 files were Good or better, 25%. These are all 12 open cases."),
        ({"all": (1, 3)}, {"all": 3}, "1 of 3 files were Good or better. These are all 3 open cases."),
        (
            {"all": (1, 1)},
            {"all": 30},
            "1 of 1 files were Good or better: too few to say what is plausible for all 30 open cases.",
        ),
    ],
)
def test_an_estimate_is_said_with_its_denominator_and_for_whom(
    counts: dict[str, tuple[int, int]], sizes: dict[str, int], sentence: str
) -> None:
    hits = sum(hit for hit, _ in counts.values())

    assert estimate_in_words(hits, stratified_proportion(counts, sizes), cases="open cases") == sentence


@pytest.mark.parametrize(
    ("values", "size", "sentence"),
    [
        (
            [5, 6, 7, 8] * 5,
            300,
            "The mean score was 6.5 in 20 files, and between 6.0 and 7.0 is plausible for all 300 cases.",
        ),
        ([5, 6], 2, "The mean score was 5.5 in 2 files. These are all 2 cases."),
        ([5], 9, "The mean score was 5.0 in 1 file: too few to say what is plausible for all 9 cases."),
    ],
)
def test_a_mean_is_said_with_its_denominator_and_for_whom(values: list[int], size: int, sentence: str) -> None:
    assert mean_in_words(stratified_mean(values, ["all"] * len(values), {"all": size})) == sentence
