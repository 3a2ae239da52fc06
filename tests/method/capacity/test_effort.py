"""What files take, from past days: on invented days whose truth is known, and against a slow obvious solver."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.capacity import Effort, Measured, PastFile, kind_of, measured
from goldenthread.method.capacity.effort import ENOUGH_AUDITORS, ENOUGH_DAYS, efforts, not_below_nought, t_quantile

DAY = date(2026, 10, 6)
TRUE = {"under_1": 0.7, "1_to_3": 1.0, "over_3": 1.5, "over_3_linked": 2.0}


def invented_days(seed: int, auditors: int, days: int, truth: dict[str, float] = TRUE) -> list:
    """Days of people who each work at a pace of their own through random files; what is begun is finished next day."""
    chance, kinds, made = np.random.default_rng(seed), list(truth), []
    for auditor in range(auditors):
        pace, begun = np.exp(chance.normal(0, 0.08)), 0.0
        for _ in range(days):
            room, finished = begun + 5 * np.exp(chance.normal(0, 0.1)), dict.fromkeys(kinds, 0)
            while (
                takes := truth[kind := kinds[chance.integers(len(kinds))]] * pace * np.exp(chance.normal(0, 0.15))
            ) <= room:
                room -= takes
                finished[kind] += 1
            begun = room
            made.append((auditor, finished))
    return made


def test_known_efforts_are_found_again_from_many_days() -> None:
    found = {each.kind: each.effort for each in efforts(invented_days(1, 60, 30), 5)}

    assert found == pytest.approx(TRUE, rel=0.08)


def test_most_intervals_hold_the_truth() -> None:
    held = [
        each.low <= TRUE[each.kind] <= each.high
        for seed in range(60)
        for each in efforts(invented_days(seed, 15, 6), 5)
        if each.low is not None and each.high is not None
    ]

    assert len(held) == 240
    assert sum(held) / len(held) > 0.88


def test_few_days_stay_nearer_to_one_than_many() -> None:
    few, many = (
        {each.kind: each.effort for each in efforts(invented_days(3, auditors, days), 5)}["over_3_linked"]
        for auditors, days in ((6, 4), (60, 30))
    )

    assert 1 < few < many


def test_too_few_days_say_nothing() -> None:
    nine = [(day, {"under_1": 2}) for day in range(ENOUGH_DAYS - 1)]

    assert efforts(nine, 5) == (Effort("under_1", 9, 18, 9, 1.0, None, None),)


def test_too_few_auditors_say_nothing() -> None:
    four = [(day % (ENOUGH_AUDITORS - 1), {"under_1": 2}) for day in range(40)]

    assert [(each.effort, each.known) for each in efforts(four, 5)] == [(1.0, False)]


def test_no_day_at_all_says_nothing() -> None:
    assert efforts([], 5) == ()


def test_where_everybody_finishes_what_makes_a_day_a_file_takes_what_is_ordinary() -> None:
    days = [(auditor, {"under_1": 3, "over_3": 2}) for auditor in range(8) for _ in range(6)]

    assert [round(each.effort, 6) for each in efforts(days, 5)] == [1.0, 1.0]


def test_with_one_kind_the_effort_is_days_over_files_and_not_what_plain_squares_give() -> None:
    days = [(auditor, {"under_1": number}) for auditor in range(40) for number in (2, 6) for _ in range(10)]

    (found,) = efforts(days, 5)

    assert found.effort == pytest.approx(5 * 800 / 3200, abs=0.01)  # plain squares: 5 × 3200 / 16000 = 1.0


def test_a_kind_too_rare_to_say_is_taken_from_the_day_as_ordinary() -> None:
    days = [(auditor, {"under_1": 4, "over_3": 1} if turn == 0 else {"under_1": 5})
            for auditor in range(8) for turn in range(6)]  # fmt: skip

    rare = {each.kind: each for each in efforts(days, 5)}

    assert (rare["over_3"].known, round(rare["under_1"].effort, 6)) == (False, 1.0)


def every_active_set(moments: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """The slow obvious version: of every choice of which are nought, the best whose others are not below it."""
    best, least = np.zeros(len(sums)), 0.0
    for free in product([False, True], repeat=len(sums)):
        chosen, values = np.flatnonzero(free), np.zeros(len(sums))
        if len(chosen):
            values[chosen] = np.linalg.solve(moments[np.ix_(chosen, chosen)], sums[chosen])
        worth = values @ moments @ values / 2 - sums @ values
        if (values >= 0).all() and worth < least:
            best, least = values, worth
    return best


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_the_solver_finds_what_trying_every_active_set_finds(seed: int, size: int) -> None:
    chance = np.random.default_rng(seed)
    rows = chance.normal(size=(size + 3, size))
    moments, sums = rows.T @ rows + np.eye(size) * 0.1, chance.normal(size=size)

    assert not_below_nought(moments, sums) == pytest.approx(every_active_set(moments, sums), abs=1e-8)


@pytest.mark.parametrize(("freedom", "table"), [(4, 2.776), (9, 2.262), (20, 2.086), (60, 2.000)])
def test_students_t_is_that_of_the_printed_tables(freedom: int, table: float) -> None:
    assert t_quantile(0.95, freedom) == pytest.approx(table, abs=0.01)


@pytest.mark.parametrize(
    ("opened_on", "kind"),
    [
        (DAY, "under_1"),
        (date(2025, 10, 7), "under_1"),
        (date(2025, 10, 6), "1_to_3"),
        (date(2023, 10, 6), "1_to_3"),
        (date(2023, 10, 5), "over_3"),
        (date(2026, 10, 7), "not_known"),
        (None, "not_known"),
    ],
)
def test_length_of_involvement_goes_by_anniversaries(opened_on: date | None, kind: str) -> None:
    assert kind_of(opened_on, DAY, linked=False) == kind


def past(auditor: int, day: int, status: str, kind: str) -> PastFile:
    return PastFile(auditor, DAY + timedelta(days=day), status, kind)


def test_what_a_status_takes_is_the_mean_over_its_files() -> None:
    files = [past(a, d, "looked_after", "over_3_linked") for a in range(8) for d in range(9) for _ in range(2)]
    files += [past(a, d, "child_in_need", "under_1") for a in range(8) for d in range(9)]

    found = measured(files, 5)
    takes = {each.kind: each.effort for each in found.efforts}

    assert (found.days, found.auditors) == (72, 8)
    assert found.statuses == {
        "child_in_need": (72, pytest.approx(takes["under_1"])),
        "looked_after": (144, pytest.approx(takes["over_3_linked"])),
    }


def test_a_theme_of_statuses_never_seen_takes_what_is_ordinary() -> None:
    assert Measured(0, 0, (), {}).of_statuses(["looked_after"]) == 1.0


def test_a_theme_is_the_mean_over_its_statuses_files() -> None:
    assert Measured(9, 5, (), {"a": (30, 1.2), "b": (10, 0.8)}).of_statuses(["a", "b"]) == pytest.approx(1.1)


def test_what_was_measured_is_kept_and_read_again() -> None:
    found = measured([past(a, d, "looked_after", "over_3") for a in range(8) for d in range(9)], 5)

    assert Measured.from_json(found.as_json()) == found
