"""Tables of other times are left out of an attack, and nothing that they could have helped to work out is missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from goldenthread.method.disclosure import Released, attack, near
from goldenthread.method.disclosure.attacker import Breach

QUARTERS = tuple(f"Q{number}" for number in range(1, 7))
YEARS = {"year 1": QUARTERS[:3], "year 2": QUARTERS[3:]}
TEAMS, GRADES = ("North", "South"), ("Good", "Poor")
COUNTS = (0, 1, 2, 3, 6, 7, 9)
THRESHOLD = 4

Files = dict[tuple[str, str, str], int]


def some_files(dice: Random) -> Files:
    return {(quarter, team, grade): dice.choice(COUNTS) for quarter in QUARTERS for team in TEAMS for grade in GRADES}


def blanked(dice: Random, lines: list[list[int]], *, sums: bool) -> tuple[tuple[int | None, ...], ...]:
    """The counts with their totals, each small one hidden and some others; the last line hidden unless `sums`."""
    whole = [[*line, sum(line)] for line in lines]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    hidden = [[0 < count < THRESHOLD or dice.random() < 0.2 for count in line] for line in whole]
    if not sums:
        hidden[-1] = [True] * len(whole[-1])
    return tuple(
        tuple(None if gone else count for gone, count in zip(row, line, strict=True))
        for row, line in zip(hidden, whole, strict=True)
    )


def of_a_period(dice: Random, files: Files, period: str) -> Released:
    within = YEARS.get(period, (period,))
    lines = [[sum(files[quarter, team, grade] for quarter in within) for grade in GRADES] for team in TEAMS]
    return Released(
        "files", TEAMS, GRADES, blanked(dice, lines, sums=True), by=("team", "grade"), scope={"period": period},
        parts={period: within} if period in YEARS else {},
    )  # fmt: skip


def of_many(dice: Random, files: Files, quarters: Sequence[str], *, turned: bool) -> Released:
    lines = [[sum(files[quarter, team, grade] for team in TEAMS) for grade in GRADES] for quarter in quarters]
    cells = blanked(dice, lines, sums=dice.random() < 0.3)
    if turned:
        cells = tuple(zip(*cells, strict=True))
        return Released("files", GRADES, tuple(quarters), cells, by=("grade", "period"))
    return Released("files", tuple(quarters), GRADES, cells, by=("period", "grade"))


def history(dice: Random, files: Files) -> list[Released]:
    tables = [of_a_period(dice, files, quarter) for quarter in QUARTERS if dice.random() < 0.7]
    tables += [of_a_period(dice, files, year) for year in YEARS if dice.random() < 0.5]
    begins = dice.randrange(4)
    return [*tables, of_many(dice, files, QUARTERS[begins : begins + 3], turned=dice.random() < 0.5)]


def learned(new: Released, earlier: Sequence[Released]) -> set[tuple[str, str]]:
    """The cells of all tables, by their labels, that she works out with the new table and could not without."""

    def place(each: Breach, tables: Sequence[Released]) -> tuple[object, ...]:
        return (tables[each.table].scope.get("period"), tables[each.table].by, each.row, each.column)

    known = {place(each, earlier) for each in attack(earlier, THRESHOLD)} if earlier else set()
    tables = [new, *earlier]
    return {place(each, tables) for each in attack(tables, THRESHOLD)} - known


@pytest.mark.parametrize("seed", range(60))
def test_what_is_learned_is_learned_from_the_tables_of_the_same_time(seed: int) -> None:
    dice = Random(seed)
    files = some_files(dice)
    earlier = history(dice, files)
    new = of_a_period(dice, files, dice.choice((*QUARTERS, *YEARS)))

    assert bool(learned(new, near([new], earlier))) == bool(learned(new, earlier))


def test_these_histories_give_something_away_about_as_often_as_not() -> None:
    """The test above compares both answers, and not always the same one."""
    found = []
    for seed in range(60):
        dice = Random(seed)
        files = some_files(dice)
        earlier = history(dice, files)
        found.append(bool(learned(of_a_period(dice, files, dice.choice((*QUARTERS, *YEARS))), earlier)))

    assert 10 < sum(found) < 50


# --- what is kept ----------------------------------------------------------------------------------------------------


def quarter(name: str, *, population: str = "files") -> Released:
    cells = ((9, 7, 16), (8, 6, 14), (17, 13, 30))
    return Released(population, TEAMS, GRADES, cells, by=("team", "grade"), scope={"period": name})


def trend(*names: str, sums: tuple[int | None, ...] = (None, None, None)) -> Released:
    cells = (*((17, 13, 30) for _ in names), sums)
    return Released("files", names, GRADES, cells, by=("period", "grade"))


def test_other_quarters_and_other_files_are_left_out() -> None:
    earlier = [quarter("Q1"), quarter("Q2"), quarter("Q2", population="others")]

    assert near([quarter("Q2")], earlier) == (quarter("Q2"),)


def test_a_year_ties_its_quarters_together() -> None:
    year = replace(quarter("2026"), parts={"2026": ("Q1", "Q2")})
    kept = near([quarter("Q2")], [quarter("Q1"), year, quarter("Q3")])

    assert [table.scope["period"] for table in kept] == ["Q1", "2026"]


def test_of_a_trend_whose_sums_are_hidden_only_the_same_line_is_kept() -> None:
    (kept,) = near([quarter("Q2")], [trend("Q1", "Q2", "Q3")])

    assert (kept.rows, kept.cells) == (("Q2",), ((17, 13, 30), (None, None, None)))


def test_a_trend_that_shows_a_sum_ties_all_of_it() -> None:
    (kept,) = near([quarter("Q2")], [trend("Q1", "Q2", sums=(None, None, 60))])

    assert kept.rows == ("Q1", "Q2")


def test_a_table_of_no_time_is_held_against_all() -> None:
    timeless = replace(quarter("Q1"), scope={})

    assert near([timeless], [quarter("Q1"), quarter("Q2")]) == (quarter("Q1"), quarter("Q2"))
