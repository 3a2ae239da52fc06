"""Files shared out: never to someone who may not, and as even as that allows. The slow version tries every way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.sharing import fair_shares

Pairs = frozenset[tuple[int, int]]


def shares(files: Sequence[int], auditors: Sequence[int], barred: Pairs, held: Mapping[int, int]) -> dict[int, int]:
    return fair_shares(files, auditors, lambda file, auditor: "no" if (file, auditor) in barred else None, held)


def loads(given_out: Mapping[int, int], auditors: Sequence[int], held: Mapping[int, int]) -> list[int]:
    """How much each has in the end, most first."""
    counted = Counter(given_out.values())
    return sorted((held.get(auditor, 0) + counted[auditor] for auditor in auditors), reverse=True)


def most_even(files: Sequence[int], auditors: Sequence[int], barred: Pairs, held: Mapping[int, int]) -> list[int]:
    """The slow obvious version: of every way to share, the one whose most loaded has least, then the next."""
    able = [[auditor for auditor in auditors if (file, auditor) not in barred] for file in files]
    kept = [(file, who) for file, who in zip(files, able, strict=True) if who]
    ways = product(*(who for _, who in kept))
    return min(loads(dict(zip((file for file, _ in kept), way, strict=True)), auditors, held) for way in ways)


@pytest.mark.parametrize(
    ("files", "auditors", "barred", "held", "given_out"),
    [
        ([], [10, 20], frozenset(), {}, {}),
        ([1, 2, 3, 4], [10, 20], frozenset(), {}, {1: 10, 2: 20, 3: 10, 4: 20}),
        ([1, 2], [10, 20], frozenset(), {10: 2}, {1: 20, 2: 20}),
        ([1, 2], [], frozenset(), {}, {}),
        ([1, 2], [10, 20], frozenset({(1, 10), (1, 20)}), {}, {2: 10}),
        ([1, 2, 3], [10, 20], frozenset({(1, 10), (2, 10)}), {}, {1: 20, 2: 20, 3: 10}),
        # Ten has one already and may give file 2 to twenty alone, who has to give file 1 to thirty first.
        ([1, 2], [10, 20, 30], frozenset({(1, 10), (2, 30)}), {10: 1}, {1: 30, 2: 20}),
    ],
)
def test_files_are_shared_so(
    files: list[int], auditors: list[int], barred: Pairs, held: dict[int, int], given_out: dict[int, int]
) -> None:
    assert shares(files, auditors, barred, held) == given_out


CROWDS = st.integers(1, 4).flatmap(
    lambda people: st.integers(0, 6).flatmap(
        lambda number: st.tuples(
            st.just(list(range(number))),
            st.just([100 + person for person in range(people)]),
            st.frozensets(st.tuples(st.integers(0, 5), st.integers(100, 103)), max_size=14),
            st.dictionaries(st.integers(100, 103), st.integers(0, 4), max_size=4),
        )
    )
)


@given(CROWDS)
def test_nobody_gets_a_file_that_she_may_not_audit(crowd) -> None:
    files, auditors, barred, held = crowd

    given_out = shares(files, auditors, barred, held)

    assert [pair for pair in given_out.items() if pair in barred] == []


@given(CROWDS)
def test_every_file_that_somebody_may_audit_is_given_out(crowd) -> None:
    files, auditors, barred, held = crowd
    possible = {file for file in files if any((file, auditor) not in barred for auditor in auditors)}

    assert set(shares(files, auditors, barred, held)) == possible


@settings(max_examples=300)
@given(CROWDS)
def test_no_other_way_is_more_even(crowd) -> None:
    files, auditors, barred, held = crowd

    given_out = shares(files, auditors, barred, held)

    assert loads(given_out, auditors, held) == most_even(files, auditors, barred, held)
