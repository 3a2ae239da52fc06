"""The attacker finds what can be worked out, and nothing else: held against brute force, and against plain MILPs."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from goldenthread.method.disclosure import ALL_ALIKE, HIDES_ANOTHER, SMALL, Breach, Released, attack
from goldenthread.method.refusal import Refused

TEAMS, GRADES, QUARTERS = ("North", "South"), ("Good", "Poor"), ("Q1", "Q2")


def with_totals(lines: Any) -> np.ndarray:
    table = np.array(lines)
    table = np.hstack([table, table.sum(axis=1, keepdims=True)])
    return np.vstack([table, table.sum(axis=0, keepdims=True)])


def table(lines: Any, hidden: Any = (), *, reason: str = "", **more: Any) -> Released:
    """A released table of these true counts, without `hidden` cells; `reason` is given for all of them."""
    whole, gone = with_totals(lines), set(hidden)
    cells = tuple(
        tuple(None if (i, j) in gone else int(count) for j, count in enumerate(line)) for i, line in enumerate(whole)
    )
    reasons = tuple(
        tuple(reason if (i, j) in gone else "" for j in range(whole.shape[1])) for i in range(whole.shape[0])
    )
    rows = tuple(f"Team {i}" for i in range(len(lines)))
    columns = tuple(f"Grade {j}" for j in range(len(lines[0])))
    given = {"population": "files", "rows": rows, "columns": columns, "by": ("team", "grade"), **more}
    return Released(cells=cells, reasons=reasons if reason else (), **given)


def places(found: list[Breach]) -> set[tuple[int, str, str]]:
    return {(each.table, each.row, each.column) for each in found}


# --- against brute force ---------------------------------------------------------------------------------------------

cells_of_two = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1)
counts_of_two = st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2)


@given(counts_of_two, cells_of_two, st.integers(2, 4))
@settings(max_examples=60, deadline=None)
def test_the_bounds_are_those_of_every_table_there_is(
    lines: list[list[int]], hidden: set[tuple[int, int]], threshold: int
) -> None:
    every = np.array(list(product(range(11), repeat=4)), dtype=np.int16).reshape(-1, 2, 2)
    every = np.concatenate([every, every.sum(axis=2, keepdims=True)], axis=2)
    every = np.concatenate([every, every.sum(axis=1, keepdims=True)], axis=1)
    truth = with_totals(lines)
    for cell in product(range(3), range(3)):
        if cell not in hidden:
            every = every[every[:, *cell] == truth[cell]]

    released = table(lines, hidden, reason=SMALL)
    found = {(each.row, each.column): each for each in attack([released], threshold) if "is hidden" in each.why}

    rows, columns = ("Team 0", "Team 1", "Total"), ("Grade 0", "Grade 1", "Total")
    for cell in hidden:
        least, most = int(every[:, *cell].min()), int(every[:, *cell].max())
        breach = found.get((rows[cell[0]], columns[cell[1]]))
        if breach:
            assert breach.low == least
            assert breach.high == most or (breach.high is None and most >= 10)
        assert bool(breach) == (least > 0 or most < threshold)


# --- against plain mixed-integer programs ----------------------------------------------------------------------------


def bounds(
    cube: np.ndarray, tables: list[Released], marks: list[np.ndarray], target: np.ndarray
) -> tuple[float, float]:
    """What `target` of the cube's cells can add up to, asked of scipy over every cell of the cube, twice."""
    rows, sums = list[np.ndarray](), list[int]()
    for released, mark in zip(tables, marks, strict=True):
        for i, line in enumerate(released.cells):
            for j, shown in enumerate(line):
                if shown is not None:
                    rows.append(mark[i, j])
                    sums.append(shown)
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * target.astype(float),
            constraints=[LinearConstraint(np.array(rows, dtype=float), sums, sums)] if rows else [],
            integrality=np.ones(cube.size),
            bounds=Bounds(0, 60),
        )
        ends.append(round(sign * found.fun))
    return ends[0], ends[1]


def marks_of(cube: np.ndarray, quarters: tuple[int, ...]) -> np.ndarray:
    """Of a team × grade table over these quarters: which cells of the cube (quarter, team, grade) each cell sums."""
    _, teams, grades = cube.shape
    found = np.zeros((teams + 1, grades + 1, *cube.shape), dtype=bool)
    for quarter, team, grade in product(quarters, range(teams), range(grades)):
        for i, j in product((team, teams), (grade, grades)):
            found[i, j, quarter, team, grade] = True
    return found.reshape(teams + 1, grades + 1, -1)


@st.composite
def families(draw: st.DrawFn) -> tuple[np.ndarray, list[Released]]:
    """Two quarters and their half year, 2 × 2 or 3 × 2, some cells of each hidden at random."""
    shape = (2, draw(st.integers(2, 3)), 2)
    counts = draw(st.lists(st.integers(0, 9), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    cube, released = np.array(counts).reshape(shape), []
    for quarters, label in (((0,), "Q1"), ((1,), "Q2"), ((0, 1), "half")):
        hidden = draw(st.sets(st.tuples(st.integers(0, shape[1]), st.integers(0, 2)), max_size=7))
        parts = {"half": QUARTERS} if label == "half" else {}
        released.append(table(cube[list(quarters)].sum(axis=0).tolist(), hidden, scope={"period": label}, parts=parts))
    return cube, released


@given(families())
@settings(max_examples=25, deadline=None)
def test_in_families_it_finds_what_plain_programs_find(family: tuple[np.ndarray, list[Released]]) -> None:
    cube, released = family
    marks = [marks_of(cube, quarters) for quarters in ((0,), (1,), (0, 1))]
    found = {(each.table, each.row, each.column): each for each in attack(released, 6) if "is hidden" in each.why}

    for place, each in enumerate(released):
        for i, line in enumerate(each.cells):
            for j, shown in enumerate(line):
                if shown is not None:
                    continue
                low, high = bounds(cube, released, marks, marks[place][i, j])
                name = (place, (*each.rows, "Total")[i], (*each.columns, "Total")[j])
                assert (name in found) == (low >= 1 and high < 6)
                if name in found:
                    assert (found[name].low, found[name].high) == (low, high)


# --- what it is for --------------------------------------------------------------------------------------------------


def test_a_lone_hidden_cell_is_worked_out_by_subtraction() -> None:
    (found,) = attack([table([[3, 9], [8, 7]], {(0, 0)})], 6)

    assert (found.table, found.row, found.column, found.low, found.high) == (0, "Team 0", "Grade 0", 3, 3)
    assert found.why == "Team 0, Grade 0: the count is hidden, but can be worked out: it is 3."


def test_a_small_number_that_is_shown_is_found() -> None:
    (found,) = attack([table([[9, 9], [8, 3]])], 6)

    assert found.why == "Team 1, Grade 1: the count is shown, and is a small number."


def test_a_year_less_three_quarters_is_the_fourth() -> None:
    """Each table is safe alone. The year's total less three published quarters' is the fourth quarter's, hidden."""
    quarters = [table([[9], [8]], scope={"period": f"Q{number}"}) for number in (1, 2, 3)]
    fourth = table([[2], [8]], {(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)}, reason=SMALL, scope={"period": "Q4"})
    year = table([[29], [32]], scope={"period": "year"}, parts={"year": ("Q1", "Q2", "Q3", "Q4")})

    assert attack([*quarters, fourth], 6) == []
    assert (3, "Team 0", "Grade 0") in places(attack([*quarters, fourth, year], 6))


def test_the_same_margin_in_two_tables_joins_them() -> None:
    """By team × grade and by status × grade: the second shows the total that the first hid."""
    kinds = {"rows": ("LAC", "CP"), "by": ("status", "grade")}
    hidden = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)}
    first = table([[2, 20], [0, 30]], hidden, reason=SMALL)
    second = table([[2, 25], [0, 25]], {(0, 0), (0, 1), (1, 0), (1, 1)}, **kinds)

    assert attack([first], 6) != attack([first, second], 6)
    assert (0, "Total", "Grade 0") in places(attack([first, second], 6))


def test_tables_of_other_files_are_not_held_against_each_other() -> None:
    one, other = table([[2, 9], [8, 7]], {(0, 0), (0, 1), (1, 0), (1, 1)}), table([[2, 9], [8, 7]], population="others")

    assert places(attack([one, other], 6)) == {(1, "Team 0", "Grade 0")}


def test_a_small_number_must_be_thinkable_as_nothing_and_as_one_that_may_be_shown() -> None:
    """Between 3 and 12: not proven to be small, but its own table says that it is, and 3 at least."""
    lines, hidden = [[3, 9, 40], [9, 3, 40], [40, 40, 40]], {(0, 0), (0, 1), (1, 0), (1, 1)}

    assert attack([table(lines, hidden, reason=SMALL)], 6) == []
    narrow = attack([table([[4, 2], [9, 9]], {(0, 0), (0, 1), (1, 0), (1, 1)}, reason=SMALL)], 9)
    assert {(0, "Team 0", "Grade 0"), (0, "Team 0", "Grade 1")} <= places(narrow)


def test_what_hides_another_is_not_itself_protected() -> None:
    assert attack([table([[9, 9], [8, 7]], {(0, 0)}, reason=HIDES_ANOTHER)], 6) == []


def test_a_group_that_is_known_to_be_all_alike_is_found() -> None:
    (found,) = attack([table([[0, 9], [8, 7]])], 6)

    assert found.why == "Team 0, Grade 1: the count holds every file of its row, and a reader can work that out."
    assert attack([table([[0, 9], [8, 7]], {(0, 0), (0, 1), (1, 0), (1, 1)}, reason=ALL_ALIKE)], 6) == []


def test_a_hidden_nought_that_is_known_to_be_nought_gives_a_group_away() -> None:
    assert "holds every file" in attack([table([[0, 9], [8, 7]], {(0, 0)}, reason=ALL_ALIKE)], 6)[0].why


def test_rounding_leaves_room() -> None:
    """13 and 7 shown as 15 and 5: their difference no longer gives the third away."""
    exact = table([[3, 9], [8, 7]], {(0, 0)})
    rounded = Released(
        "files", exact.rows, exact.columns, ((None, 10, 10), (10, 5, 15), (10, 15, 25)), by=exact.by, round_to=5
    )

    assert attack([exact], 6)
    assert attack([rounded], 6) == []


def test_rounding_does_not_hide_what_two_tables_pin() -> None:
    shown = Released("files", ("A",), ("Good", "Poor"), ((None, 20, 20),) * 2, by=("team", "grade"), round_to=5)
    same = Released("files", ("A",), ("Good", "Poor"), ((None, 20, 22),) * 2, by=("team", "grade"))

    assert {(each.low, each.high) for each in attack([shown, same], 6)} == {(2, 2)}


def test_a_solution_in_halves_is_none() -> None:
    """Three kinds of file, each two of them together 7: three and a half of each, so somebody miscounted."""
    of = {"a": ("x", "y"), "b": ("y", "z"), "c": ("x", "z")}
    tables = [table([[7]], scope={"kind": name}, parts=of) for name in of]

    with pytest.raises(Refused, match="These tables contradict each other"):
        attack(tables, 6)


def test_a_table_of_some_periods_says_nothing_of_later_ones() -> None:
    trend = Released("files", ("Q1",), ("Good", "Poor"), ((9, 9, 18), (9, 9, 18)), by=("period", "grade"))
    longer = Released(
        "files", ("Q1", "Q2"), ("Good", "Poor"), ((9, 9, 18), (7, None, None), (16, None, None)), by=("period", "grade")
    )
    second = table([[3, 4], [4, 2]], {(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)}, scope={"period": "Q2"},
                   columns=("Good", "Poor"))  # fmt: skip

    assert attack([trend, longer], 6) == []
    assert (1, "Q2", "Poor") in places(attack([trend, longer, second], 7))


def test_a_team_that_a_table_does_not_list_had_no_file_in_its_period() -> None:
    """So what another table of the period hides of that team is known to be nought."""
    both = table([[9, 9]], scope={"period": "Q1"})
    hidden = {(1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)}
    listed = table([[9, 9], [0, 0]], hidden, scope={"period": "Q1"})
    by_status = table([[9, 9]], scope={"period": "Q1"}, by=("status", "grade"), rows=("LAC",))

    assert attack([both, listed, by_status], 6) == []


# --- what is refused, and what is kept -------------------------------------------------------------------------------


def test_tables_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(Refused, match="These tables contradict each other"):
        attack([table([[9, 9], [8, 7]]), table([[9, 9], [8, 9]])], 6)


def test_a_label_made_of_different_things_is_refused() -> None:
    one, other = (table([[9]], scope={"period": "year"}, parts={"year": parts}) for parts in (("Q1",), ("Q1", "Q2")))

    with pytest.raises(Refused, match="'year' is made of Q1 in one table and not in another"):
        attack([one, other], 6)


def test_a_label_that_is_part_of_itself_is_refused() -> None:
    with pytest.raises(Refused, match="'year' is said to be a part of itself"):
        attack([table([[9]], scope={"period": "year"}, parts={"year": ("half",), "half": ("year",)})], 6)


def test_rows_that_overlap_are_refused() -> None:
    with pytest.raises(Refused, match="'Team 0' and 'Team 1' overlap in one table"):
        attack([table([[9, 9], [9, 9]], parts={"Team 0": ("x", "y"), "Team 1": ("y",)})], 6)


def test_more_than_can_be_checked_is_refused() -> None:
    wide = [
        Released("files", tuple(f"{d}{k}" for k in range(60)), ("g",), ((9, 9),) * 61, by=(d, "grade")) for d in "abc"
    ]

    with pytest.raises(Refused, match="216,000 groups of files apart"):
        attack(wide, 6)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"cells": ((1,),)}, "needs a count, or none, for every row and column"),
        ({"round_to": 0}, "Counts cannot be rounded to 0"),
        ({"scope": {"team": "North"}}, "must be different things"),
    ],
)
def test_what_is_no_released_table_is_refused(more: dict[str, Any], sentence: str) -> None:
    given = {
        "population": "files",
        "rows": ("A",),
        "columns": ("b",),
        "cells": ((9, 9), (9, 9)),
        "by": ("team", "grade"),
    }

    with pytest.raises(Refused, match=sentence):
        Released(**{**given, **more})


def test_a_released_table_comes_back_from_json_as_it_was() -> None:
    kept = table([[3, 9]], {(0, 0)}, reason=SMALL, scope={"period": "year"}, parts={"year": ("Q1", "Q2")}, round_to=5)

    assert Released.from_json(json.loads(json.dumps(kept.as_json()))) == kept
