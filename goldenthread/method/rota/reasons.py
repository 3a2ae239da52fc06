"""Every empty seat of a rota, why nobody sits there, and what would fill it, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from goldenthread.method import deadlines
from goldenthread.method.rota.ground import Ground, welcome
from goldenthread.method.rota.problem import Problem, Seating, Unfilled
from goldenthread.method.rota.shortage import Day, Place
from goldenthread.method.rota.wording import day_words, kind_words, listed, number_words, seat_count, session_words

NAMED = 3  # as many are named; more are counted


def unfilled_of(problem: Problem, seats: Iterable[Seating]) -> tuple[Unfilled, ...]:
    """Every empty seat of any seating, by date, with why it is empty and what would fill it.

    >>> from goldenthread.method.rota.problem import Group, Person, Session
    >>> day, iro = date(2026, 5, 14), "independent_reviewing_officer"
    >>> people = Person("1", (iro,), frozenset({day}), name="Grace Adewole"), Person("2", (iro,), name="Tom Reed")
    >>> groups = Group("cp", {iro: 1}, "Child protection"), Group("duty", {iro: 1}, "Duty")
    >>> problem = Problem(people, groups, (Session("a", "cp", day), Session("b", "duty", day)))
    >>> [empty] = unfilled_of(problem, [Seating("b", iro, "2")])
    >>> print(empty.why)
    No independent reviewing officer is free on 14 May 2026: Grace Adewole is away and Tom Reed sits in Duty. \
That day 2 independent reviewing officer seats have one person who could take them.
    >>> print(empty.fix)
    Moving the session to 15 May 2026 frees two: Grace Adewole and Tom Reed.
    """
    ground = Ground(problem)
    return unfilled_on(ground, ground.ordered(seat for seat in set(seats) if seat.session in ground.sessions))


def unfilled_on(ground: Ground, seats: Sequence[Seating]) -> tuple[Unfilled, ...]:
    """The same, from what is worked out already: seats each once, in order."""
    taken = Counter([(seat.session, seat.post) for seat in seats])
    short: dict[date, set[str]] = {}
    for (day, kind), places in ground.places.items():
        for session, number in places:
            if taken[session, kind] < number:
                short.setdefault(day, set()).update(ground.parts[ground.part_of[kind]])
    if not short:
        return ()
    by_day: dict[date, list[Seating]] = {}
    for seat in seats:
        by_day.setdefault(ground.sessions[seat.session].date, []).append(seat)
    busy = {day: {seat.person for seat in there} for day, there in by_day.items()}
    return tuple(
        unfilled
        for day, kinds in short.items()
        for unfilled in _of_day(ground, day, sorted(kinds), by_day.get(day, []), busy)
    )


def _of_day(
    ground: Ground, on: date, kinds: list[str], seats: list[Seating], busy: dict[date, set[str]]
) -> Iterator[Unfilled]:
    filling = Day(ground, on, kinds, seats)
    for place in list(filling.empty()):
        if way := filling.way_to(place):
            yield Unfilled(*place, _why_free(ground, on, way), _seat_them(ground, way, filling))
            filling.take(way)
        else:
            short, holders = filling.reason(place)
            why = f"{_why(ground, on, place, seats)}{_compete(ground, short, holders)}"
            yield Unfilled(*place, why, _fix(ground, place, seats, busy), tuple(short), tuple(holders))


def _why_free(ground: Ground, on: date, way: list[tuple[str, Place]]) -> str:
    person = ground.people[way[0][0]]
    if len(way) == 1:
        return f"Nobody has been given this seat; {person} is free on {day_words(on)}."
    return f"Nobody free on {day_words(on)} may take this seat, but {person} may take that of somebody who may."


def _seat_them(ground: Ground, way: list[tuple[str, Place]], day: Day) -> str:
    """In the order in which they are to be done: who moves here, and who then takes her place."""
    steps = []
    for person, (session, kind) in reversed(way):
        move = person in day.sits
        where = f"{session_words(ground, session)} as {kind_words(ground, kind)}"
        steps.append(f"{'move' if move else 'seat'} {ground.people[person]} {'to' if move else 'in'} {where}")
    sentence = listed(steps)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _why(ground: Ground, on: date, place: Place, seats: list[Seating]) -> str:
    session, kind = place
    holders = ground.holders.get(kind, [])
    if not holders:
        return f"Nobody in this rota may sit as {kind_words(ground, kind)}."
    sits = {seat.person: seat.session for seat in seats}
    away = [str(person) for person in holders if on in person.away]
    here = [person for person in holders if on not in person.away]
    barred = [str(person) for person in here if not welcome(person, ground.sessions[session])]
    seated = [person for person in here if welcome(person, ground.sessions[session])]
    clauses = [_clause(away, "is away", "are away")] if away else []
    if len(seated) <= NAMED:
        clauses += [f"{person} {_sits(ground, sits.get(person.id, session), session)}" for person in seated]
    else:
        clauses.append(f"{len(seated)} sit in other seats")
    if barred:
        clauses.append(_clause(barred, "may not sit in this group", "may not sit in this group"))
    return f"No {kind_words(ground, kind)} is free on {day_words(on)}: {listed(clauses)}."


def _sits(ground: Ground, where: str, session: str) -> str:
    return "has another seat here" if where == session else f"sits in {session_words(ground, where)}"


def _clause(names: list[str], one: str, many: str) -> str:
    who = listed(names) if len(names) <= NAMED else f"{len(names)}"
    return f"{who} {one if len(names) == 1 else many}"


def _compete(ground: Ground, short: list[Place], holders: list[str]) -> str:
    """How many seats want how many people, where it is more than the one seat."""
    if len(short) == 1:
        return ""
    counts = Counter(kind for _, kind in short)
    seats = listed([seat_count(ground, kind, number) for kind, number in sorted(counts.items())])
    people = "one person" if len(holders) == 1 else f"{number_words(len(holders))} people"
    return f" That day {seats} have {people} who could take them."


def _fix(ground: Ground, place: Place, seats: list[Seating], busy: dict[date, set[str]]) -> str:
    """The nearest day that costs nobody else her seat and frees the most; or else whom to ask for what."""
    session, kind = ground.sessions[place[0]], place[1]
    if not ground.holders.get(kind):
        return "Give somebody this post, or hold the session with the seat empty."
    coming = [
        ground.people[seat.person] for seat in seats if seat.session == session.id and seat.person in ground.people
    ]
    offers = []
    for day in _other_days(ground, session.id):
        others = busy.get(day, set())
        freed = [person for person in ground.free(day, kind) if person.id not in others and welcome(person, session)]
        freed = [person for person in freed if person not in coming]
        lost = [person for person in coming if day in person.away or person.id in others]
        if freed and len(lost) <= 1:
            offers.append(
                (len(lost), -len(freed), abs((day - session.date).days), day < session.date, day, freed, lost)
            )
    if offers:
        *_, day, freed, lost = min(offers, key=lambda offer: offer[:5])
        names = f": {listed([str(person) for person in freed])}" if len(freed) <= NAMED else ""
        but = f", but {lost[0]} could not come then" if lost else ""
        return f"Moving the session to {day_words(day)} frees {number_words(len(freed))}{names}{but}."
    sitting = {seat.person for seat in seats}
    asked = [
        person
        for person in ground.free(session.date, kind)
        if person.id not in sitting and not welcome(person, session)
    ]
    if asked:
        return f"{asked[0]} is free that day: let {asked[0]} sit in this group too."
    return (
        "No other day near it frees anybody: give one more person this post, or hold the session with the seat empty."
    )


def _other_days(ground: Ground, session: str) -> list[date]:
    """The days a session could be moved to: those given, or its week's working days; never where its group meets."""
    day, group = ground.sessions[session].date, ground.sessions[session].group
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=ahead) for ahead in range(5)]
    days = ground.problem.other_days.get(session, tuple(each for each in week if _is_worked(each)))
    taken = {each.date for each in ground.sessions.values() if each.group == group}
    return [each for each in days if each not in taken]


def _is_worked(day: date) -> bool:
    return not deadlines.FIRST <= day <= deadlines.LAST or deadlines.is_working_day(day)
