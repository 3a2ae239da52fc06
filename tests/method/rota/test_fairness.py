"""Who carries how much: loads as weights stand, and each person's fair share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from goldenthread.method.refusal import Refused
from goldenthread.method.rota import Group, Person, Problem, Seating, Session, solve
from goldenthread.method.rota.fairness import fair_shares
from tests.method.rota import obvious
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


def poured(problem: Problem) -> dict[str, float]:
    """Fair shares the slow obvious way: a little of a seat goes to whoever stands lower, as long as somebody does."""
    held: dict[tuple[str, str, str], float] = {}  # (session, kind, person)
    for session in problem.sessions:
        for kind in "xyz":
            able = [
                each for each in problem.people if Seating(session.id, kind, each.id) in whole_choice(problem, each)
            ]
            for person in able:
                held[session.id, kind, person.id] = obvious.room(problem, session.id, kind) / len(able)
    weight = {each.id: each.weight for each in problem.people}
    total = {each.id: sum(much for key, much in held.items() if key[2] == each.id) for each in problem.people}
    for step in (0.1, 0.02, 0.004):
        while True:
            moves = [
                (
                    total[giver] / weight[giver] - total[taker] / weight[taker],
                    (session, kind, giver),
                    (session, kind, taker),
                )
                for (session, kind, giver), much in held.items()
                if much >= step
                for taker in weight
                if (session, kind, taker) in held
                and total[giver] / weight[giver] - total[taker] / weight[taker]
                > step / weight[giver] + step / weight[taker]
            ]
            if not moves:
                break
            _, giving, taking = max(moves)
            held[giving] -= step
            held[taking] += step
            total[giving[2]] -= step
            total[taking[2]] += step
    return total


def whole_choice(problem: Problem, person: Person) -> list[Seating]:
    return [seat for day in {each.date for each in problem.sessions} for seat in obvious.choices(problem, person, day)]


@settings(max_examples=60, deadline=None)
@given(problems(people=5, kinds="xyz", with_already=False))
def test_shares_are_those_of_pouring_seats_until_nobody_stands_lower(drawn: Problem) -> None:
    """Where nobody's diary is full, of which pouring knows nothing: three more for each kind of seat see to it."""
    crowd = tuple(replace(each, away=frozenset(), weight=min(max(each.weight, 0.5), 1)) for each in drawn.people)
    more = tuple(Person(f"{kind}{number}", (kind,)) for kind in "xyz" for number in range(3))
    groups = tuple(Group(name, dict.fromkeys("xyz", 1)) for name in "gh")
    sessions = tuple(Session(f"{group.id}{day}", group.id, day) for group in groups for day in DAYS[:3])
    problem = Problem((*crowd, *more), groups, sessions)
    assert fair_shares(problem) == pytest.approx(poured(problem), abs=0.05)


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
