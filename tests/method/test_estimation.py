"""Estimates equal R's survey package, a slow second way, and what intervals promise."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.estimation import (
    Estimate,
    by_domain,
    ratio,
    stratified_mean,
    stratified_proportion,
    stratified_total,
    unread,
)
from goldenthread.method.refusal import Refused

SCHOOLS = list(csv.DictReader((Path(__file__).parent / "data" / "apistrat.csv").open()))
STYPE = [school["stype"] for school in SCHOOLS]
SIZES = {"E": 4421, "M": 1018, "H": 755}
# R ships the weights of these schools as single-precision numbers, so its last places are theirs.
PW = {"E": 44.2099990844727, "M": 20.3600006103516, "H": 15.1000003814697}


def column(name: str) -> np.ndarray:
    return np.array([float(school[name]) for school in SCHOOLS])


def slow(
    values: Sequence[float],
    strata: Sequence[str],
    sizes: dict[str, int],
    domain: Sequence[bool],
    weights: dict[str, float] | None = None,
) -> tuple[float, float]:
    """A mean and its standard error the obvious way: file by file, stratum by stratum, as the textbook writes it."""
    drawn = {of: sum(each == of for each in strata) for of in set(strata)}
    weight = weights or {of: sizes[of] / drawn[of] for of in drawn}
    files = list(zip(values, strata, domain, strict=True))
    cases = sum(weight[of] for _, of, inside in files if inside)
    mean = sum(weight[of] * value for value, of, inside in files if inside) / cases
    variance = 0.0
    for stratum, n in drawn.items():
        parts = [weight[of] * (value - mean) / cases if inside else 0.0 for value, of, inside in files if of == stratum]
        middle = sum(parts) / n
        if n > 1:
            variance += (1 - n / sizes[stratum]) * n / (n - 1) * sum((part - middle) ** 2 for part in parts)
    return mean, variance**0.5


# --- R's survey package, version 4.1 unless said otherwise -----------------------------------------------------------


def test_a_stratified_mean_is_svymeans() -> None:
    found = stratified_mean(column("api00"), STYPE, SIZES)

    assert (found.n, found.N, found.method) == (200, 6194, "t")
    assert (found.mean, found.se) == pytest.approx((662.2874, 9.408941), abs=5e-5)
    assert (found.low, found.high) == pytest.approx((643.7322, 680.8425), abs=1e-4)


def test_the_slow_way_with_rs_own_weights_gives_rs_last_places() -> None:
    """survey 4.5, as `amaltawfik/spicy` keeps it in its tests: to a 10,000,000,000th."""
    everything = [True] * 200

    assert slow(column("api00"), STYPE, SIZES, everything, PW) == pytest.approx(
        (662.28736315932076, 9.4089408027845831), rel=1e-10
    )


def test_a_total_is_svytotals() -> None:
    found = stratified_total(column("enroll"), STYPE, SIZES)

    assert (found.mean, found.se) == pytest.approx((3687178, 114642), abs=1)


def test_a_ratio_is_svyratios() -> None:
    found = ratio(column("api_stu"), column("enroll"), STYPE, SIZES)

    assert (found.mean, found.se) == pytest.approx((0.8369569, 0.007757103), abs=5e-7)


def test_a_domain_is_svybys() -> None:
    found = by_domain(column("api00"), STYPE, SIZES, [school["sch_wide"] for school in SCHOOLS])

    assert list(found) == ["No", "Yes"]
    assert (found["No"].mean, found["No"].se) == pytest.approx((593.7469, 18.61917), abs=5e-5)


def test_a_proportion_is_svyciprops_by_logit() -> None:
    found = stratified_mean(np.array([school["sch_wide"] == "Yes" for school in SCHOOLS]), STYPE, SIZES)

    assert found.method == "logit"
    assert (found.low, found.high) == pytest.approx((0.775, 0.87), abs=0.001)


# --- the slow second way, on random designs --------------------------------------------------------------------------


@st.composite
def designs(draw: st.DrawFn) -> tuple[list[float], list[str], dict[str, int], list[str]]:
    """Values, strata, sizes and domains: 1 to 4 strata of 2 to 8 files, some of them read wholly."""
    values, strata, sizes = list[float](), list[str](), dict[str, int]()
    for stratum in "abcd"[: draw(st.integers(1, 4))]:
        n = draw(st.integers(2, 8))
        values += draw(st.lists(st.integers(-50, 50).map(float), min_size=n, max_size=n))
        strata += [stratum] * n
        sizes[stratum] = n + draw(st.integers(0, 40))
    domains = draw(st.lists(st.sampled_from("xyz"), min_size=len(values), max_size=len(values)))
    order = draw(st.permutations(range(len(values))))
    return [values[at] for at in order], [strata[at] for at in order], sizes, [domains[at] for at in order]


@given(designs())
@settings(max_examples=150, deadline=None)
def test_every_mean_is_the_slow_ways(design: tuple[list[float], list[str], dict[str, int], list[str]]) -> None:
    values, strata, sizes, domains = design

    found = stratified_mean(values, strata, sizes)

    assert (found.mean, found.se) == pytest.approx(slow(values, strata, sizes, [True] * len(values)), abs=1e-10)
    assert sum(sizes.values()) == found.N


@given(designs())
@settings(max_examples=150, deadline=None)
def test_every_domain_is_the_slow_ways(design: tuple[list[float], list[str], dict[str, int], list[str]]) -> None:
    values, strata, sizes, domains = design

    for name, found in by_domain(values, strata, sizes, domains).items():
        inside = [each == name for each in domains]
        assert (found.mean, found.se) == pytest.approx(slow(values, strata, sizes, inside), abs=1e-10)
        assert found == stratified_mean(values, strata, sizes, domain=inside)


@given(designs())
@settings(max_examples=100, deadline=None)
def test_a_ratio_to_ones_is_the_mean_and_a_total_is_the_mean_of_all_cases(
    design: tuple[list[float], list[str], dict[str, int], list[str]],
) -> None:
    values, strata, sizes, _ = design
    mean, cases = stratified_mean(values, strata, sizes), sum(sizes.values())
    against, total = ratio(values, [1] * len(values), strata, sizes), stratified_total(values, strata, sizes)

    assert (against.mean, against.se) == pytest.approx((mean.mean, mean.se), abs=1e-10)
    assert (total.mean, total.se) == pytest.approx((mean.mean * cases, mean.se * cases), abs=1e-8)


@given(designs())
@settings(max_examples=100, deadline=None)
def test_an_interval_of_a_proportion_holds_its_estimate_and_what_the_files_leave_possible(
    design: tuple[list[float], list[str], dict[str, int], list[str]],
) -> None:
    values, strata, sizes, _ = design
    hits = np.array(values) > 0

    found = stratified_mean(hits, strata, sizes)

    cases = sum(sizes.values())
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.mean + 1e-12
    assert found.mean <= found.high + 1e-12
    assert found.low >= hits.sum() / cases - 1e-12
    assert found.high <= 1 - (~hits).sum() / cases + 1e-12


# --- what an interval promises ---------------------------------------------------------------------------------------


def coverage(share: float, sizes: dict[str, int], drawn: dict[str, int], times: int = 800) -> float:
    """How often the interval holds the true share, over draws from populations whose strata differ."""
    dice = np.random.default_rng(2009)
    hits = {of: round(size * min(0.98, max(0.0, share + lean))) for (of, size), lean in zip(
        sizes.items(), (0.08, -0.05, 0.0), strict=True)}  # fmt: skip
    true, held = sum(hits.values()) / sum(sizes.values()), 0
    for _ in range(times):
        counts = {of: (int(dice.hypergeometric(hits[of], sizes[of] - hits[of], drawn[of])), drawn[of]) for of in sizes}
        found = stratified_proportion(counts, sizes)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= true <= found.high
    return held / times


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.8, 0.9])
def test_an_interval_of_a_proportion_holds_the_truth_as_often_as_it_says(share: float) -> None:
    """800 draws: the standard error of a coverage of 95 % is 0.8 %."""
    held = coverage(share, {"a": 900, "b": 900, "c": 463}, {"a": 16, "b": 16, "c": 8})

    assert 0.93 <= held <= 0.99


def test_an_interval_of_a_mean_holds_the_truth_as_often_as_it_says() -> None:
    dice = np.random.default_rng(2009)
    scores = {"a": dice.integers(0, 11, 300), "b": dice.integers(3, 11, 120)}
    true, held, times = np.concatenate(list(scores.values())).mean(), 0, 2000
    sizes, strata = {"a": 300, "b": 120}, ["a"] * 24 + ["b"] * 16
    for _ in range(times):
        values = np.concatenate([dice.choice(scores["a"], 24, replace=False), dice.choice(scores["b"], 16, False)])
        found = stratified_mean(values, strata, sizes)
        held += found.low <= true <= found.high  # type: ignore[operator]

    assert 0.935 <= held / times <= 0.965


# --- which interval, and where there is none -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "sizes", "method"),
    [
        ({"a": (20, 40)}, {"a": 400}, "logit"),
        ({"a": (9, 40)}, {"a": 400}, "wilson"),
        ({"a": (31, 40)}, {"a": 400}, "wilson"),
        ({"a": (0, 40)}, {"a": 400}, "beta"),
        ({"a": (40, 40)}, {"a": 400}, "beta"),
        ({"a": (7, 40)}, {"a": 40}, "census"),
        ({"a": (15, 15), "b": (0, 15)}, {"a": 100, "b": 100}, "wilson"),
    ],
)
def test_the_interval_that_fits_is_chosen(
    counts: dict[str, tuple[int, int]], sizes: dict[str, int], method: str
) -> None:  # fmt: skip
    assert stratified_proportion(counts, sizes).method == method


def test_strata_that_are_each_alike_are_not_believed_to_be_certain() -> None:
    found = stratified_proportion({"a": (15, 15), "b": (0, 15)}, {"a": 100, "b": 100})

    assert found.se == 0
    assert (found.low, found.high) == pytest.approx((0.34, 0.66), abs=0.02)


def test_nothing_found_in_forty_files_still_leaves_some_possible() -> None:
    found = stratified_proportion({"all": (0, 40)}, {"all": 2263})

    assert (found.mean, found.low) == (0, 0)
    assert found.high == pytest.approx(0.087, abs=0.002)


def test_a_domain_of_one_file_has_no_interval() -> None:
    found = by_domain([1, 2, 3], ["a", "a", "a"], {"a": 30}, ["x", "y", "y"])

    assert (found["x"].mean, found["x"].low, found["x"].high) == (1, None, None)
    assert found["x"].method == "too few for an interval"
    assert found["y"].low is not None


def test_one_file_alone_of_its_stratum_is_measured_from_the_mean_of_all_unless_asked_otherwise() -> None:
    values, strata, sizes = [1.0, 3.0, 9.0], ["a", "a", "b"], {"a": 10, "b": 10}
    by_rule = {lonely: stratified_mean(values, strata, sizes, lonely=lonely) for lonely in ("adjust", "certainty")}

    assert by_rule["adjust"].mean == by_rule["certainty"].mean == 5.5
    assert by_rule["certainty"].se ** 2 == pytest.approx(0.25 * 0.8 * 2 / 2)
    assert by_rule["adjust"].se ** 2 == pytest.approx(0.25 * 0.8 * 2 / 2 + 0.9 * (0.5 * 3.5) ** 2)
    with pytest.raises(Refused, match="One file alone was read of 'b'"):
        stratified_mean(values, strata, sizes, lonely="refuse")


def test_a_stratum_of_one_case_that_was_read_is_certain() -> None:
    assert stratified_mean([1.0, 3.0, 9.0], ["a", "a", "b"], {"a": 10, "b": 1}, lonely="refuse").N == 11


def test_a_census_is_exact() -> None:
    assert stratified_mean([2, 4], ["a", "a"], {"a": 2}) == Estimate(2, 2, 3.0, 0.0, 3.0, 3.0, "census")
    assert stratified_total([2, 4], ["a", "a"], {"a": 2}).method == "census"


def test_a_stratum_without_files_is_left_out_and_named() -> None:
    assert stratified_mean([1, 2], ["a", "a"], {"a": 20, "b": 9}).N == 20
    assert unread(["a", "a"], {"a": 20, "b": 9, "c": 0}) == {"b": 9}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([], [], {"a": 2}), "No file was read, so there is nothing to estimate."),
        (([1, 2], ["a", "z"], {"a": 2}), "The stratum 'z' is not in the population."),
        (([1, 2, 3], ["a"] * 3, {"a": 2}), "3 files of 'a' cannot have been drawn from 2 cases."),
        (([1, float("nan")], ["a", "a"], {"a": 5}), "A value is missing or is not a number"),
        (([1], ["a", "a"], {"a": 5}), "There are 1 values for 2 files"),
    ],
)
def test_what_cannot_be_estimated_is_refused(
    arguments: tuple[list[float], list[str], dict[str, int]], sentence: str
) -> None:  # fmt: skip
    with pytest.raises(Refused, match=sentence.replace("(", r"\(")):
        stratified_mean(*arguments)


def test_what_is_no_domain_proportion_or_ratio_is_refused() -> None:
    with pytest.raises(Refused, match="No file of the domain was read"):
        stratified_mean([1, 2], ["a", "a"], {"a": 5}, domain=[False, False])
    with pytest.raises(Refused, match="The domain marks 1 of 2 files"):
        stratified_mean([1, 2], ["a", "a"], {"a": 5}, domain=[True])
    with pytest.raises(Refused, match="No file of the domain was read"):
        stratified_total([1, 2], ["a", "a"], {"a": 5}, domain=[False, False])
    with pytest.raises(Refused, match="1 domains for 2 files"):
        by_domain([1, 2], ["a", "a"], {"a": 5}, ["x"])
    with pytest.raises(Refused, match="There is no ratio to a total of 0"):
        ratio([1, 2], [0, 0], ["a", "a"], {"a": 5})
    with pytest.raises(Refused, match="3 of 2 files of a is not a proportion"):
        stratified_proportion({"a": (3, 2)}, {"a": 5})
