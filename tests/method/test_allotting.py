"""A session's files given to its auditors: held against every way there is, and against what no way may do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.allotting import Able, Allotment, Barred, ToAllot, measured, solve
from goldenthread.method.framework import Allotting

CIN, CLA, CP = "child_in_need", "looked_after", "child_protection"
ALONE, TOGETHER = Allotting(), Allotting(pairs="together", mixed_seniority=True)
RULES = [ALONE, Allotting(mixed_files=False), Allotting(pairs="apart"), TOGETHER]


def every_way(files: Sequence[ToAllot], auditors: Sequence[Able], barred: Barred, rule: Allotting) -> Iterator[Any]:
    """The slow obvious version's ways: each file to one who may, or to two where the framework wants two."""
    able = {file.key: [each.key for each in auditors if (file.key, each.key) not in barred] for file in files}
    choices = []
    for file in files:
        who = able[file.key]
        choices.append(list(combinations(who, min(len(who), 1 if rule.pairs == "none" else 2))))
    for way in product(*choices):
        yield {file.key: chosen for file, chosen in zip(files, way, strict=True) if chosen}


def judged(way: Mapping[int, Sequence[int]], files: Any, auditors: Any, rule: Allotting) -> tuple[int, ...]:
    found = measured(files, auditors, way, rule)
    return (len(files) - len(way), found["uneven"], found["repeats"], found["same"])


def best(files: Sequence[ToAllot], auditors: Sequence[Able], barred: Barred, rule: Allotting) -> tuple[int, ...]:
    return min(judged(way, files, auditors, rule) for way in every_way(files, auditors, barred, rule))


def of(found: Allotment, files: Sequence[ToAllot]) -> tuple[int, ...]:
    return (len(files) - len(found.given), found.uneven, found.repeats, found.same)


FILES = st.lists(
    st.tuples(st.sampled_from([CIN, CLA, CP]), st.sampled_from([100, 100, 100, 75, 150, 130])), max_size=5
).map(lambda rows: [ToAllot(key, *row) for key, row in enumerate(rows)])
ALIKE = st.lists(st.sampled_from([CIN, CLA, CP]), max_size=6).map(
    lambda statuses: [ToAllot(key, status) for key, status in enumerate(statuses)]
)
AUDITORS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from([0, 0, 100, 125, 300]),
        st.dictionaries(st.sampled_from([CIN, CLA]), st.integers(1, 2), max_size=2),
    ),
    max_size=3,
).map(lambda rows: [Able(100 + key, *row) for key, row in enumerate(rows)])
BARRED = st.frozensets(st.tuples(st.integers(0, 5), st.integers(100, 102)), max_size=10).map(
    lambda pairs: dict.fromkeys(pairs, "holds this case")
)
CROWDS = st.tuples(st.one_of(FILES, ALIKE), AUDITORS, BARRED, st.sampled_from(RULES))


@settings(max_examples=400, deadline=None)
@given(CROWDS)
def test_no_other_allotment_is_better(crowd: Any) -> None:
    files, auditors, barred, rule = crowd

    found = solve(files, auditors, barred, rule)

    assert (of(found, files), found.proven) == (best(files, auditors, barred, rule), True)


@settings(max_examples=200, deadline=None)
@given(CROWDS)
def test_nobody_has_a_file_that_she_may_not_audit_and_each_that_somebody_may_is_given(crowd: Any) -> None:
    files, auditors, barred, rule = crowd
    able = {file.key: {each.key for each in auditors if (file.key, each.key) not in barred} for file in files}

    found = solve(files, auditors, barred, rule)

    wanted = 1 if rule.pairs == "none" else 2
    assert {file: len(set(who)) for file, who in found.given.items()} == {
        file: min(len(who), wanted) for file, who in able.items() if who
    }
    assert all(set(who) <= able[file] for file, who in found.given.items())
    assert set(found.alone) == {file for file, who in able.items() if len(who) == 1 and wanted > 1}


@settings(max_examples=100, deadline=None)
@given(CROWDS)
def test_a_file_that_nobody_may_audit_comes_with_each_ones_reason(crowd: Any) -> None:
    files, auditors, barred, rule = crowd

    found = solve(files, auditors, barred, rule)

    assert found.nobody == {
        file.key: {each.key: barred[file.key, each.key] for each in auditors}
        for file in files
        if all((file.key, each.key) in barred for each in auditors)
    }


@settings(max_examples=50, deadline=None)
@given(CROWDS)
def test_the_same_files_and_auditors_have_the_same_allotment(crowd: Any) -> None:
    assert solve(*crowd) == solve(*crowd)


def of_each(status: str, *keys: int) -> list[ToAllot]:
    return [ToAllot(key, status) for key in keys]


def test_files_are_mixed_where_loads_are_even_either_way() -> None:
    files = [*of_each(CIN, 1, 2), *of_each(CLA, 3, 4)]

    found = solve(files, [Able(10), Able(20)], {}, ALONE)

    assert sorted(sorted(file for file, who in found.given.items() if who == (each,)) for each in (10, 20)) in (
        [[1, 3], [2, 4]],
        [[1, 4], [2, 3]],
    )


def test_a_long_file_counts_for_two_short_ones() -> None:
    files = [ToAllot(1, CIN, 200), ToAllot(2, CIN), ToAllot(3, CIN)]

    found = solve(files, [Able(10), Able(20)], {}, ALONE)

    assert found.given[2] == found.given[3] != found.given[1]


def test_what_somebody_has_already_counts() -> None:
    found = solve(of_each(CIN, 1, 2), [Able(10, load=200), Able(20)], {}, ALONE)

    assert found.given == {1: (20,), 2: (20,)}


@pytest.mark.parametrize("pairs", ["together", "apart"])
def test_two_of_different_seniority_audit_each_file(pairs: Any) -> None:
    auditors = [Able(10, 1), Able(20, 1), Able(30, 3), Able(40, 3)]

    found = solve(of_each(CIN, 1, 2), auditors, {}, Allotting(pairs=pairs, mixed_seniority=True))

    assert (found.same, {len({who[0] // 30, who[1] // 30}) for who in found.given.values()}) == (0, {2})


def test_of_those_who_audit_two_files_with_somebody_each_is_first_once() -> None:
    found = solve(of_each(CIN, 1, 2), [Able(10), Able(20)], {}, Allotting(pairs="apart"))

    assert sorted(found.given.values()) == [(10, 20), (20, 10)]


def test_when_time_is_out_files_are_given_as_they_come_and_nothing_is_claimed() -> None:
    files = [ToAllot(key, CIN, 75 + 50 * (key % 2)) for key in range(9)]

    found = solve(files, [Able(10), Able(20), Able(30)], {(0, 10): "holds this case"}, ALONE, seconds=0)

    assert (found.proven, len(found.given), found.given[0] != (10,)) == (False, 9, True)


@pytest.mark.parametrize("order", list(permutations([0, 1, 2])))
def test_a_file_that_one_may_audit_goes_to_her_in_whatever_order_they_come(order: tuple[int, ...]) -> None:
    files = [of_each(CIN, 1, 2, 3)[place] for place in order]

    found = solve(files, [Able(10), Able(20), Able(30)], {(1, 10): "x", (1, 20): "x", (2, 20): "x"}, ALONE)

    assert found.given == {1: (30,), 2: (10,), 3: (20,)}
