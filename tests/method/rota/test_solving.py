"""The best rota: held against every rota there is, and never outside the rules."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from goldenthread.method.rota import Group, Person, Problem, Rota, Session, solve
from tests.method.rota import obvious
from tests.method.rota.invented import DAYS, council, problems

NAMES = ("unfilled", "moved", "uneven", "twice")


def parts(rota: Rota) -> obvious.Parts:
    return tuple(rota.parts[name] for name in NAMES)  # type: ignore[return-value]


@settings(max_examples=400, deadline=None)
@given(problems())
def test_no_rota_at_all_is_better(problem: Problem) -> None:
    assume(obvious.how_many(problem) <= 20_000)
    rota = solve(problem)
    assert parts(rota) == obvious.best(problem)
    assert rota.status == "optimal"


def test_a_person_kept_from_coming_by_her_weight_alone_is_no_gap_in_the_proof() -> None:
    april, may, july = DAYS[:3]
    people = (
        Person("p0", ("z", "x"), frozenset({april}), weight=0.01),
        Person("p1", ("x",), groups=frozenset(), weight=100),
        Person("p2", ("z", "y", "x"), weight=0.33),
        Person("p3", ("z", "y"), frozenset({april, may})),
        Person("p4", ("x",), frozenset({april, may}), weight=3.7),
        Person("p5", ("x",), weight=0.01),
    )
    problem = Problem(
        people,
        (Group("g", {"x": 1, "y": 0, "z": 1}),),
        tuple(Session(f"{day}", "g", day) for day in (april, may, july)),
    )
    rota = solve(problem)
    assert (rota.status, parts(rota)) == ("optimal", obvious.best(problem))


@settings(max_examples=150, deadline=None)
@given(problems(people=3, sessions=3))
def test_the_weights_put_every_rota_in_the_same_order_at_the_top(problem: Problem) -> None:
    assume(obvious.how_many(problem) <= 5_000)
    rota = solve(problem)
    weighed = [rota.weights[name] for name in NAMES]
    sums = [
        sum(weight * part for weight, part in zip(weighed, obvious.parts_of(problem, each), strict=True))
        for each in obvious.rotas(problem)
    ]
    assert rota.objective == rota.bound == min(sums)


@settings(max_examples=200, deadline=None)
@given(problems(people=8, sessions=6, kinds="xyz"))
def test_every_seat_keeps_the_rules(problem: Problem) -> None:
    rota = solve(problem)
    days = {session.id: session.date for session in problem.sessions}
    allowed = [
        seat
        for person in problem.people
        for day in set(days.values())
        for seat in obvious.choices(problem, person, day)
    ]
    assert set(rota.seats) <= set(allowed)
    assert len({(seat.person, days[seat.session]) for seat in rota.seats}) == len(rota.seats)
    assert parts(rota) == obvious.parts_of(problem, rota.seats)
    assert rota.moved == tuple(sorted(set(problem.already) - set(rota.seats)))
    assert rota.load == {person.id: sum(seat.person == person.id for seat in rota.seats) for person in problem.people}


@settings(max_examples=100, deadline=None)
@given(problems(people=8, sessions=6), st.data())
def test_the_order_of_telling_changes_nothing(problem: Problem, data: st.DataObject) -> None:
    told = Problem(
        tuple(data.draw(st.permutations(problem.people))),
        tuple(data.draw(st.permutations(problem.groups))),
        tuple(data.draw(st.permutations(problem.sessions))),
        tuple(data.draw(st.permutations(problem.already))),
    )
    assert solve(told) == solve(problem)


@settings(max_examples=100, deadline=None)
@given(problems(people=5, sessions=5), st.data())
def test_who_is_called_what_changes_nothing_in_how_good_it_is(problem: Problem, data: st.DataObject) -> None:
    ids = [person.id for person in problem.people]
    renamed = dict(zip(ids, data.draw(st.permutations(ids)), strict=True))
    told = replace(
        problem,
        people=tuple(replace(person, id=renamed[person.id]) for person in problem.people),
        already=tuple(seat._replace(person=renamed[seat.person]) for seat in problem.already),
    )
    assert solve(told).objective == solve(problem).objective


def test_the_same_problem_gives_the_same_rota() -> None:
    assert solve(council()) == solve(council())


def test_rotas_made_at_the_same_time_do_not_disturb_each_other() -> None:
    asked = [council(seed=number % 3 + 1, apart=number % 2 == 0) for number in range(12)]
    with ThreadPoolExecutor(4) as workers:
        assert list(workers.map(solve, asked)) == [solve(problem) for problem in asked]


def test_a_whole_council_is_proven() -> None:
    rota = solve(council())
    assert rota.status == "optimal"
    assert rota.bound == rota.objective


def test_a_rota_of_nobody_is_empty() -> None:
    rota = solve(Problem((), (), ()))
    assert (rota.status, rota.seats, rota.objective) == ("optimal", (), 0)


@settings(max_examples=50, deadline=None)
@given(problems(people=8, sessions=6))
def test_with_no_time_there_is_still_a_rota_and_an_honest_bound(problem: Problem) -> None:
    hurried, best = solve(problem, seconds=0), solve(problem)
    assert hurried.bound <= best.objective <= hurried.objective
    assert (hurried.status == "optimal") == (hurried.objective == hurried.bound)
