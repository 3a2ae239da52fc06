"""The ledger of coverage: what is needed, audited, drawn and owed, and by when it becomes impossible.

The slow version of "by when" tries every way to give the files of the sessions left to what is owed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.coverage import Chosen, Held, Line, Sitting, dated, lines_of, share, slipping, warnings
from goldenthread.method.framework import Coverage

RULE = Coverage(each_team=2, each_status=3, each_locality=1, workers_of_each_team=2)
STATUSES = {"cp": "children on a plan", "cla": "looked after children"}
JANUARY = date(2027, 1, 12)
HELD = (
    Held("cp", "Duty 1", "North", "Ffion", 20),
    Held("cla", "Duty 1", "South", "Grace", 5),
    Held("cla", "Duty 2", "North", "Kwame", 9),
)


def chosen(
    status: str = "cp", team: str = "Duty 1", worker: str = "Ffion", *, random: bool = True, audited: bool = True,
    files: int = 1,
) -> Chosen:  # fmt: skip
    return Chosen(status, team, "North", worker, random, audited, files)


def line(lines: Sequence[Line], what: str, key: str) -> Line:
    return next(each for each in lines if (each.what, each.key) == (what, key))


def team(name: str, owed: int = 2, **more: object) -> Line:
    return Line("team", name, name, owed, 40, **more)  # type: ignore[arg-type]


# --- counting --------------------------------------------------------------------------------------------


def test_every_team_status_locality_and_the_workers_of_each_team_have_a_line() -> None:
    lines = lines_of(RULE, STATUSES, HELD, ())

    assert [(each.what, each.key, each.needed, each.held) for each in lines] == [
        ("team", "Duty 1", 2, 25), ("team", "Duty 2", 2, 9),
        ("status", "cp", 3, 20), ("status", "cla", 3, 14),
        ("locality", "North", 1, 29), ("locality", "South", 1, 5),
        ("worker", "Duty 1", 2, 2), ("worker", "Duty 2", 1, 1),
    ]  # fmt: skip


def test_random_and_purposive_files_are_counted_apart_and_both_count() -> None:
    lines = lines_of(RULE, STATUSES, HELD, [chosen(), chosen(random=False), chosen(audited=False)])

    duty = line(lines, "team", "Duty 1")
    assert (duty.random, duty.purposive, duty.waiting, duty.owed, duty.state) == (1, 1, 1, 0, "covered")


def test_what_is_drawn_and_not_audited_is_no_longer_owed_and_not_yet_covered() -> None:
    duty = line(lines_of(RULE, STATUSES, HELD, [chosen(audited=False, files=2)]), "team", "Duty 1")

    assert (duty.owed, duty.state) == (0, "drawn")


def test_two_files_of_one_worker_are_one_worker() -> None:
    workers = line(lines_of(RULE, STATUSES, HELD, [chosen(files=2), chosen(audited=False)]), "worker", "Duty 1")

    assert (workers.audited, workers.waiting, workers.owed) == (1, 0, 1)


def test_no_more_is_needed_of_a_team_than_it_holds() -> None:
    small = line(lines_of(RULE, STATUSES, [Held("cp", "Tiny", "", "", 1)], ()), "team", "Tiny")

    assert (small.needed, small.owed) == (1, 1)


def test_a_team_that_holds_nothing_any_more_keeps_what_was_audited_there() -> None:
    gone = line(lines_of(RULE, STATUSES, HELD, [chosen(team="Closed")]), "team", "Closed")

    assert (gone.held, gone.audited, gone.owed) == (0, 1, 0)


def test_what_the_framework_does_not_ask_has_no_line_but_teams_always_have() -> None:
    lines = lines_of(Coverage(), STATUSES, HELD, ())

    assert {(each.what, each.state) for each in lines} == {("team", "not asked")}


def test_the_share_covered_counts_only_what_is_asked() -> None:
    assert share([team("A", random=2), team("B"), Line("team", "C", "C", 0, 9)]) == (1, 2)


# --- by when ---------------------------------------------------------------------------------------------


def sittings(*places: int, group: str = "duty") -> list[Sitting]:
    return [Sitting(JANUARY + timedelta(weeks=6 * turn), group, number) for turn, number in enumerate(places)]


def every_group(what: str, key: str) -> frozenset[str]:
    return frozenset({"duty"})


def test_the_last_day_is_that_of_the_last_session_that_can_take_all_that_is_owed() -> None:
    found = dated([team("A"), team("B")], sittings(3, 3, 3), every_group)

    assert [(each.last_day, each.alone) for each in found] == [
        (JANUARY + timedelta(weeks=6), JANUARY + timedelta(weeks=12))
    ] * 2


def test_where_places_are_too_few_for_all_each_says_whether_it_could_be_done_alone() -> None:
    found = dated([team("A"), team("B")], sittings(3), every_group)

    assert [(each.last_day, each.alone, each.state) for each in found] == [(None, JANUARY, "impossible")] * 2


def test_what_no_group_takes_is_impossible_and_leaves_the_others_their_day() -> None:
    taken = {"A": frozenset({"duty"}), "B": frozenset[str]()}
    found = dated([team("A"), team("B")], sittings(2), lambda what, key: taken[key])

    assert [(each.last_day, each.open_to) for each in found] == [(JANUARY, True), (None, False)]


def test_teams_and_statuses_do_not_compete_for_places() -> None:
    found = dated([team("A"), Line("status", "cp", "children on a plan", 2, 9)], sittings(2), every_group)

    assert [each.last_day for each in found] == [JANUARY, JANUARY]


GROUPS = ("duty", "care")


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.frozensets(st.sampled_from(GROUPS))), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(GROUPS), st.integers(0, 2)), max_size=3),
)
def test_the_last_day_is_that_of_trying_every_way(
    owed: list[tuple[int, frozenset[str]]], planned: list[tuple[int, str, int]]
) -> None:
    lines = [team(str(place), number) for place, (number, _) in enumerate(owed)]
    opens = {str(place): groups for place, (_, groups) in enumerate(owed)}
    to_come = [Sitting(JANUARY + timedelta(days=day), group, places) for day, group, places in planned]

    found = dated(lines, to_come, lambda what, key: opens[key])

    assert [each.alone for each in found] == [slow_alone(each, opens, to_come) for each in lines]
    whole = slow_last_day(lines, opens, to_come)
    days = [each.last_day for each in found if each.owed]
    assert (min(day for day in days if day) if all(days) and days else None) == (whole if days else None)


def slow_alone(one: Line, opens: dict[str, frozenset[str]], to_come: list[Sitting]) -> date | None:
    return slow_last_day([one], opens, to_come) if one.owed else None


def slow_last_day(lines: list[Line], opens: dict[str, frozenset[str]], to_come: list[Sitting]) -> date | None:
    """The last day from which on the sessions can take everything owed, by giving each file to each group in turn."""
    files = tuple(key for each in lines for key in [each.key] * each.owed)

    def able(day: date) -> bool:
        places = {
            group: sum(each.places for each in to_come if each.group == group and each.day >= day) for group in GROUPS
        }

        @cache
        def given_from(place: int, left: tuple[int, ...]) -> bool:
            if place == len(files):
                return True
            return any(
                left[at] and given_from(place + 1, (*left[:at], left[at] - 1, *left[at + 1 :]))
                for at, group in enumerate(GROUPS)
                if group in opens[files[place]]
            )

        return given_from(0, tuple(places[group] for group in GROUPS))

    return max((each.day for each in to_come if able(each.day)), default=None)


# --- in words --------------------------------------------------------------------------------------------


def test_what_becomes_impossible_soon_is_slipping_and_what_has_time_is_not() -> None:
    soon, later, gone = team("A", last_day=JANUARY), team("B", last_day=date(2027, 3, 1)), team("C")

    assert slipping([later, soon, gone, team("D", random=2)], JANUARY) == (gone, soon)


def test_each_sort_of_warning_is_one_sentence() -> None:
    lines = [
        team("A", last_day=JANUARY), team("B", last_day=JANUARY),
        team("C", 1, alone=JANUARY), team("D"),
        Line("status", "eh", "early help", 5, 9, open_to=False), Line("worker", "A", "A", 2, 3, random=1),
    ]  # fmt: skip

    assert set(warnings(lines, JANUARY)) == {
        "2 teams (A and B) still need 4 files: draw them for a session by 12 January 2027.",
        "1 team (C) still needs 1 file, but the sessions to come have too few places for all that is owed.",
        "1 team (D) still needs 2 files, but no session to come has a place left for them.",
        "1 kind of case (early help) still needs 5 files, but no auditing group takes such files.",
        "1 team (A) still needs files of 1 more worker, but no session to come has a place left for them.",
    }


def test_sixty_teams_are_one_sentence_that_names_four() -> None:
    said = warnings([team(f"Team {number:02}") for number in range(60)], JANUARY)

    assert said == (
        "60 teams (Team 00, Team 01, Team 02, Team 03 and 56 others) still need 120 files, but no session to come has "
        "a place left for them.",
    )
