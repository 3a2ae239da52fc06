"""Which group each sits with: the second stage, so that as few as can be sit twice running in one group.

Everybody who attends a day is given a session, away from the group she sat with last where there is another. Then,
while somebody sits twice running, she changes places: with somebody of that day, with somebody of another day, or with
somebody of no greater load who does not come that day. Every change leaves the first stage's worth as it was. Often
nobody is left twice running, which is proof by itself; `proof` says what to do otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from goldenthread.method.rota.attendance import Draft, Part
from goldenthread.method.rota.ground import Ground, welcome
from goldenthread.method.rota.model import Solution
from goldenthread.method.rota.problem import Seating
from goldenthread.method.rota.weighing import seat_cost


def seated(ground: Ground, part: Part, draft: Draft, solution: Solution) -> list[Seating]:
    """The first stage's attendance as seats, with few people twice running. Settled seats are among them."""
    coming = [choice for choice in draft.choices if solution.values[choice.column] > 0.5]
    rotation = Rotation(ground, part)
    room = {
        (session, kind): number
        for day in part.days
        for kind in part.kinds
        for session, number in ground.places.get((day, kind), ())
    }
    for choice in coming:
        if len(choice.sessions) == 1:
            rotation.sit(choice.person.id, choice.sessions[0], choice.kind)
            room[choice.sessions[0], choice.kind] -= 1
    for choice in sorted((each for each in coming if len(each.sessions) > 1), key=lambda each: each.day):
        session = min(
            (session for session in choice.sessions if room[session, choice.kind]),
            key=lambda session: (rotation.twice(choice.person.id, session), -room[session, choice.kind]),
        )
        rotation.sit(choice.person.id, session, choice.kind)
        room[session, choice.kind] -= 1
    rotation.settle_down()
    return rotation.seats()


class Rotation:
    """Who sits where in one part of the rota, as it is changed."""

    def __init__(self, ground: Ground, part: Part) -> None:
        self.ground, self.part = ground, part
        self.sitting: dict[str, dict[str, str]] = {session: {} for session in ground.sessions}  # → person → kind
        self.on: dict[str, dict[date, str]] = {}  # person → day → session
        self.stays = set(part.kept) | set(part.settled)
        for seat in part.settled:
            self.sit(seat.person, seat.session, seat.post)

    def sit(self, person: str, session: str, kind: str) -> None:
        self.sitting[session][person] = kind
        self.on.setdefault(person, {})[self.ground.sessions[session].date] = session

    def rise(self, person: str, session: str) -> str:
        """Leave a seat; its kind."""
        del self.on[person][self.ground.sessions[session].date]
        return self.sitting[session].pop(person)

    def twice(self, person: str, session: str) -> int:
        """How often somebody would sit twice running by sitting here."""
        before, after = self.ground.before.get(session), self.ground.after.get(session)
        return (before is not None and person in self.sitting[before]) + (
            after is not None and person in self.sitting[after]
        )

    def seats(self) -> list[Seating]:
        return [
            Seating(session, kind, person)
            for session, people in self.sitting.items()
            for person, kind in people.items()
        ]

    def settle_down(self) -> None:
        """Change places while a change leaves fewer twice running."""
        changed = True
        while changed:
            changed = False
            for person, session in self._running():
                if person in self.sitting[session] and self.twice(person, session):
                    changed |= any(self._eased(person, each) for each in (session, self.ground.before[session]))

    def _running(self) -> list[tuple[str, str]]:
        return [
            (person, session)
            for session, people in self.sitting.items()
            if (before := self.ground.before.get(session)) is not None
            for person in people
            if person in self.sitting[before]
        ]

    def _eased(self, person: str, session: str) -> bool:
        """Whether this person could give up this seat for another, with fewer twice running after it."""
        kind = self.sitting[session].get(person)
        if kind is None or not self.twice(person, session) or Seating(session, kind, person) in self.stays:
            return False
        return any(self._exchanged(person, session, *other) for other in self._others(session, kind)) or any(
            self._replaced(person, session, other.id)
            for other in self.ground.free(self.ground.sessions[session].date, kind)
        )

    def _others(self, session: str, kind: str) -> Iterator[tuple[str, str]]:
        """Seats of this kind to change with: those of the day first, then all others."""
        day, open_days = self.ground.sessions[session].date, set(self.part.days)
        for each in sorted(open_days, key=lambda other: (other != day, other)):
            for other, _ in self.ground.places.get((each, kind), ()):
                if other != session:
                    yield from [(person, other) for person, its in self.sitting[other].items() if its == kind]

    def _exchanged(self, person: str, session: str, other: str, there: str) -> bool:
        """Whether two people of a kind changed places, to fewer twice running."""
        kind = self.sitting[session][person]
        if person == other or Seating(there, kind, other) in self.stays:
            return False
        if not (self._could(other, session, there) and self._could(person, there, session)):
            return False
        before = self.twice(person, session)
        self.rise(person, session)
        before += self.twice(other, there)
        self.rise(other, there)
        after = self.twice(person, there)
        self.sit(person, there, kind)
        after += self.twice(other, session)
        self.sit(other, session, kind)
        if after < before:
            return True
        for who, now, was in ((person, there, session), (other, session, there)):
            self.rise(who, now)
            self.sit(who, was, kind)
        return False

    def _could(self, person: str, session: str, leaving: str) -> bool:
        """Whether somebody could sit in a session when she leaves another."""
        who, place = self.ground.people[person], self.ground.sessions[session]
        busy = self.on[person].get(place.date)
        return place.date not in who.away and welcome(who, place) and (busy is None or busy == leaving)

    def _replaced(self, person: str, session: str, other: str) -> bool:
        """Whether somebody who does not come that day took the seat, to fewer twice running and as even a load."""
        place, who = self.ground.sessions[session], self.ground.people[other]
        if place.date in self.on.get(other, {}) or not welcome(who, place):
            return False
        mine = seat_cost(self.ground.people[person].weight, len(self.on[person]))
        if seat_cost(who.weight, len(self.on.get(other, {})) + 1) != mine:
            return False
        if self.twice(other, session) >= self.twice(person, session):
            return False
        self.sit(other, session, self.rise(person, session))
        return True
