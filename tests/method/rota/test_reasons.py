"""Why a seat is empty: the smallest set of seats with too few people, of all there are; and what would fill it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings

from goldenthread.method.rota import Group, Person, Problem, Seating, Session, Unfilled, shortage, solve, unfilled_of
from tests.method.rota import obvious
from tests.method.rota.invented import problems

IRO, TM = "independent_reviewing_officer", "team_manager"
THURSDAY, FRIDAY = date(2026, 5, 14), date(2026, 5, 15)
NAMES = {IRO: "Independent Reviewing Officer", TM: "Team Manager"}
PROTECTION = Group("cp", {IRO: 1}, "Child protection")
DUTY = Group("duty", {IRO: 1}, "Frontline duty")
MEETINGS = Session("cp-1", "cp", THURSDAY), Session("duty-1", "duty", THURSDAY)
GRACE, TOM = Person("g", (IRO,), frozenset({THURSDAY}), name="Grace Adewole"), Person("t", (IRO,), name="Tom Reed")


def the_one(problem: Problem, *seats: Seating) -> Unfilled:
    [unfilled] = unfilled_of(problem, seats)
    return unfilled


def able(problem: Problem, place: tuple[str, str]) -> set[str]:
    day = next(each.date for each in problem.sessions if each.id == place[0])
    return {
        person.id
        for person in problem.people
        for seat in obvious.choices(problem, person, day)
        if (seat.session, seat.post) == place
    }


def seats_of_day(problem: Problem, session: str) -> list[tuple[str, str]]:
    day = next(each.date for each in problem.sessions if each.id == session)
    kinds = {kind for group in problem.groups for kind in group.seats}
    there = [(each.id, kind) for each in problem.sessions if each.date == day for kind in sorted(kinds)]
    return [place for place in there for _ in range(obvious.room(problem, *place))]


def too_few(problem: Problem, seats: list[tuple[str, str]]) -> bool:
    return len(set().union(*(able(problem, place) for place in seats))) < len(seats)


def smallest(problem: Problem, empty: tuple[str, str]) -> int:
    """How many seats the smallest set has that is short, holds this seat, and no part that is short."""
    others = seats_of_day(problem, empty[0])
    others.remove(empty)
    for size in range(len(others) + 1):
        for some in combinations(others, size):
            seats = [empty, *some]
            parts = (list(each) for fewer in range(1, size + 1) for each in combinations(seats, fewer))
            if too_few(problem, seats) and not any(too_few(problem, each) for each in parts):
                return size + 1
    raise AssertionError("the seat could be filled")


@settings(max_examples=250, deadline=None)
@given(problems(people=5, sessions=4, kinds="xyz"))
def test_a_reason_is_the_smallest_there_is(problem: Problem) -> None:
    for unfilled in unfilled_of(problem, solve(problem).seats):
        empty = (unfilled.session, unfilled.post)
        assert empty in unfilled.seats
        assert set(unfilled.holders) == set().union(*(able(problem, place) for place in unfilled.seats))
        assert len(unfilled.holders) == len(unfilled.seats) - 1
        assert not Counter(unfilled.seats) - Counter(seats_of_day(problem, unfilled.session))
        assert len(unfilled.seats) == smallest(problem, empty)


@settings(max_examples=150, deadline=None)
@given(problems(people=6, sessions=4, kinds="xyz"))
def test_where_there_is_too_much_to_look_at_no_part_of_the_reason_is_short(problem: Problem) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shortage, "LOOKED_AT", 0)
        found = unfilled_of(problem, solve(problem).seats)
    for unfilled in found:
        seats = list(unfilled.seats)
        assert (unfilled.session, unfilled.post) in seats
        assert too_few(problem, seats)
        assert not any(too_few(problem, list(some)) for n in range(1, len(seats)) for some in combinations(seats, n))


@settings(max_examples=150, deadline=None)
@given(problems(people=6, sessions=4))
def test_of_any_seating_every_empty_seat_is_named_and_the_fillable_ones_have_no_shortage(problem: Problem) -> None:
    some = [seat for seat in solve(problem).seats if seat.person != "p1"]
    found = unfilled_of(problem, some)
    wanted = Counter(
        place for each in {s.date: s for s in problem.sessions}.values() for place in seats_of_day(problem, each.id)
    )
    assert Counter((each.session, each.post) for each in found) == wanted - Counter((s.session, s.post) for s in some)
    best = len(unfilled_of(problem, solve(Problem(problem.people, problem.groups, problem.sessions)).seats))
    assert sum(bool(each.seats) for each in found) == best


def test_whoever_is_away_or_sits_elsewhere_is_named() -> None:
    problem = Problem((GRACE, TOM), (PROTECTION, DUTY), MEETINGS, post_names=NAMES)
    assert the_one(problem, Seating("duty-1", IRO, "t")) == Unfilled(
        "cp-1",
        IRO,
        "No Independent Reviewing Officer is free on 14 May 2026: Grace Adewole is away and Tom Reed sits in Frontline "
        "duty. That day 2 Independent Reviewing Officer seats have one person who could take them.",
        "Moving the session to 15 May 2026 frees two: Grace Adewole and Tom Reed.",
        (("cp-1", IRO), ("duty-1", IRO)),
        ("t",),
    )


def test_where_all_are_away_the_seat_alone_is_the_reason() -> None:
    problem = Problem((GRACE,), (PROTECTION,), MEETINGS[:1], post_names=NAMES)
    found = the_one(problem)
    assert found.why == "No Independent Reviewing Officer is free on 14 May 2026: Grace Adewole is away."
    assert (found.seats, found.holders) == ((("cp-1", IRO),), ())


def test_a_post_that_nobody_holds_is_said_to_be() -> None:
    problem = Problem((Person("x", (TM,)),), (PROTECTION,), MEETINGS[:1], post_names=NAMES)
    found = the_one(problem)
    assert found.why == "Nobody in this rota may sit as Independent Reviewing Officer."
    assert found.fix == "Give somebody this post, or hold the session with the seat empty."


def test_a_seat_that_somebody_is_free_for_asks_for_her() -> None:
    problem = Problem((TOM,), (PROTECTION,), MEETINGS[:1], post_names=NAMES)
    found = the_one(problem)
    assert found.why == "Nobody has been given this seat; Tom Reed is free on 14 May 2026."
    assert found.fix == "Seat Tom Reed in Child protection as Independent Reviewing Officer."


def test_where_one_must_move_to_make_room_both_steps_are_said() -> None:
    ann = Person("a", (IRO,), groups=frozenset({"duty"}), name="Ann Lee")
    problem = Problem((ann, TOM), (PROTECTION, DUTY), MEETINGS, post_names=NAMES)
    assert the_one(problem, Seating("duty-1", IRO, "t")).fix == (
        "Move Tom Reed to Child protection as Independent Reviewing Officer and seat Ann Lee in Frontline duty as "
        "Independent Reviewing Officer."
    )


def test_a_day_on_which_all_who_sit_can_come_is_better_than_one_that_frees_more() -> None:
    two = Group("cp", {IRO: 1, TM: 1}, "Child protection")
    ivy = Person("i", (IRO,), frozenset({THURSDAY, FRIDAY}), name="Ivy Hall")
    may = Person("m", (TM,), frozenset({FRIDAY}), name="May Cole")
    problem = Problem((GRACE, ivy, may), (two,), MEETINGS[:1], other_days={"cp-1": (FRIDAY, date(2026, 5, 20))})
    assert the_one(problem, Seating("cp-1", TM, "m")).fix == (
        "Moving the session to 20 May 2026 frees two: Grace Adewole and Ivy Hall."
    )


def test_a_day_that_costs_somebody_says_whom() -> None:
    two = Group("cp", {IRO: 1, TM: 1}, "Child protection")
    may = Person("m", (TM,), frozenset({FRIDAY}), name="May Cole")
    problem = Problem((GRACE, may), (two,), MEETINGS[:1], other_days={"cp-1": (FRIDAY,)})
    assert the_one(problem, Seating("cp-1", TM, "m")).fix == (
        "Moving the session to 15 May 2026 frees one: Grace Adewole, but May Cole could not come then."
    )


def test_where_no_day_helps_what_else_would_is_said() -> None:
    away = frozenset(date(2026, 5, day) for day in range(11, 16))
    grace = Person("g", (IRO,), away, name="Grace Adewole")
    problem = Problem((grace,), (PROTECTION,), MEETINGS[:1])
    assert the_one(problem).fix == (
        "No other day near it frees anybody: give one more person this post, or hold the session with the seat empty."
    )
    bound = Person("b", (IRO,), groups=frozenset({"duty"}), name="Ben Osei")
    problem = Problem((grace, bound), (PROTECTION, DUTY), MEETINGS[:1])
    assert the_one(problem).fix == "Ben Osei is free that day: let Ben Osei sit in this group too."


def test_no_session_is_moved_to_a_holiday_or_a_day_its_group_meets() -> None:
    good_friday_week = Session("cp-1", "cp", date(2026, 4, 2))
    grace = Person("g", (IRO,), frozenset({date(2026, 4, 1), date(2026, 4, 2)}), name="Grace Adewole")
    problem = Problem((grace,), (PROTECTION,), (good_friday_week, Session("cp-2", "cp", date(2026, 3, 31))))
    found = {each.session: each.fix for each in unfilled_of(problem, [Seating("cp-2", IRO, "g")])}
    assert found == {"cp-1": "Moving the session to 30 March 2026 frees one: Grace Adewole."}


def test_somebody_seated_against_the_rules_takes_her_seat_away_and_explains_nothing() -> None:
    problem = Problem((GRACE, TOM), (PROTECTION, DUTY), MEETINGS, post_names=NAMES)
    found = unfilled_of(problem, [Seating("duty-1", IRO, "g")])
    assert [(each.session, each.fix) for each in found] == [
        ("cp-1", "Seat Tom Reed in Child protection as Independent Reviewing Officer.")
    ]
