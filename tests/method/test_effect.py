"""Whether practice changed: the interval of a difference, what may be said, and which files are before and after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil, floor, sqrt

import numpy as np
import pytest

from goldenthread.method.effect import (
    CAUTION,
    Compared,
    Count,
    Effect,
    Looked,
    compared,
    difference,
    effect,
    in_words,
    needed,
)
from goldenthread.method.measures import FEW
from goldenthread.method.refusal import Refused

# Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10: the second count less the first, with the
# paper's eight contrasts (a) to (h).
PUBLISHED = [
    ((48, 80), (56, 70), 0.0524, 0.3339),
    ((3, 10), (9, 10), 0.1705, 0.8090),
    ((2, 7), (6, 7), 0.0582, 0.8062),
    ((0, 29), (5, 56), -0.0381, 0.1926),
    ((0, 20), (0, 10), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((0, 20), (10, 10), 0.6791, 1.0000),
    ((0, 10), (10, 10), 0.6075, 1.0000),
]


@pytest.mark.parametrize(("before", "after", "low", "high"), PUBLISHED)
def test_the_interval_is_the_one_that_was_published(
    before: tuple[int, int], after: tuple[int, int], low: float, high: float
) -> None:
    found = difference(Count(*before), Count(*after))

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def slowly(before: Count, after: Count) -> tuple[float, float]:
    """Newcombe's interval where each of Wilson's limits is found by halving: where the score test just rejects."""
    (low_b, high_b), (low_a, high_a) = limits(before), limits(after)
    value = after.met / after.of - before.met / before.of
    down = (after.met / after.of - low_a) ** 2 + (high_b - before.met / before.of) ** 2
    up = (high_a - after.met / after.of) ** 2 + (before.met / before.of - low_b) ** 2
    return value - down**0.5, value + up**0.5


def limits(count: Count) -> tuple[float, float]:
    share = count.met / count.of

    def rejected(true: float) -> bool:
        return abs(share - true) > 1.959963984540054 * sqrt(true * (1 - true) / count.of)

    def edge(inside: float, outside: float) -> float:
        for _ in range(80):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if rejected(middle) else (middle, outside)
        return inside

    return edge(share, 0.0) if share else 0.0, edge(share, 1.0) if share < 1 else 1.0


def test_a_slow_second_way_finds_the_same_interval() -> None:
    chance = np.random.default_rng(20091101)
    for _ in range(300):
        sizes = chance.integers(1, 120, 2)
        before, after = (Count(int(chance.integers(0, size + 1)), int(size)) for size in sizes)
        found = difference(before, after)

        assert (found.low, found.high) == pytest.approx(slowly(before, after), abs=1e-9)


def test_where_practice_changed_the_interval_holds_the_change_about_95_times_in_a_hundred() -> None:
    chance = np.random.default_rng(17)
    pairs = zip(chance.binomial(40, 0.5, 2000), chance.binomial(60, 0.7, 2000), strict=True)
    found = [difference(Count(int(first), 40), Count(int(second), 60)) for first, second in pairs]

    assert 0.935 <= np.mean([each.low <= 0.2 <= each.high for each in found]) <= 0.975


def test_where_nothing_changed_a_change_is_seldom_said_at_one_look() -> None:
    """A look once the files that are needed are there: five in a hundred find one, within the simulation's error."""
    said = [change_said(seed, looks=[80]) for seed in range(1000)]

    assert 0.02 <= np.mean(said) <= 0.07


def test_whoever_looks_after_every_five_files_is_misled_less_often_than_with_plain_intervals() -> None:
    """What `EARLY` is for: it keeps about one in nine where an interval of 95 % at every look has one in five."""
    looks = range(FEW, 81, 5)
    kept = np.mean([change_said(seed, looks=looks) for seed in range(1000)])
    plainly = np.mean([clear_at_some_look(seed, looks=looks) for seed in range(1000)])

    assert kept <= 0.14
    assert plainly >= 1.5 * kept


def before_and_since(seed: int) -> tuple[Count, list[int]]:
    """60 files before, and how many of the first n since show it, n from 1 to 80; all with the same chance."""
    chance = np.random.default_rng(seed)
    before = Count(int(chance.binomial(60, 0.5)), 60)
    return before, [int(met) for met in np.cumsum(chance.random(80) < 0.5)]


def change_said(seed: int, looks: Iterable[int]) -> bool:
    before, since = before_and_since(seed)
    return any(effect(before, Count(since[n - 1], n)).says in ("more", "fewer") for n in looks)


def clear_at_some_look(seed: int, looks: Iterable[int]) -> bool:
    before, since = before_and_since(seed)
    return any(difference(before, Count(since[n - 1], n)).is_clear for n in looks)


# --- what may be said --------------------------------------------------------------------------------------


def said(before: tuple[int, int], after: tuple[int, int]) -> str:
    return in_words(effect(Count(*before), Count(*after)))


def test_too_few_files_since_is_too_early_and_says_how_many_are_needed() -> None:
    assert said((18, 40), (4, 6)) == ("Too early: 6 files since; at least 60 are needed to see a change of 20 points.")


def test_no_file_since_is_too_early() -> None:
    assert said((18, 40), (0, 0)) == ("Too early: no file since; at least 60 are needed to see a change of 20 points.")


def test_more_files_that_show_it_are_said_with_counts_interval_and_a_caution() -> None:
    assert said((18, 40), (31, 42)) == (
        "More files show it: 18 of 40 before, 31 of 42 after; the difference is between 8 and 47 points. " + CAUTION
    )


def test_fewer_are_said_as_plainly() -> None:
    assert said((30, 40), (8, 40)) == (
        "Fewer files show it: 30 of 40 before, 8 of 40 after; the difference is between 34 and 69 points. " + CAUTION
    )


def test_no_change_says_what_could_still_be_true() -> None:
    assert said((18, 40), (40, 90)) == (
        "No change can be seen: 18 of 40 before, 40 of 90 after; anything from 19 points fewer to 17 points more is "
        "plausible."
    )


def test_too_few_before_is_nothing_that_waiting_mends() -> None:
    assert said((5, 9), (40, 90)) == (
        "Nothing can be said: 9 random files before the briefing are too few to see a change of 20 points."
    )


def test_nothing_before_is_said() -> None:
    assert said((0, 0), (40, 90)) == (
        "Nothing can be said: no random file audited before the briefing was asked any of it."
    )


@pytest.mark.parametrize(("before", "after"), [((4, 9), (40, 90)), ((18, 40), (4, 9))])
def test_few_files_have_no_difference(before: tuple[int, int], after: tuple[int, int]) -> None:
    assert effect(Count(*before), Count(*after)).difference is None


def test_before_there_are_enough_files_only_a_very_clear_difference_is_said() -> None:
    clear_at_95 = effect(Count(18, 40), Count(21, 30))

    assert clear_at_95.difference is not None
    assert clear_at_95.difference.is_clear
    assert clear_at_95.says == "too early"
    assert effect(Count(18, 40), Count(28, 30)).says == "more"


@pytest.mark.parametrize("before", [(18, 40), (30, 60), (38, 40), (70, 100)])
def test_what_is_needed_makes_the_change_clear_and_one_file_less_does_not(before: tuple[int, int]) -> None:
    count = Count(*before)
    files = needed(count)
    assert files is not None
    up = count.share + 0.2 <= 1
    met = [
        floor((count.share + 0.2) * n + 1e-9) if up else ceil((count.share - 0.2) * n - 1e-9)
        for n in (files, files - 1)
    ]

    assert difference(count, Count(met[0], files)).is_clear
    assert not difference(count, Count(met[1], files - 1)).is_clear or files == FEW


def test_before_with_few_files_no_number_since_is_enough() -> None:
    assert needed(Count(5, FEW - 1)) is None


def test_a_count_that_cannot_be_is_refused() -> None:
    with pytest.raises(Refused, match="7 of 6 files is not a count"):
        Count(7, 6)


def test_no_file_cannot_be_compared() -> None:
    with pytest.raises(Refused, match="There is no file to compare"):
        difference(Count(0, 0), Count(1, 2))


# --- which files are before and after ----------------------------------------------------------------------

TOLD = date(2026, 5, 14)


def looked(days: int, told_on: date | None = TOLD, **met: bool) -> Looked:
    return Looked(TOLD + timedelta(days=days), told_on, met)


def counted(*files: Looked, items: tuple[str, ...] = ("a", "b")) -> Compared:
    return compared(files, items, since=TOLD - timedelta(days=100), until=TOLD + timedelta(days=100))


def counts(found: Effect) -> tuple[Count, Count]:
    return found.before, found.after


def test_a_file_of_the_day_itself_is_before() -> None:
    assert counts(counted(looked(0, a=True), looked(1, a=False)).whole) == (Count(1, 1), Count(0, 1))


def test_a_file_shows_it_when_all_that_was_asked_of_it_was_answered_well() -> None:
    whole = counted(looked(-1, a=True, b=True), looked(-1, a=True, b=False), looked(-1, a=True)).whole

    assert whole.before == Count(2, 3)


def test_each_item_is_counted_in_the_files_it_was_asked_of() -> None:
    found = dict(counted(looked(-1, a=True, b=False), looked(1, b=True)).items)

    assert {name: counts(each) for name, each in found.items()} == {
        "a": (Count(1, 1), Count(0, 0)),
        "b": (Count(0, 1), Count(1, 1)),
    }


def test_each_file_is_held_against_the_day_of_its_own_team() -> None:
    later = TOLD + timedelta(days=30)

    assert counts(counted(looked(10, a=True), looked(10, later, a=True)).whole) == (Count(1, 1), Count(1, 1))


def test_files_of_teams_that_were_never_told_are_in_no_count_but_said() -> None:
    found = counted(looked(-1, None, a=True), looked(1, None, a=True), looked(1, None), looked(1, a=True))

    assert (counts(found.whole), found.untold) == ((Count(0, 0), Count(1, 1)), 2)


def test_files_outside_the_days_are_in_no_count() -> None:
    assert counts(counted(looked(-101, a=True), looked(101, a=True)).whole) == (Count(0, 0), Count(0, 0))
