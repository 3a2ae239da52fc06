"""Who carries how much: loads as weights stand, and each person's fair share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from goldenthread.method.refusal import Refused
from goldenthread.method.rota import Group, Person, Problem, Session, solve
from goldenthread.method.rota.fairness import fair_shares
from tests.method.rota.invented import council, problems

DAYS = [date(2026, 4, 13) + timedelta(weeks=number) for number in range(12)]


def year_of(people: tuple[Person, ...], seats: dict[str, int]) -> Problem:
    sessions = tuple(Session(f"{day}", "g", day) for day in DAYS)
    return Problem(people, (Group("g", seats),), sessions)


def test_all_who_can_always_come_carry_the_same_to_one_seat() -> None:
    rota = solve(year_of(tuple(Person(name, ("tm",)) for name in "abcde"), {"tm": 2}))
    assert sorted(rota.load.values()) == [4, 5, 5, 5, 5]
    assert set(rota.fair.values()) == {4.8}


def test_a_part_timer_carries_her_part() -> None:
    people = Person("full", ("tm",)), Person("half", ("tm",), weight=0.5), Person("other", ("tm",))
    rota = solve(year_of(people, {"tm": 1}))
    assert dict(rota.load) in ({"full": 5, "half": 2, "other": 5}, {"full": 5, "half": 3, "other": 4})
    assert dict(rota.fair) == {"full": 4.8, "half": 2.4, "other": 4.8}


def test_nobody_s_share_is_more_than_her_days() -> None:
    people = Person("a", ("tm",)), Person("b", ("tm",), frozenset(DAYS[1:]))
    rota = solve(year_of(people, {"tm": 1}))
    assert dict(rota.load) == dict(rota.fair) == {"a": 11, "b": 1}


def test_somebody_with_two_posts_works_where_she_is_needed_more() -> None:
    people = Person("both", ("iro", "tm")), Person("iro", ("iro",)), Person("tm", ("tm",)), Person("more", ("tm",))
    rota = solve(year_of(people, {"iro": 1, "tm": 1}))
    assert set(rota.load.values()) == {6}
    assert set(rota.fair.values()) == {6.0}


def test_people_tied_to_groups_share_what_they_are_tied_to() -> None:
    groups = Group("g", {"tm": 1}), Group("h", {"tm": 1})
    sessions = tuple(Session(f"{group.id}{day}", group.id, day) for day in DAYS[:4] for group in groups)
    people = Person("a", ("tm",), groups=frozenset({"g"})), Person("b", ("tm",)), Person("c", ("tm",))
    rota = solve(Problem(people, groups, sessions))
    assert dict(rota.fair) == {"a": 2.67, "b": 2.67, "c": 2.67}
    assert sorted(rota.load.values()) == [2, 3, 3]


def test_a_seat_that_cannot_be_filled_is_in_nobody_s_share() -> None:
    rota = solve(year_of((Person("a", ("tm",)),), {"tm": 3}))
    assert (dict(rota.load), dict(rota.fair)) == ({"a": 12}, {"a": 12.0})


@settings(max_examples=100, deadline=None)
@given(problems(people=6, sessions=6))
def test_shares_are_not_more_than_seats_or_days(problem: Problem) -> None:
    shares = fair_shares(problem)
    days = {each.date for each in problem.sessions}
    assert set(shares) == {person.id for person in problem.people}
    assert all(shares[person.id] >= 0 for person in problem.people)
    assert (
        sum(shares.values())
        <= sum(sum(group.seats.values()) for s in problem.sessions for group in problem.groups if group.id == s.group)
        + 0.05
    )
    assert all(shares[each.id] <= len(each.posts) * len(days) * 2 for each in problem.people)


def test_nobody_carries_no_share_at_all() -> None:
    people = (Person("a", ("tm",), weight=0, name="Ann Lee"),)
    with pytest.raises(Refused, match="The share of a full load that Ann Lee carries is to be more than 0."):
        solve(year_of(people, {"tm": 1}))


def test_where_there_are_enough_nobody_sits_twice_running() -> None:
    assert solve(council()).parts["twice"] == 0


def test_sitting_twice_running_is_borne_before_an_uneven_load() -> None:
    people = Person("a", ("tm",), frozenset(DAYS[2:4])), Person("b", ("tm",), frozenset(DAYS[:2]))
    problem = replace(year_of(people, {"tm": 1}), sessions=tuple(Session(f"{day}", "g", day) for day in DAYS[:4]))
    rota = solve(problem)
    assert (dict(rota.load), rota.parts["twice"], rota.status) == ({"a": 2, "b": 2}, 2, "optimal")
