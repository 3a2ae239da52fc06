"""Duties that cannot be met, and why. The slow version gives every file a group, a status and a team in every way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.capacity import Duty, GroupFiles, Shortfall, shortfalls, statuses_in_words, teams_in_words

DUTY, CARE = (
    GroupFiles("duty", "Frontline duty", 1, 7, ""),
    GroupFiles("care", "Looked after children", 2, 28, ""),
)


def duty(name: str, *groups: str, files: int = 5) -> Duty:
    return Duty(name, name, files, frozenset(groups))


def test_duties_that_can_be_met_leave_nothing_short() -> None:
    assert shortfalls([duty("early help", "duty"), duty("care leavers", "care")], {"duty": 5, "care": 5}) == ()


def test_a_duty_that_nobody_asked_for_is_none() -> None:
    assert shortfalls([duty("early help", files=0)], {}) == ()


def test_each_reason_stands_by_itself_and_is_the_smallest() -> None:
    early, open_ = duty("early help", "duty"), duty("open assessments", "duty")
    leavers, after = duty("care leavers"), duty("looked after", "care")

    found = shortfalls([early, open_, leavers, after], {"duty": 7, "care": 28})

    assert found == (Shortfall((early, open_), ("duty",), 7), Shortfall((leavers,), (), 0))
    assert [each.short for each in found] == [3, 5]


def test_a_group_that_could_help_is_part_of_the_reason_only_where_it_is_used_up() -> None:
    both, one = duty("both", "duty", "care"), duty("one", "duty")

    assert shortfalls([both, one], {"duty": 3, "care": 9}) == (Shortfall((one,), ("duty",), 3),)
    assert shortfalls([both, one], {"duty": 3, "care": 2}) == (Shortfall((both, one), ("duty", "care"), 5),)


def test_teams_that_the_year_cannot_reach_are_counted() -> None:
    teams = [duty(f"Team {number}", "duty", "care", files=2) for number in range(25)]
    found = shortfalls(teams, {"duty": 7, "care": 28})

    assert [teams_in_words(each, 2, (DUTY, CARE)) for each in found] == [
        "25 teams × 2 = 50 files are needed and the sessions planned give 35: 15 short."
    ]


def test_teams_of_one_group_alone_are_named_with_it() -> None:
    teams = [duty(f"Duty {number}", "duty", files=2) for number in range(1, 5)]
    found = shortfalls(teams, {"duty": 7, "care": 28})

    assert [teams_in_words(each, 2, (DUTY, CARE)) for each in found] == [
        "4 teams (Duty 1, Duty 2, Duty 3 and Duty 4) × 2 = 8 files are needed and the sessions of Frontline duty give "
        "7: 1 short."
    ]


def test_statuses_are_said_with_the_sessions_they_depend_on() -> None:
    found = shortfalls([duty("care leavers", "duty"), duty("early help", "duty"), duty("others")], {"duty": 7})

    assert [statuses_in_words(each, 5, (DUTY, CARE)) for each in found] == [
        "The 1 session of Frontline duty can audit 7 files; care leavers and early help need 2 × 5 = 10: 3 short.",
        "No group takes others: 5 files short.",
    ]


def test_a_team_that_no_group_takes_is_said_so() -> None:
    found = shortfalls([duty("Adoption", files=2)], {"duty": 7})

    assert [teams_in_words(each, 2, (DUTY,)) for each in found] == ["No group takes files of Adoption: 2 files short."]


def test_groups_without_a_single_file_are_a_reason_too() -> None:
    found = shortfalls([duty("early help", "duty")], {"duty": 0})

    assert found == (Shortfall((duty("early help", "duty"),), ("duty",), 0),)


# --- against every way there is -----------------------------------------------------------------------------------

STATUSES, TEAMS, GROUPS = ("s0", "s1", "s2"), ("t0", "t1"), ("g0", "g1")
Takes = dict[str, tuple[frozenset[str], frozenset[str]]]

CASES = st.fixed_dictionaries(
    {
        "files": st.fixed_dictionaries({group: st.integers(0, 3) for group in GROUPS}),
        "takes": st.fixed_dictionaries(
            {group: st.tuples(st.frozensets(st.sampled_from(STATUSES)), st.frozensets(st.sampled_from(TEAMS)))
             for group in GROUPS}
        ),
        "wanted": st.fixed_dictionaries({key: st.integers(0, 3) for key in (*STATUSES, *TEAMS)}),
    }
)  # fmt: skip


def fewest_wanting(files: dict[str, int], takes: Takes, wanted: dict[str, int]) -> int:
    """Of all ways to give each file of each group one status and one team, the fewest files that still want."""
    ways = [
        [(status, team) for status in sorted(takes[group][0]) for team in sorted(takes[group][1])]
        for group in GROUPS
        for _ in range(files[group])
    ]
    ways = [way for way in ways if way]

    @cache
    def least(place: int, left: tuple[tuple[str, int], ...]) -> int:
        still = dict(left)
        if place == len(ways):
            return sum(still.values())
        return min(least(place + 1, tuple(sorted(with_one_fewer(still, *pair).items()))) for pair in ways[place])

    return least(0, tuple(sorted(wanted.items())))


def with_one_fewer(still: dict[str, int], *keys: str) -> dict[str, int]:
    return {key: max(number - (key in keys), 0) for key, number in still.items()}


def duties(keys: Sequence[str], side: int, case: dict) -> list[Duty]:
    """Each key's duty. A group without a status or without a team takes no file at all."""
    open_to = {
        key: frozenset(g for g in GROUPS if all(case["takes"][g]) and key in case["takes"][g][side]) for key in keys
    }
    return [Duty(key, key, case["wanted"][key], open_to[key]) for key in keys]


@settings(max_examples=300, deadline=None)
@given(CASES)
def test_files_short_are_the_fewest_of_every_way_to_share_them(case) -> None:
    by_status = shortfalls(duties(STATUSES, 0, case), case["files"])
    by_team = shortfalls(duties(TEAMS, 1, case), case["files"])

    assert sum(each.short for each in (*by_status, *by_team)) == fewest_wanting(**case)


def subsets(duties: Sequence[Duty]) -> Iterator[tuple[Duty, ...]]:
    return chain.from_iterable(combinations(duties, number) for number in range(1, len(duties) + 1))


MANY = st.lists(
    st.tuples(st.integers(1, 6), st.frozensets(st.sampled_from(["a", "b", "c", "d"]))), min_size=1, max_size=6
)
FILES = st.fixed_dictionaries({key: st.integers(0, 6) for key in "abcd"})


@given(MANY, FILES)
def test_what_is_short_is_what_the_worst_set_of_duties_asks_beyond_its_groups(wanted, files) -> None:
    asked = [Duty(str(place), str(place), number, groups) for place, (number, groups) in enumerate(wanted)]

    def beyond(some: tuple[Duty, ...]) -> int:
        return sum(each.files for each in some) - sum(
            files[key] for key in frozenset().union(*(d.groups for d in some))
        )

    found = shortfalls(asked, files)

    assert sum(each.short for each in found) == max(0, *(beyond(some) for some in subsets(asked)))
    for each in found:
        assert each.short == beyond(each.duties) > 0
        assert all(beyond(some) < each.short for some in subsets(each.duties) if len(some) < len(each.duties))
