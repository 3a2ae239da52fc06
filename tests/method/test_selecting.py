"""The ways to select: how many each proposes, which cases a rule takes, how it is told."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.framework import Selecting
from goldenthread.method.refusal import Refused
from goldenthread.method.sampling import draw
from goldenthread.method.selecting import (
    CaseFacts,
    another_way_faults,
    chance_words,
    files_proposed,
    fits,
    quotas_of,
    read_rule,
    rule_in_words,
    stratum_of,
    way_in_words,
)

STATUSES = ("looked_after", "child_in_need")
sizes = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 60), min_size=1, max_size=12)


@given(st.integers(0, 100), st.integers(0, 20_000))
def test_a_share_of_the_open_cases_is_rounded_up(percent: int, cases: int) -> None:
    assert files_proposed(percent, cases) == math.ceil(percent * cases / 100 - 1e-9)


@given(sizes, st.integers(1, 80))
def test_in_proportion_all_that_is_asked_is_shared_or_all_there_is(held: dict[str, int], total: int) -> None:
    quotas = quotas_of(Selecting("case_file", "stratified"), held, total)

    assert sum(quotas.values()) == min(total, sum(held.values()))
    assert all(0 <= quotas[name] <= held[name] for name in held)


@given(sizes, st.integers(1, 5), st.integers(1, 80))
def test_a_fixed_number_is_taken_of_every_stratum_whatever_the_total(
    held: dict[str, int], each: int, total: int
) -> None:
    quotas = quotas_of(Selecting("case_file", "stratified", allocation="fixed", each=each), held, total)

    assert quotas == {name: min(each, size) for name, size in held.items()}


@given(sizes, st.integers(1, 5), st.integers(1, 80))
def test_at_least_so_many_are_taken_of_every_stratum(held: dict[str, int], each: int, total: int) -> None:
    quotas = quotas_of(Selecting("case_file", "stratified", allocation="at_least", each=each), held, total)

    least = {name: min(each, size) for name, size in held.items()}
    assert all(least[name] <= quotas[name] <= held[name] for name in held)
    assert sum(quotas.values()) == min(max(total, sum(least.values())), sum(held.values()))


def test_a_case_is_in_the_stratum_that_the_framework_draws_by() -> None:
    cases = [("simple_random", ("status", "team")), ("stratified", ("status", "team")), ("stratified", ("status",))]

    assert [stratum_of(way, by, "looked_after", "Duty 2") for way, by in cases] == [
        "all / every team",
        "looked_after / Duty 2",
        "looked_after / every team",
    ]


# --- a rule ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "takes"),
    [
        ("${status} = 'looked_after'", {"A"}),
        ("selected(${tags}, 'uasc')", {"A"}),
        ("${team} = 'Duty 2' and not(${status} = 'looked_after')", {"B"}),
        ("${days_open} > 365", {"B"}),
        ("${days_open} <= 365", {"A"}),
        ("${locality} = 'North' or ${age_band} = '5 to 9'", {"A", "B"}),
        ("${days_open} > 100000", set()),
    ],
)
def test_a_rule_takes_the_cases_that_it_says(rule: str, takes: set[str]) -> None:
    cases = {
        "A": CaseFacts("looked_after", ("uasc", "disability"), "5 to 9", "Duty 2", "South", date(2026, 1, 1)),
        "B": CaseFacts("child_in_need", (), "0 to 4", "Duty 2", "North", date(2020, 1, 1)),
        "C": CaseFacts("care_leaver"),
    }

    read = read_rule(rule)
    assert {ref for ref, case in cases.items() if fits(read, case, date(2026, 6, 1))} == takes


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("", "Write the rule, such as ${status} = 'looked_after' and ${days_open} > 365."),
        ("${name} = 'x'", "The rule asks for name, which a case list does not say. It may ask for status, tags, "
         "age_band, team, locality and days_open."),
        ("${status} = 'LAC'", "The rule asks whether the status is “LAC”, which is none of them: looked_after, "
         "child_in_need."),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_asked_is_refused(rule: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_rule(rule, STATUSES)

    assert refusal.value.sentences == (sentence,)


@given(st.text("${}status'=<>() andornot5", max_size=40))
@settings(max_examples=300)
def test_whatever_is_typed_as_a_rule_is_read_or_refused(typed: str) -> None:
    try:
        read = read_rule(typed, STATUSES)
    except Refused:
        return
    assert fits(read, CaseFacts("looked_after"), date(2026, 6, 1)) in (True, False)


def test_a_rule_is_told_in_words() -> None:
    assert rule_in_words("${days_open} > 365\n or ${age_band} = '5 to 9'") == (
        "days open is more than 365 or age band is “5 to 9”"
    )


# --- how it is told --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sought", "held", "words"), [(1, 1, "all of them"), (1, 2, "1 in 2"), (2, 14, "1 in 7"), (3, 7, "about 1 in 2.3")]
)
def test_a_chance_is_told_as_one_in_so_many(sought: int, held: int, words: str) -> None:
    assert chance_words(sought, held) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Selecting("x", "simple_random"), "at random from all of them"),
        (Selecting("x", "stratified", allocation="fixed", each=2), "at random in strata, 2 of each"),
        (Selecting("x", "event", on=("closure", "transfer")), "every case that was closed or moved to another team"),
        (Selecting("x", "rule", rule="${team} = 'A'"), "every case that fits a rule: team is “A”"),
        (Selecting("x", "rule"), "every case that fits a rule, said when they are chosen"),
        (Selecting("x", "hand"), "by hand, with a reason for each"),
    ],
)
def test_a_way_is_told_as_the_framework_has_it(rule: Selecting, words: str) -> None:
    assert way_in_words(rule, {}) == words


def test_another_way_than_the_frameworks_needs_a_reason() -> None:
    rule = Selecting("case_file", "stratified")

    assert (another_way_faults(rule, "stratified", ""), another_way_faults(rule, "hand", "A review asks")) == ([], [])
    assert another_way_faults(rule, "hand", " ") == [
        "Say why these files are chosen in another way than the framework says; it stays on record."
    ]


# --- chance ----------------------------------------------------------------------------------------------


def test_each_case_of_a_stratum_is_drawn_as_often_as_its_chance_says() -> None:
    """A chi-squared of 14 cases over 2,000 draws; 34.5 is passed once in a thousand by chance. The seeds are fixed."""
    rows = [(f"K{number}", "CP") for number in range(14)]
    drawn = dict.fromkeys((ref for ref, _ in rows), 0)
    draws, sought = 2000, 2
    for number in range(draws):
        for ref in draw(rows, source=f"dice:{number}", draw_id="1", quotas={"CP": sought}).selected["CP"]:
            drawn[ref] += 1
    expected = draws * sought / len(rows)

    assert sum((count - expected) ** 2 / expected for count in drawn.values()) < 34.5
