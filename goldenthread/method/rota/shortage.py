"""Why a seat of a day cannot be filled: the smallest set of seats, it among them, with fewer people than seats.

On one day the seats compete for people. By Hall's theorem (1935) all of them can be filled unless for some of them,
together, there are fewer people than seats. Seats that the same people may take are alike, so the search is over sets
of people: the smallest that holds all who could take the empty seat, and that other seats can use up altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import heappop, heappush

from goldenthread.method.rota.ground import Ground, welcome
from goldenthread.method.rota.problem import Seating

Place = tuple[str, str]  # a session's id and a kind of seat
LOOKED_AT = 2_000  # sets of people, before the first reason found is taken for want of a smaller one


class Day:
    """The seats of these kinds on one day, and who sits there.

    A seating that the rules forbid takes its seat and its person away.
    """

    def __init__(self, ground: Ground, day: date, kinds: Iterable[str], seats: Iterable[Seating]) -> None:
        self.places: dict[Place, int] = {
            (session, kind): number for kind in kinds for session, number in ground.places.get((day, kind), ())
        }
        self.sits: dict[str, Place] = {}
        self.sitting: dict[Place, list[str]] = {place: [] for place in self.places}
        barred = set()
        for seat in sorted(seats):
            place = (seat.session, seat.post)
            room = self.places.get(place, 0) > len(self.sitting.get(place, ()))
            if room and ground.can(seat) and seat.person not in self.sits:
                self.sits[seat.person] = place
                self.sitting[place].append(seat.person)
                continue
            if room:
                self.places[place] -= 1
            barred.add(seat.person)
        self.able: dict[Place, list[str]] = {
            (session, kind): [
                person.id
                for person in ground.free(day, kind)
                if welcome(person, ground.sessions[session]) and (person.id in self.sits or person.id not in barred)
            ]
            for session, kind in self.places
        }

    def empty(self) -> Iterator[Place]:
        """Each empty seat, in order."""
        for place in sorted(self.places):
            yield from [place] * (self.places[place] - len(self.sitting[place]))

    def way_to(self, empty: Place) -> list[tuple[str, Place]]:
        """The fewest people to seat, each with where, so that this seat is filled and no other emptied; or none."""
        came: dict[Place, tuple[str, Place] | None] = {empty: None}
        waiting = [empty]
        for place in waiting:
            for person in self.able[place]:
                if person not in self.sits:
                    way = [(person, place)]
                    while (step := came[way[-1][1]]) is not None:
                        way.append(step)
                    return way
                if self.sits[person] not in came:
                    came[self.sits[person]] = (person, place)
                    waiting.append(self.sits[person])
        return []

    def take(self, way: list[tuple[str, Place]]) -> None:
        """Seat people as `way_to` says."""
        for person, place in reversed(way):
            if person in self.sits:
                self.sitting[self.sits[person]].remove(person)
            self.sits[person] = place
            self.sitting[place].append(person)

    def reason(self, empty: Place) -> tuple[list[Place], list[str]]:
        """The smallest set of seats with this one for which there are too few people, and those people: one fewer.

        No way may lead to the seat. A place with several seats in the set is in the answer as often.
        """
        alike: dict[frozenset[str], list[Place]] = {}
        for place in sorted(self.places, key=lambda place: (place != empty, place)):
            alike.setdefault(frozenset(self.able[place]), []).extend([place] * self.places[place])
        first = frozenset(self.able[empty])
        alike[first].remove(empty)
        waiting: list[tuple[int, list[str], frozenset[str]]] = [(len(first), sorted(first), first)]
        seen = {first}
        while waiting and len(seen) < LOOKED_AT:
            _, _, people = heappop(waiting)
            if (others := _using_up(people, alike)) is not None:
                return [empty, *sorted(others)], sorted(people)
            for crowd in alike:
                if crowd & people and (wider := crowd | people) not in seen:
                    seen.add(wider)
                    heappush(waiting, (len(wider), sorted(wider), wider))
        return self._reached(empty)

    def _reached(self, empty: Place) -> tuple[list[Place], list[str]]:
        """Whoever could take the seat, whoever could take theirs, and so on: no part of this set is short by itself."""
        people: list[str] = []
        places = [empty]
        for place in places:
            for person in self.able[place]:
                if person not in people:
                    people.append(person)
                    places.append(self.sits[person])
        return [empty, *sorted(places[1:])], sorted(people)


def _using_up(people: frozenset[str], alike: dict[frozenset[str], list[Place]]) -> list[Place] | None:
    """Seats, one for each of these people, which nobody but they may take; or None if there are not so many."""
    within = [(place, crowd) for crowd, places in alike.items() if crowd and crowd <= people for place in places]
    if len(within) < len(people):
        return None
    held: dict[str, int] = {}
    for seat in range(len(within)):
        _seat(seat, within, held, set())
        if len(held) == len(people):
            return [within[seat][0] for seat in held.values()]
    return None


def _seat(seat: int, within: list[tuple[Place, frozenset[str]]], held: dict[str, int], asked: set[str]) -> bool:
    """Find somebody for a seat, others making room (Kuhn 1955)."""
    for person in sorted(within[seat][1]):
        if person not in asked:
            asked.add(person)
            if person not in held or _seat(held[person], within, held, asked):
                held[person] = seat
                return True
    return False
