"""What follows from a problem before anything is chosen: who can sit where, and which seats hang together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from operator import attrgetter

from goldenthread.method.refusal import Refused
from goldenthread.method.rota.problem import Group, Person, Problem, Seating, Session


class Ground:
    """A problem with everything in order, so that the order it was told in changes nothing.

    Refused: a weight that is not above 0, of which there is no fair share.
    """

    def __init__(self, problem: Problem) -> None:
        if without := [str(person) for person in problem.people if person.weight <= 0]:
            raise Refused(*(f"The share of a full load that {name} carries is to be more than 0." for name in without))
        self.problem = problem
        self.people: dict[str, Person] = {each.id: each for each in sorted(problem.people, key=attrgetter("id"))}
        self.groups: dict[str, Group] = {group.id: group for group in problem.groups}
        self.sessions: dict[str, Session] = {
            session.id: session for session in sorted(problem.sessions, key=attrgetter("date", "id"))
        }
        self.days: dict[date, list[Session]] = {}
        self.before: dict[str, str] = {}  # a session's id → the id of the session before it in the same group
        self.after: dict[str, str] = {}
        last: dict[str, str] = {}
        for session in self.sessions.values():
            self.days.setdefault(session.date, []).append(session)
            if session.group in last:
                self.before[session.id] = last[session.group]
                self.after[last[session.group]] = session.id
            last[session.group] = session.id

    def number(self, session: str, kind: str) -> int:
        """How many seats of this kind the session has."""
        return self.groups[self.sessions[session].group].seats.get(kind, 0)

    @cached_property
    def kinds(self) -> list[str]:
        """Every kind of seat that some session has."""
        meeting = {session.group for session in self.sessions.values()}
        return sorted({kind for group in meeting for kind, number in self.groups[group].seats.items() if number > 0})

    @cached_property
    def places(self) -> dict[tuple[date, str], list[tuple[str, int]]]:
        """The seats of each day and kind: [(session's id, how many)], days in order."""
        wanted = {
            group.id: sorted((kind, number) for kind, number in group.seats.items() if number > 0)
            for group in self.groups.values()
        }
        found: dict[tuple[date, str], list[tuple[str, int]]] = {}
        for session in self.sessions.values():
            for kind, number in wanted[session.group]:
                found.setdefault((session.date, kind), []).append((session.id, number))
        return found

    @cached_property
    def size(self) -> int:
        """How many seats there are."""
        return sum(number for places in self.places.values() for _, number in places)

    @cached_property
    def holders(self) -> dict[str, list[Person]]:
        """Who may sit in each kind of seat."""
        found: dict[str, list[Person]] = {kind: [] for kind in self.kinds}
        for person in self.people.values():
            for kind in dict.fromkeys(person.posts):
                if kind in found:
                    found[kind].append(person)
        return found

    def free(self, day: date, kind: str) -> list[Person]:
        """Who may sit in a kind of seat and is not away that day."""
        return [person for person in self.holders.get(kind, ()) if day not in person.away]

    def can(self, seating: Seating) -> bool:
        """Whether nothing but the other seats of the day stands against this seating."""
        session, person = self.sessions.get(seating.session), self.people.get(seating.person)
        if session is None or person is None or seating.post not in person.posts or session.date in person.away:
            return False
        return self.groups[session.group].seats.get(seating.post, 0) > 0 and welcome(person, session)

    @cached_property
    def parts(self) -> list[list[str]]:
        """Kinds of seat that share people, together; two parts have nobody in common and are solved each by itself."""
        part = {kind: kind for kind in self.kinds}
        for posts in sorted({person.posts for person in self.people.values() if len(person.posts) > 1}):
            mine = sorted({part[kind] for kind in posts if kind in part})
            for kind, its in part.items():
                if its in mine:
                    part[kind] = mine[0]
        together: dict[str, list[str]] = {}
        for kind in self.kinds:
            together.setdefault(part[kind], []).append(kind)
        return list(together.values())

    @cached_property
    def part_of(self) -> dict[str, int]:
        """The place among the parts of each kind of seat."""
        return {kind: at for at, kinds in enumerate(self.parts) for kind in kinds}

    @cached_property
    def already(self) -> frozenset[Seating]:
        """Who sits where now, each seat once."""
        return frozenset(self.problem.already)

    def ordered(self, seats: Iterable[Seating]) -> tuple[Seating, ...]:
        """Seats by day, session, kind and person."""
        of_session: dict[str, list[Seating]] = {session: [] for session in self.sessions}
        for seat in seats:
            of_session[seat.session].append(seat)
        return tuple(seat for there in of_session.values() for seat in sorted(there))


def welcome(person: Person, session: Session) -> bool:
    """Whether a person may sit in a session's group.

    >>> welcome(Person("a", ("tm",), groups=frozenset({"duty"})), Session("1", "duty", date(2026, 5, 14)))
    True
    """
    return person.groups is None or session.group in person.groups
