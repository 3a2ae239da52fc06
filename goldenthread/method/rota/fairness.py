"""Each person's fair share of the seats: what she would carry if a seat could be divided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from goldenthread.method.rota.ground import Ground, welcome
from goldenthread.method.rota.problem import Person, Problem

ROUNDS, CLOSE = 200, 1e-4
Crowd = list[tuple[Person, int]]  # who may sit in some seats, with on how many of their days


def fair_shares(problem: Problem) -> dict[str, float]:
    """{person's id: seats}, the seats of each kind divided among those who may sit there, in proportion to weight.

    Nobody's share is more than the days she can come; what she cannot carry the others share. Of somebody with several
    posts the whole load counts, so that she takes less where colleagues have less to do elsewhere.

    >>> from goldenthread.method.rota.problem import Group, Session
    >>> may, june = date(2026, 5, 14), date(2026, 6, 25)
    >>> people = Person("a", ("tm",)), Person("b", ("tm",), weight=0.5), Person("c", ("tm",), frozenset({may, june}))
    >>> sessions = Session("1", "duty", may), Session("2", "duty", june)
    >>> fair_shares(Problem(people, (Group("duty", {"tm": 1}),), sessions))
    {'a': 1.33, 'b': 0.67, 'c': 0.0}
    """
    return fair_shares_on(Ground(problem))


def fair_shares_on(ground: Ground) -> dict[str, float]:
    """The same, from what is worked out already."""
    blocks = list(_blocks(ground).values())
    shares: list[dict[str, float]] = [{} for _ in blocks]
    total = dict.fromkeys(ground.people, 0.0)
    overlapping = _overlapping(blocks)
    for _ in range(ROUNDS if overlapping else 1):
        furthest = 0.0
        for (seats, crowd), share in zip(blocks, shares, strict=True):
            elsewhere = {person.id: total[person.id] - share.get(person.id, 0.0) for person, _ in crowd}
            for person_id, mine in _divided(seats, crowd, elsewhere).items():
                furthest = max(furthest, abs(mine - share.get(person_id, 0.0)))
                share[person_id] = mine
                total[person_id] = elsewhere[person_id] + mine
        if furthest < CLOSE:
            break
    return {person: round(share, 2) for person, share in total.items()}


def _overlapping(blocks: list[tuple[float, Crowd]]) -> bool:
    everybody = [person.id for _, crowd in blocks for person, _ in crowd]
    return len(everybody) > len(set(everybody))


def _blocks(ground: Ground) -> Mapping[tuple[str, ...], tuple[float, Crowd]]:
    """The seats in blocks that are alike to everybody: of a kind, and of a group where somebody is tied to groups."""
    blocks: dict[tuple[str, ...], tuple[float, Crowd]] = {}
    for kind in ground.kinds:
        tied = any(person.groups is not None for person in ground.holders[kind])
        groups = [group for group in sorted(ground.groups) if ground.groups[group].seats.get(kind, 0) > 0]
        for name, which in [((kind, group), {group}) for group in groups] if tied else [((kind,), set(groups))]:
            blocks[name] = _block(ground, kind, which)
    return blocks


def _block(ground: Ground, kind: str, groups: set[str]) -> tuple[float, Crowd]:
    """The seats of a kind in these groups that can be filled, and who may sit there."""
    wanted: dict[date, int] = {}
    for day in ground.days:
        places = ground.places.get((day, kind), ())
        wanted[day] = sum(number for session, number in places if ground.sessions[session].group in groups)
    days = {day for day, number in wanted.items() if number}
    one = next((session for session in ground.sessions.values() if session.group in groups), None)
    crowd = [person for person in ground.holders[kind] if one is not None and welcome(person, one)]
    missed = [days & person.away for person in crowd]
    away = Counter(day for each in missed for day in each)
    seats = sum(min(wanted[day], len(crowd) - away[day]) for day in days)
    return float(seats), [(person, len(days) - len(each)) for person, each in zip(crowd, missed, strict=True)]


def _divided(seats: float, crowd: Crowd, elsewhere: Mapping[str, float]) -> dict[str, float]:
    """These seats poured over a crowd until all who can carry more stand at one level of load over weight."""
    level = seats / (sum(person.weight for person, _ in crowd) or 1.0)
    if not any(elsewhere.values()) and all(level * person.weight <= most for person, most in crowd):
        return {person.id: level * person.weight for person, _ in crowd}
    steps: list[tuple[float, float]] = []  # at this level, so much more weight begins (or ends) to rise
    for person, most in crowd:
        if most:
            begins = elsewhere[person.id] / person.weight
            steps += [(begins, person.weight), (begins + most / person.weight, -person.weight)]
    steps.sort()
    level, rising, left = 0.0, 0.0, seats
    for at, weight in steps:
        if rising > 0 and (at - level) * rising >= left:
            break
        left -= (at - level) * max(rising, 0.0)
        level, rising = at, rising + weight
    if rising > 1e-9:
        level += left / rising
    return {
        person.id: min(float(most), max(0.0, level * person.weight - elsewhere[person.id])) for person, most in crowd
    }
