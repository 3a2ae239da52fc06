"""The slow obvious rota: every rota there is, looked at in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import product

from goldenthread.method.rota import Person, Problem, Seating

Parts = tuple[int, int, int, int]  # unfilled, moved, unevenness, twice running


def best(problem: Problem) -> Parts:
    """The least parts of any rota, the first counting before the second and so on."""
    return min(parts_of(problem, rota) for rota in rotas(problem))


def how_many(problem: Problem) -> int:
    number = 1
    for day in {session.date for session in problem.sessions}:
        number *= len(list(of_day(problem, day)))
    return number


def rotas(problem: Problem) -> Iterator[list[Seating]]:
    days = sorted({session.date for session in problem.sessions})
    for each in product(*(list(of_day(problem, day)) for day in days)):
        yield [seat for seats in each for seat in seats]


def of_day(problem: Problem, day: date) -> Iterator[list[Seating]]:
    """Every way to seat people on one day, each once or not at all, no more than there are seats."""
    for each in product(*([None, *choices(problem, person, day)] for person in problem.people)):
        seats = [seat for seat in each if seat]
        taken = Counter((seat.session, seat.post) for seat in seats)
        if all(number <= room(problem, *place) for place, number in taken.items()):
            yield seats


def choices(problem: Problem, person: Person, day: date) -> list[Seating]:
    return [
        Seating(session.id, kind, person.id)
        for session in problem.sessions
        if session.date == day and day not in person.away
        if person.groups is None or session.group in person.groups
        for kind in person.posts
        if room(problem, session.id, kind)
    ]


def room(problem: Problem, session: str, kind: str) -> int:
    [group] = [each.group for each in problem.sessions if each.id == session]
    return next(each.seats.get(kind, 0) for each in problem.groups if each.id == group)


def parts_of(problem: Problem, rota: list[Seating] | tuple[Seating, ...]) -> Parts:
    seats = sum(
        number
        for each in problem.sessions
        for group in problem.groups
        if group.id == each.group
        for number in group.seats.values()
    )
    load = Counter(seat.person for seat in rota)
    uneven = sum(round(420 * (2 * n - 1) / each.weight) for each in problem.people for n in range(1, load[each.id] + 1))
    return seats - len(rota), len(set(problem.already) - set(rota)), uneven, running(problem, rota)


def running(problem: Problem, rota: list[Seating] | tuple[Seating, ...]) -> int:
    sits = {(seat.session, seat.person) for seat in rota}
    found = 0
    for group in problem.groups:
        meetings = sorted((each.date, each.id) for each in problem.sessions if each.group == group.id)
        for (_, one), (_, next_one) in zip(meetings, meetings[1:], strict=False):
            found += sum((one, each.id) in sits and (next_one, each.id) in sits for each in problem.people)
    return found
