"""Planning again: what is published stays unless it cannot, and then the fewest are moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from goldenthread.method.rota import Group, Person, Problem, Rota, Seating, Session, solve
from tests.method.rota import obvious
from tests.method.rota.invented import council, problems

DAY, LATER = date(2026, 5, 14), date(2026, 6, 25)


def fallen_ill(problem: Problem, rota: Rota, person: str, *days: date) -> Problem:
    people = tuple(replace(each, away=each.away | set(days)) if each.id == person else each for each in problem.people)
    return replace(problem, people=people, already=rota.seats)


def day_of(problem: Problem, seat: Seating) -> date:
    return next(each.date for each in problem.sessions if each.id == seat.session)


@settings(max_examples=200, deadline=None)
@given(problems(people=4, sessions=4, with_already=False), st.data())
def test_after_somebody_fell_ill_no_rota_fills_more_or_moves_fewer(problem: Problem, data: st.DataObject) -> None:
    rota = solve(problem)
    assume(rota.seats and obvious.how_many(problem) <= 20_000)
    seat = data.draw(st.sampled_from(rota.seats))
    again = fallen_ill(problem, rota, seat.person, day_of(problem, seat))
    found = solve(again)
    assert (found.status, obvious.parts_of(again, found.seats)) == ("optimal", obvious.best(again))


@settings(max_examples=100, deadline=None)
@given(problems(people=6, sessions=5, with_already=False))
def test_a_rota_planned_again_for_no_reason_stays_as_it_is(problem: Problem) -> None:
    rota = solve(problem)
    again = solve(replace(problem, already=rota.seats))
    assert (again.seats, again.moved) == (rota.seats, ())


def test_one_ill_person_moves_nobody_else() -> None:
    problem = council()
    rota = solve(problem)
    sick = next(seat for seat in rota.seats if seat.post == "practitioner")
    found = solve(fallen_ill(problem, rota, sick.person, day_of(problem, sick)))
    assert (found.status, found.moved) == ("optimal", (sick,))
    assert set(rota.seats) - {sick} < set(found.seats)


def test_somebody_ill_all_year_is_replaced_each_time_and_the_load_stays_even() -> None:
    problem = council()
    rota = solve(problem)
    days = {each.date for each in problem.sessions}
    hers = tuple(seat for seat in rota.seats if seat.person == "practitioner-005")
    found = solve(fallen_ill(problem, rota, "practitioner-005", *days))
    assert found.moved == tuple(sorted(hers))
    others = {found.load[each.id] for each in problem.people if each.posts == ("practitioner",)} - {0}
    assert max(others) - min(others) <= 1


def test_a_published_seat_is_given_up_to_fill_one_more() -> None:
    people = Person("a", ("iro", "tm")), Person("b", ("tm",))
    problem = Problem(
        people,
        (Group("duty", {"iro": 1, "tm": 1}),),
        (Session("1", "duty", DAY),),
        (Seating("1", "tm", "a"),),
    )
    found = solve(problem)
    assert set(found.seats) == {Seating("1", "iro", "a"), Seating("1", "tm", "b")}
    assert found.moved == (Seating("1", "tm", "a"),)


def test_more_published_than_seats_moves_only_those_too_many() -> None:
    people = tuple(Person(name, ("tm",)) for name in "abc")
    published = tuple(Seating("1", "tm", name) for name in "abc")
    found = solve(Problem(people, (Group("duty", {"tm": 2}),), (Session("1", "duty", DAY),), published))
    assert (len(found.seats), len(found.moved), found.status) == (2, 1, "optimal")


def test_what_is_published_and_no_longer_there_is_moved() -> None:
    people = (Person("a", ("tm",)),)
    gone = Seating("cancelled", "tm", "a"), Seating("1", "iro", "a"), Seating("1", "tm", "nobody")
    found = solve(Problem(people, (Group("duty", {"tm": 1}),), (Session("1", "duty", DAY),), gone))
    assert found.seats == (Seating("1", "tm", "a"),)
    assert set(found.moved) == set(gone)


def test_published_twice_a_day_keeps_one() -> None:
    people = (Person("a", ("tm",)),)
    groups = Group("duty", {"tm": 1}), Group("cp", {"tm": 1})
    sessions = Session("1", "duty", DAY), Session("2", "cp", DAY)
    found = solve(Problem(people, groups, sessions, (Seating("1", "tm", "a"), Seating("2", "tm", "a"))))
    assert (len(found.seats), len(found.moved), found.status) == (1, 1, "optimal")
