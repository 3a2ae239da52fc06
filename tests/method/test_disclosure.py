from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.disclosure import SMALL, Protected, bounds, protected_table
from goldenthread.method.refusal import Refused


def counted(lines: list[list[int]]) -> dict[str, dict[str, int]]:
    return {
        f"Team {row}": {f"Grade {column}": count for column, count in enumerate(line)} for row, line in enumerate(lines)
    }


def tables(rows: int, columns: int, most: int) -> st.SearchStrategy[list[list[int]]]:
    line = st.lists(st.integers(0, most), min_size=columns, max_size=columns)
    return st.lists(line, min_size=rows, max_size=rows)


any_table = st.tuples(st.integers(1, 7), st.integers(1, 5)).flatmap(lambda shape: tables(*shape, 14))


def everything_possible(table: Protected, most: int) -> np.ndarray:
    """All tables with counts up to `most` that a reader of the published cells cannot rule out, one a line.

    Shape (how many, rows, columns), totals in the last row and column. Every combination is tried.
    """
    rows, columns = len(table.rows) - 1, len(table.columns) - 1
    inner = np.array(list(product(range(most + 1), repeat=rows * columns)), dtype=np.int16).reshape(-1, rows, columns)
    wide = np.concatenate([inner, inner.sum(axis=2, keepdims=True)], axis=2)
    whole = np.concatenate([wide, wide.sum(axis=1, keepdims=True)], axis=1)
    published = np.array([[-1 if cell is None else cell for cell in line] for line in table.cells])
    return whole[((whole == published) | (published == -1)).all(axis=(1, 2))]


@given(tables(2, 2, 6), st.integers(2, 4))
@settings(max_examples=100, deadline=None)
def test_trying_every_table_never_pins_a_small_count(lines: list[list[int]], threshold: int) -> None:
    found = protected_table(counted(lines), threshold)

    possible = everything_possible(found, 10)
    for row, column in product(range(3), range(3)):
        if found.reasons[row][column] == SMALL:
            assert possible[:, row, column].min() == 0
            assert possible[:, row, column].max() >= threshold


@given(tables(2, 3, 3))
@settings(max_examples=15, deadline=None)
def test_trying_every_wider_table_never_pins_a_small_count(lines: list[list[int]]) -> None:
    found = protected_table(counted(lines), 3)

    possible = everything_possible(found, 6)
    for row, column in product(range(3), range(4)):
        if found.reasons[row][column] == SMALL:
            assert (possible[:, row, column].min(), possible[:, row, column].max() >= 3) == (0, True)


@given(any_table, st.sampled_from([3, 6]))
@settings(max_examples=200, deadline=None)
def test_no_small_count_is_published_and_the_attacker_pins_none(lines: list[list[int]], threshold: int) -> None:
    found = protected_table(counted(lines), threshold)

    table = [[*line, sum(line)] for line in lines]
    table.append([sum(column) for column in zip(*table, strict=True)])
    hidden = {
        (row, column): "" for row, line in enumerate(found.cells) for column, cell in enumerate(line) if cell is None
    }
    assert not [cell for line in found.cells for cell in line if cell is not None and 0 < cell < threshold]
    for cell in hidden:
        low, high = bounds(table, hidden, cell, threshold)
        assert not (low >= 1 and high < threshold)
        if found.reasons[cell[0]][cell[1]] == SMALL:
            assert (low, high) == (0, threshold)


@given(tables(2, 2, 4), st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1))
@settings(max_examples=100, deadline=None)
def test_the_attacker_finds_the_same_bounds_as_trying_every_table(
    lines: list[list[int]], cells: set[tuple[int, int]]
) -> None:
    table = np.array([[*line, sum(line)] for line in lines])
    table = np.vstack([table, table.sum(axis=0)])
    shown = tuple(
        tuple(None if (row, column) in cells else int(table[row, column]) for column in range(3)) for row in range(3)
    )
    possible = everything_possible(Protected(("", "", ""), ("", "", ""), shown, ()), 10)

    for cell in cells:
        # 6 is as far as it is asked to look: a count of 4 moved by 6 stays among the tables tried.
        low, high = bounds(table.tolist(), dict.fromkeys(cells, ""), cell, 6)
        assert (low, min(high, 6)) == (possible[:, *cell].min(), min(6, possible[:, *cell].max()))


@given(tables(3, 2, 9).map(lambda lines: [[0, sum(lines[0])], *lines[1:]]))
@settings(max_examples=100, deadline=None)
def test_nobody_learns_that_a_whole_group_is_alike(lines: list[list[int]]) -> None:
    found = protected_table(counted(lines), 3)

    table = [[*line, sum(line)] for line in lines]
    table.append([sum(column) for column in zip(*table, strict=True)])
    hidden = {
        (row, column): "" for row, line in enumerate(found.cells) for column, cell in enumerate(line) if cell is None
    }
    if lines[0][1]:
        assert (0, 0) in hidden
        assert bounds(table, hidden, (0, 0), 1) == (0, 1)


def test_a_table_without_small_counts_is_published_whole() -> None:
    found = protected_table({"North": {"Good": 6, "Poor": 9}, "South": {"Good": 8, "Poor": 7}}, 6)

    assert found == Protected(
        ("North", "South", "Total"),
        ("Good", "Poor", "Total"),
        ((6, 9, 15), (8, 7, 15), (14, 16, 30)),
        (("", "", ""), ("", "", ""), ("", "", "")),
    )


def test_a_group_all_alike_is_hidden_with_the_reason() -> None:
    found = protected_table({"North": {"Good": 0, "Poor": 9}, "South": {"Good": 8, "Poor": 7}}, 6)

    assert found.reasons == (
        ("would show that a whole group is alike", "hides another", ""),
        ("hides another", "hides another", ""),
        ("", "", ""),
    )


def test_a_table_of_noughts_has_nothing_to_hide() -> None:
    assert protected_table(counted([[0, 0], [0, 0]]), 6).cells == ((0, 0, 0), (0, 0, 0), (0, 0, 0))


def test_a_table_of_one_small_count_says_nothing() -> None:
    assert protected_table({"North": {"Good": 3}}, 6).cells == ((None, None), (None, None))


def test_totals_are_kept_where_three_other_counts_do() -> None:
    lines = [[10 + (row + column) % 5 for column in range(12)] for row in range(12)]
    lines[7][7] = 3

    found = protected_table(counted(lines), 6)

    hidden = [(row, column) for row, line in enumerate(found.cells) for column, cell in enumerate(line) if cell is None]
    assert hidden == [(3, 3), (3, 7), (7, 3), (7, 7)]


@pytest.mark.parametrize(
    ("counts", "threshold", "sentence"),
    [
        ({"North": {"Good": 1}}, 1, "A threshold of 1 hides nothing: give 2 or more."),
        ({"North": {"Good": -1}}, 6, "A table of counts cannot hold a number below 0."),
        (
            {"North": {"Good": 1}, "South": {"Poor": 1}},
            6,
            "A table needs at least one row and one column, and the same columns in every row.",
        ),
        ({}, 6, "A table needs at least one row and one column, and the same columns in every row."),
    ],
)
def test_what_is_no_table_is_refused(counts: dict[str, dict[str, int]], threshold: int, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        protected_table(counts, threshold)

    assert refusal.value.sentences == (sentence,)
