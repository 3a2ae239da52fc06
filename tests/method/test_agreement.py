"""Agreement of two graders, against published values, a slow second implementation, and what must always hold."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.agreement import Agreement, Estimate, agreement, linear_weights, share, table_of
from goldenthread.method.refusal import Refused

# The data sets that come with R's package irrCAC (Gwet 2019, version 1.0): 100 pregnancies by two abstractors, and 223
# patients by two ways of diagnosis; its answers with linear weights are kept here as its tests print them.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
DIAGNOSES = [[40, 4, 4, 17], [6, 25, 2, 13], [4, 1, 21, 12], [15, 5, 9, 45]]
IRRCAC = {  # table → (kappa2.table, gwet.ac1.table), each (value, low, high) with weights = linear.weights(1:q)
    "abstractors": (ABSTRACTORS, (0.843, 0.748, 0.938), (0.900, 0.842, 0.958)),
    "diagnoses": (DIAGNOSES, (0.407, 0.302, 0.512), (0.377, 0.267, 0.488)),
}


def scale(grades: int) -> list[str]:
    return [chr(65 + place) for place in range(grades)]


def rounded(estimate: Estimate | None) -> tuple[float, float, float]:
    assert estimate is not None
    return round(estimate.value, 3), round(estimate.low, 3), round(estimate.high, 3)


@pytest.mark.parametrize("name", IRRCAC)
def test_the_coefficients_and_their_intervals_are_those_of_irrcac(name: str) -> None:
    table, kappa, ac2 = IRRCAC[name]

    found = agreement(table, scale(len(table)))

    assert (rounded(found.kappa_linear), rounded(found.gwet_ac2)) == (kappa, ac2)


def test_two_grades_are_unweighted_as_cohen_published_them() -> None:
    """Two psychologists and 200 patients, in Cohen (1960), with three kinds; here the kind against the others."""
    found = agreement([[106, 10 + 4], [22 + 2, 28 + 10 + 6 + 12]], scale(2))

    observed, chance = (106 + 56) / 200, (120 / 200) * (130 / 200) + (80 / 200) * (70 / 200)
    assert found.kappa_linear is not None
    assert math.isclose(found.kappa_linear.value, (observed - chance) / (1 - chance))


def slowly(table: list[list[int]]) -> tuple[float, float, float, float, float]:
    """Exact, adjacent, mean shift, kappa and AC2, pair by pair from their definitions."""
    pairs = [(row, column) for row, column in product(range(len(table)), repeat=2) for _ in range(table[row][column])]
    number, most = len(pairs), len(table) - 1

    def credit(one: int, other: int) -> float:
        return 1 - abs(one - other) / most

    observed = sum(credit(*pair) for pair in pairs) / number
    by_chance = sum(credit(one, other) for (one, _), (_, other) in product(pairs, repeat=2)) / number**2
    means = [sum((one == g) + (other == g) for one, other in pairs) / (2 * number) for g in range(most + 1)]
    credits = sum(credit(one, other) for one, other in product(range(most + 1), repeat=2))
    hard = credits / ((most + 1) * most) * sum(mean * (1 - mean) for mean in means)
    return (
        sum(one == other for one, other in pairs) / number,
        sum(abs(one - other) <= 1 for one, other in pairs) / number,
        sum(other - one for one, other in pairs) / number,
        (observed - by_chance) / (1 - by_chance) if by_chance < 1 - 1e-9 else math.nan,
        (observed - hard) / (1 - hard) if hard < 1 - 1e-9 else math.nan,
    )


def figures(found: Agreement) -> tuple[float, ...]:
    kappa, ac2 = (math.nan if each is None else each.value for each in (found.kappa_linear, found.gwet_ac2))
    return found.exact.value, found.adjacent.value, found.shift_mean.value, kappa, ac2


tables = (
    st.integers(2, 5)
    .flatmap(
        lambda grades: st.lists(
            st.lists(st.integers(0, 6), min_size=grades, max_size=grades), min_size=grades, max_size=grades
        )
    )
    .filter(lambda table: sum(map(sum, table)) > 0)
)


@given(tables)
def test_every_figure_is_what_its_definition_says_pair_by_pair(table: list[list[int]]) -> None:
    np.testing.assert_allclose(figures(agreement(table, scale(len(table)))), slowly(table), atol=1e-9)


@given(tables)
def test_every_interval_holds_its_figure(table: list[list[int]]) -> None:
    found = agreement(table, scale(len(table)))
    estimates = (found.exact, found.adjacent, found.shift_mean, found.kappa_linear, found.gwet_ac2)

    for estimate in filter(None, estimates):
        assert estimate.low - 1e-9 <= estimate.value <= estimate.high + 1e-9


@given(tables)
def test_graders_exchanged_agree_as_much_and_shift_the_other_way(table: list[list[int]]) -> None:
    one, other = (agreement(each, scale(len(table))) for each in (table, np.transpose(table)))

    np.testing.assert_allclose(figures(one)[:2] + figures(one)[3:], figures(other)[:2] + figures(other)[3:], atol=1e-9)
    assert math.isclose(one.shift_mean.value, -other.shift_mean.value, abs_tol=1e-12)
    assert (one.lower, one.higher) == (other.higher, other.lower)


def test_one_grade_throughout_leaves_kappa_nothing_to_measure() -> None:
    found = agreement([[0, 0], [0, 40]], scale(2))

    assert (found.kappa_linear, found.exact.value, rounded(found.exact)[1]) == (None, 1.0, 0.912)


def test_a_single_pair_says_nothing_of_the_others() -> None:
    found = agreement([[0, 0, 1], [0, 0, 0], [0, 0, 0]], scale(3))

    assert (found.shift_mean.low, found.shift_mean.high) == (-2, 2)
    assert found.gwet_ac2 is not None
    assert (found.gwet_ac2.low, found.gwet_ac2.high) == (-1, 1)


def test_the_share_and_its_interval_are_wilsons() -> None:
    """9 of 40: between 12 and 38 %, as the field's evidence says it."""
    assert rounded(share(9, 40)) == (0.225, 0.123, 0.375)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Of 2,000 samples of 60 pairs, about 95 in 100 intervals hold the agreement of the whole."""
    dice = np.random.default_rng(2009)
    truth = np.array(DIAGNOSES) / np.sum(DIAGNOSES)
    whole = agreement(DIAGNOSES, scale(4))
    samples = [agreement(dice.multinomial(60, truth.ravel()).reshape(4, 4), scale(4)) for _ in range(2_000)]

    for name in ("exact", "shift_mean", "kappa_linear", "gwet_ac2"):
        value = getattr(whole, name).value
        held = sum(getattr(one, name).low <= value <= getattr(one, name).high for one in samples)
        assert 0.93 <= held / len(samples) <= 0.975, name


def test_pairs_become_a_table() -> None:
    table = table_of(np.array([0, 1, 1, 2]), np.array([0, 2, 2, 0]), 3)

    assert table.tolist() == [[1, 0, 0], [0, 0, 2], [1, 0, 0]]


def test_the_weights_fall_evenly() -> None:
    np.testing.assert_allclose(linear_weights(3), [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]])


@pytest.mark.parametrize(
    ("table", "grades", "sentence"),
    [([[1]], 1, "at least two grades"), ([[0, 0], [0, 0]], 2, "no pair of grades")],
)
def test_what_cannot_be_compared_is_refused(table: list[list[int]], grades: int, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        agreement(table, scale(grades))
