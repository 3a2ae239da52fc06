"""What a change of the rota by hand does: what forbids it, and what to know before it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goldenthread.method.rota.fairness import fair_shares_on
from goldenthread.method.rota.ground import Ground, welcome
from goldenthread.method.rota.problem import Problem, Seating
from goldenthread.method.rota.weighing import twice_running
from goldenthread.method.rota.wording import day_words, kind_words, number_words, session_words


@dataclass(frozen=True)
class Consequences:
    """Sentences about a change: `refused` forbid it, `warnings` are for whoever decides."""

    refused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def consequences(problem: Problem, before: Iterable[Seating], after: Iterable[Seating]) -> Consequences:
    """What changing the seating from `before` to `after` does. Only what the change brings is said.

    Forbidden: somebody twice on a day, on a day she is away, in a seat her posts do not open, in a group she may not
    sit in, and more people than seats. Warned of: whose load changes and how it stands to her fair share, who sits
    twice running in a group, and which seats are left empty.

    >>> from datetime import date
    >>> from goldenthread.method.rota.problem import Group, Person, Session
    >>> day = date(2026, 5, 14)
    >>> people = Person("1", ("tm",), name="Grace Adewole"), Person("2", ("tm",), frozenset({day}), name="Tom Reed")
    >>> problem = Problem(people, (Group("duty", {"tm": 1}, "Duty"),), (Session("a", "duty", day),))
    >>> consequences(problem, [Seating("a", "tm", "1")], [Seating("a", "tm", "2")]).refused
    ('Tom Reed is away on 14 May 2026.',)
    """
    ground = Ground(problem)
    was, now = set(before), set(after)
    if strangers := list(_strangers(ground, now - was)):
        return Consequences(refused=tuple(strangers))
    was, now = ({seat for seat in seats if seat.session in ground.sessions} for seats in (was, now))
    refused = [*_forbidden(ground, was, now), *_crowded(ground, was, now), *_twice_a_day(ground, was, now)]
    warnings = [*_loads(ground, was, now), *_running(ground, was, now), *_emptied(ground, was, now)]
    return Consequences(tuple(refused), tuple(warnings))


def _strangers(ground: Ground, new: set[Seating]) -> Iterator[str]:
    """What is named and is not there."""
    for seat in sorted(new):
        if seat.session not in ground.sessions:
            yield f"There is no session “{seat.session}” in this rota."
        if seat.person not in ground.people:
            yield f"There is no person “{seat.person}” in this rota."


def _forbidden(ground: Ground, was: set[Seating], now: set[Seating]) -> Iterator[str]:
    for seat in ground.ordered(now - was):
        person, session = ground.people[seat.person], ground.sessions[seat.session]
        if session.date in person.away:
            yield f"{person} is away on {day_words(session.date)}."
        if seat.post not in person.posts:
            yield f"{person} may not sit as {kind_words(ground, seat.post)}."
        if not welcome(person, session):
            yield f"{person} may not sit in {ground.groups[session.group]}."


def _crowded(ground: Ground, was: set[Seating], now: set[Seating]) -> Iterator[str]:
    """Seats with more people than before, and more than there are."""
    then, taken = (Counter((seat.session, seat.post) for seat in seats) for seats in (was, now))
    for (session, kind), people in sorted(taken.items()):
        number = ground.number(session, kind)
        if people > max(number, then[session, kind]):
            where = f"{session_words(ground, session)} on {day_words(ground.sessions[session].date)}"
            seats = f"{number_words(number)} {'seat' if number == 1 else 'seats'}"
            yield f"{where} has {seats} for {kind_words(ground, kind)}, and {number_words(people)} would sit there."


def _twice_a_day(ground: Ground, was: set[Seating], now: set[Seating]) -> Iterator[str]:
    on: dict[tuple[str, str], list[Seating]] = {}
    for seat in ground.ordered(now):
        on.setdefault((ground.sessions[seat.session].date.isoformat(), seat.person), []).append(seat)
    for (_, who), seats in sorted(on.items()):
        if len(seats) > 1 and set(seats) - was:
            where = " and in ".join(session_words(ground, seat.session) for seat in seats)
            day = day_words(ground.sessions[seats[0].session].date)
            yield f"{ground.people.get(who, who)} would sit twice on {day}: in {where}."


def _loads(ground: Ground, was: set[Seating], now: set[Seating]) -> Iterator[str]:
    then, load = (Counter(seat.person for seat in seats) for seats in (was, now))
    fair = fair_shares_on(ground)
    for who, person in ground.people.items():
        if then[who] != load[who]:
            seats = f"{load[who]} {'seat' if load[who] == 1 else 'seats'}"
            yield f"{person} would have {seats} where now it is {then[who]}; a fair share is {fair[who]:.1f}."


def _running(ground: Ground, was: set[Seating], now: set[Seating]) -> Iterator[str]:
    for who, session in sorted(set(twice_running(ground, now)) - set(twice_running(ground, was))):
        group = ground.groups[ground.sessions[session].group]
        days = [day_words(ground.sessions[each].date) for each in (ground.before[session], session)]
        yield f"{ground.people.get(who, who)} would sit in {group} twice running, on {days[0]} and {days[1]}."


def _emptied(ground: Ground, was: set[Seating], now: set[Seating]) -> Iterator[str]:
    then, taken = (Counter((seat.session, seat.post) for seat in seats) for seats in (was, now))
    for session, kind in sorted(then):
        if taken[session, kind] < min(then[session, kind], ground.number(session, kind)):
            where = f"{session_words(ground, session)} on {day_words(ground.sessions[session].date)}"
            yield f"A seat for {kind_words(ground, kind)} in {where} would be empty."
