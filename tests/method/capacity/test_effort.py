"""What files take, from past days: on invented days whose truth is known, and against a slow obvious search."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from math import exp, log

import numpy as np
import pytest

from goldenthread.method.capacity import Effort, Measured, PastFile, kind_of, measured
from goldenthread.method.capacity.effort import (
    BEFOREHAND,
    ENOUGH_AUDITORS,
    ENOUGH_DAYS,
    SCATTERS,
    AuditorDay,
    efforts,
    t_quantile,
)

DAY = date(2026, 10, 6)
TRUE = {"under_1": 0.7, "1_to_3": 1.0, "over_3": 1.5, "over_3_linked": 2.0}
KINDS = list(TRUE)


def invented_days(seed: int, auditors: int, days: int, given: tuple[int, int] = (4, 7)) -> list[AuditorDay]:
    """Days of people who each work at a pace of their own through the random files they are given."""
    chance = np.random.default_rng(seed)
    paces = np.exp(chance.normal(0, 0.08, size=auditors))
    made = [invented_day(chance, who, pace, given) for who, pace in enumerate(paces) for _ in range(days)]
    return [day for day in made if day.finished]


def invented_day(chance: np.random.Generator, who: int, pace: float, given: tuple[int, int]) -> AuditorDay:
    room, finished, left = 5 * exp(chance.normal(0, 0.12)), {}, {}
    for kind in chance.choice(KINDS, size=chance.integers(given[0], given[1] + 1)).tolist():
        room -= TRUE[kind] * pace * exp(chance.normal(0, 0.15))
        into = finished if room >= 0 else left
        into[kind] = into.get(kind, 0) + 1
    return AuditorDay(who, finished, left)


def test_known_efforts_are_found_again_from_many_days() -> None:
    found = {each.kind: each.effort for each in efforts(invented_days(1, 60, 30), 5)}

    assert found == pytest.approx(TRUE, rel=0.06)


def test_they_are_found_again_where_most_are_given_less_than_fills_a_day() -> None:
    found = {each.kind: each.effort for each in efforts(invented_days(2, 60, 60, (2, 4)), 5)}

    assert found == pytest.approx(TRUE, rel=0.1)


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
        np.mean(
            [{e.kind: e.effort for e in efforts(invented_days(seed, *size), 5)}["over_3_linked"] for seed in range(9)]
        )
        for size in ((6, 5), (30, 20))
    )

    assert 1 < few < many


def test_a_single_file_finished_does_not_show_that_it_took_the_day() -> None:
    days = [AuditorDay(auditor, {"under_1": 1}, {}) for auditor in range(20) for _ in range(20)]

    assert efforts(days, 5) == (Effort("under_1", 0, 400, 0, 1.0, None, None),)


def test_too_few_telling_days_say_nothing() -> None:
    nine = [AuditorDay(day, {"under_1": 2}, {"under_1": 1}) for day in range(ENOUGH_DAYS - 1)]

    assert efforts(nine, 5) == (Effort("under_1", 9, 18, 9, 1.0, None, None),)


def test_too_few_auditors_say_nothing() -> None:
    four = [AuditorDay(day % (ENOUGH_AUDITORS - 1), {"under_1": 2}, {"under_1": 1}) for day in range(40)]

    assert [(each.effort, each.known) for each in efforts(four, 5)] == [(1.0, False)]


def test_no_day_at_all_says_nothing() -> None:
    assert efforts([], 5) == ()


def test_days_that_hold_just_what_makes_a_day_leave_files_ordinary() -> None:
    days = [AuditorDay(auditor, {"under_1": 5}, {}) for auditor in range(8) for _ in range(3)]
    days += [AuditorDay(auditor, {"under_1": 5}, {"under_1": 1}) for auditor in range(8) for _ in range(3)]

    (found,) = efforts(days, 5)

    assert found.effort == pytest.approx(1, abs=0.1)


def test_a_kind_too_rare_to_say_is_taken_from_the_day_as_ordinary() -> None:
    plain, mixed = {"under_1": 4}, {"under_1": 3, "over_3": 1}
    days = [AuditorDay(auditor, mixed if turn == 0 else plain, {"under_1": 2})
            for auditor in range(8) for turn in range(6)]  # fmt: skip

    found = {each.kind: each for each in efforts(days, 5)}

    assert (found["over_3"].known, found["over_3"].effort) == (False, 1.0)
    assert found["under_1"].effort == pytest.approx(1.1, abs=0.1)  # 4 of them, and the next would not go in


def likely(days: list[AuditorDay], values: dict[str, float], scatter: float) -> float:
    """The logarithm of how likely these days are, written out day by day."""

    def up_to(length: float) -> float:
        return 1 / (1 + exp(-(length - 1) / scatter))

    total = -sum((value - 1) ** 2 for value in values.values()) / (2 * BEFOREHAND**2)
    for day in days:
        held = sum(values[kind] * number for kind, number in day.finished.items()) / 5
        if day.left:
            further = sum(values[kind] * number for kind, number in day.left.items()) / sum(day.left.values()) / 5
            total += log(up_to(held + further) - up_to(held))
        else:
            total += log(1 - up_to(held))
    return total


def by_searching(days: list[AuditorDay], kinds: list[str]) -> dict[str, float]:
    """The slow obvious version: for every scatter a walk downhill in ever smaller steps, each tried both ways."""
    best = (-1e9, {})
    for scatter in SCATTERS:
        values, step = dict.fromkeys(kinds, 1.0), 0.2
        worth = likely(days, values, scatter)
        while step > 1e-7:
            tried = [values | {kind: values[kind] + way * step} for kind, way in product(kinds, (1, -1))]
            then = max(tried, key=lambda each: likely(days, each, scatter))
            if likely(days, then, scatter) > worth:
                values, worth = then, likely(days, then, scatter)
            else:
                step /= 2
        best = max(best, (worth, values), key=lambda each: each[0])
    return best[1]


@pytest.mark.parametrize("seed", range(5))
def test_a_search_step_by_step_finds_the_same(seed: int) -> None:
    days = [
        day
        for day in invented_days(seed, 12, 12, (4, 6))
        if {*day.finished, *day.left} <= {"under_1", "1_to_3", "over_3"}
    ]
    kinds = sorted({kind for day in days for kind in (*day.finished, *day.left)})

    found = {each.kind: each.effort for each in efforts(days, 5) if each.known}

    assert set(found) == set(kinds)
    assert found == pytest.approx(by_searching(days, kinds), abs=1e-4)


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


def past(auditor: int, day: int, status: str, kind: str, *, finished: bool = True) -> PastFile:
    return PastFile(auditor, DAY + timedelta(days=day), status, kind, finished)


def looked_after_days() -> list[PastFile]:
    """Eight auditors on nine days each: two long files finished and one left, and a short one finished."""
    held = [(auditor, day) for auditor in range(8) for day in range(9)]
    files = [past(a, d, "looked_after", "over_3_linked", finished=turn < 2) for a, d in held for turn in range(3)]
    return files + [past(a, d, "child_in_need", "under_1") for a, d in held]


def test_what_a_status_takes_is_the_mean_over_its_files() -> None:
    found = measured(looked_after_days(), 5)
    takes = {each.kind: each.effort for each in found.efforts}

    assert (found.days, found.auditors) == (72, 8)
    assert found.statuses == {
        "child_in_need": (72, pytest.approx(takes["under_1"])),
        "looked_after": (216, pytest.approx(takes["over_3_linked"])),
    }
    assert takes["over_3_linked"] > 1.3


def test_a_day_on_which_nothing_was_finished_is_an_absence() -> None:
    away = [past(99, day, "looked_after", "over_3_linked", finished=False) for day in range(50)]

    assert measured(looked_after_days() + away, 5) == measured(looked_after_days(), 5)


def test_a_theme_of_statuses_never_seen_takes_what_is_ordinary() -> None:
    assert Measured(0, 0, (), {}).of_statuses(["looked_after"]) == 1.0


def test_a_theme_is_the_mean_over_its_statuses_files() -> None:
    assert Measured(9, 5, (), {"a": (30, 1.2), "b": (10, 0.8)}).of_statuses(["a", "b"]) == pytest.approx(1.1)


def test_what_was_measured_is_kept_and_read_again() -> None:
    found = measured(looked_after_days(), 5)

    assert Measured.from_json(found.as_json()) == found
