"""How many files a draw takes of each stratum: what is owed first, and no case without a chance.

The slow version of what is owed tries every way to place the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.mending import OTHERS, Mending, Wanted, mending
from goldenthread.method.quotas import quotas_in_proportion
from goldenthread.method.refusal import Refused

STATUSES, TEAMS = ("child_protection", "looked_after", "early_help"), ("Duty 1", "Duty 2", "Safeguarding 1")
NAMES = [f"{status} / {team}" for status in STATUSES for team in TEAMS]


def owed(files: int, *strata: str) -> Wanted:
    return Wanted(frozenset(strata), files)


def some_sizes(most: int = 40) -> st.SearchStrategy[dict[str, int]]:
    return st.dictionaries(st.sampled_from(NAMES), st.integers(1, most), min_size=1)


def some_owed(most: int = 4) -> st.SearchStrategy[list[Wanted]]:
    return st.lists(st.builds(Wanted, st.frozensets(st.sampled_from(NAMES), max_size=4), st.integers(0, most)))


# --- what is owed ----------------------------------------------------------------------------------------


def test_with_nothing_owed_and_files_enough_the_shares_are_those_of_the_sizes() -> None:
    sizes = {"CP / Duty 1": 50, "CLA / Duty 1": 30, "CP / Duty 2": 20}

    assert mending(sizes, [], 10).quotas == quotas_in_proportion(sizes, 10)


def test_what_is_owed_comes_first_and_the_rest_is_shared_by_size() -> None:
    sizes = {"CP / Duty 1": 90, "CP / Duty 2": 10}

    assert mending(sizes, [owed(4, "CP / Duty 2")], 8).quotas == {"CP / Duty 1": 4, "CP / Duty 2": 4}


def test_one_file_mends_a_team_and_a_status_at_once_where_it_can() -> None:
    sizes = {"CP / Duty 1": 50, "CLA / Duty 1": 5, "CLA / Duty 2": 50}
    duty, care = owed(1, "CP / Duty 1", "CLA / Duty 1"), owed(1, "CLA / Duty 1", "CLA / Duty 2")

    assert mending(sizes, [duty, care], 3).quotas == {"CP / Duty 1": 1, "CLA / Duty 1": 1, "CLA / Duty 2": 1}


def test_where_not_all_can_be_mended_what_presses_most_is() -> None:
    sizes = dict.fromkeys(("A / 1", "B / 2", "C / 3"), 9)

    made = mending(sizes, [owed(1, "C / 3"), owed(1, "B / 2")], 2)

    assert made.quotas == {"C / 3": 1, OTHERS: 1}


def test_more_is_never_taken_of_a_stratum_than_it_holds() -> None:
    assert mending({"A / 1": 2, "B / 1": 9}, [owed(5, "A / 1")], 6).quotas == {"A / 1": 2, "B / 1": 4}


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), min_size=1, max_size=4), some_owed(2), st.integers(1, 5)
)
def test_what_presses_most_is_mended_as_far_as_any_way_of_placing_the_files_can(
    sizes: dict[str, int], wanted: Sequence[Wanted], total: int
) -> None:
    made = mending(sizes, wanted, total)
    alone = {name for name, drawn_in in made.strata.items() if name == drawn_in}

    for each in wanted[:1]:
        files = sum(made.quotas[name] for name in each.strata & alone)
        assert files >= min(each.files, most_placed(sizes, each.strata, total))


def most_placed(sizes: dict[str, int], strata: frozenset[str], total: int) -> int:
    """The most files that any draw could place among these strata; the last is kept back while a stratum is without."""
    total = min(total, sum(sizes.values()))
    ways = [
        way
        for placed in range(total + 1)
        for way in combinations_with_replacement(sorted(strata & sizes.keys()), placed)
        if all(way.count(name) <= sizes[name] for name in way)
        and (placed < total or sizes.keys() <= set(way) or total == 0)
    ]
    return max(len(way) for way in ways)


# --- chances ---------------------------------------------------------------------------------------------


def test_small_strata_of_one_status_are_put_together() -> None:
    sizes = {"CP / Duty 1": 80, "CP / Duty 2": 3, "CP / Duty 3": 2, "CLA / Duty 1": 40}

    made = mending(sizes, [], 6)

    assert (made.quotas, made.put_together) == (
        {"CP / Duty 1": 3, "CP / other teams": 1, "CLA / Duty 1": 2},
        {"CP / other teams": ("CP / Duty 2", "CP / Duty 3")},
    )


def test_with_too_few_files_for_that_the_small_ones_of_every_status_are_put_together() -> None:
    sizes = {"CP / 1": 90, "CP / 2": 1, "CP / 3": 1, "CLA / 2": 1, "CLA / 3": 1, "CIN / 2": 1, "CIN / 3": 1}

    made = mending(sizes, [], 3)

    assert made.quotas == {"CP / 1": 2, OTHERS: 1}
    assert made.sizes[OTHERS] == 6


def test_a_single_file_gives_every_case_the_same_chance() -> None:
    made = mending(dict.fromkeys(NAMES, 5), [owed(3, NAMES[0])], 1)

    assert (made.quotas, made.sizes) == ({OTHERS: 1}, {OTHERS: 45})


@given(some_sizes(), some_owed(), st.integers(1, 60))
def test_every_case_keeps_a_known_chance_and_the_files_add_up(
    sizes: dict[str, int], wanted: list[Wanted], total: int
) -> None:
    made = mending(sizes, wanted, total)

    assert made.strata.keys() == sizes.keys()
    assert sum(made.quotas.values()) == min(total, sum(sizes.values()))
    assert made.quotas.keys() == made.sizes.keys() == set(made.strata.values())
    assert all(0 < made.quotas[name] <= made.sizes[name] for name in made.quotas)
    assert made.sizes == slow_sizes(sizes, made)


def slow_sizes(sizes: dict[str, int], made: Mending) -> dict[str, int]:
    return {
        drawn_in: sum(size for name, size in sizes.items() if made.strata[name] == drawn_in) for drawn_in in made.sizes
    }


def test_no_file_leaves_cases_without_a_chance_and_is_refused() -> None:
    with pytest.raises(Refused, match="too few"):
        mending({"CP / Duty 1": 3}, [], 0)


def test_nothing_is_drawn_of_an_empty_list() -> None:
    assert mending({}, [], 5) == Mending({}, {}, {})


def test_the_largest_council_is_shared_out_in_a_moment() -> None:
    sizes = {f"{status} / Team {team}": 1 + team % 30 for status in range(6) for team in range(128)}
    wanted = [owed(2, *(f"{status} / Team {team}" for status in range(6))) for team in range(128)]

    assert sum(mending(sizes, wanted, 200).quotas.values()) == 200
