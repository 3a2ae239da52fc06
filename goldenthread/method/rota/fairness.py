"""Each person's fair share of the seats: what she would carry if a seat could be divided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from goldenthread.method.rota.ground import Ground
from goldenthread.method.rota.problem import Person, Problem

ROUNDS, CLOSE = 200, 1e-4
Crowd = list[tuple[Person, int]]  # who may sit in some seats, with on how many of their days
Block = tuple[float, Crowd]  # so many seats, for so many people


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
    blocks = _blocks(ground)
    everybody = [person.id for _, crowd in blocks for person, _ in crowd]
    if len(everybody) == len(set(everybody)):
        total = {person: share for seats, crowd in blocks for person, share in _divided(seats, crowd, {}).items()}
    else:
        total = _in_turns(blocks)
    return {person: round(total.get(person, 0.0), 2) for person in ground.people}


def _in_turns(blocks: list[Block]) -> dict[str, float]:
    """Each block divided again and again, what its people carry elsewhere as it stands, until no share changes.

    Every turn lessens the sum over people of load squared over weight, and nothing but the fair shares stops it.
    """
    shares: list[dict[str, float]] = [{} for _ in blocks]
    total = {person.id: 0.0 for _, crowd in blocks for person, _ in crowd}
    for _ in range(ROUNDS):
        furthest = 0.0
        for (seats, crowd), share in zip(blocks, shares, strict=True):
            elsewhere = {person.id: total[person.id] - share.get(person.id, 0.0) for person, _ in crowd}
            for person_id, mine in _divided(seats, crowd, elsewhere).items():
                furthest = max(furthest, abs(mine - share.get(person_id, 0.0)))
                share[person_id] = mine
                total[person_id] = elsewhere[person_id] + mine
        if furthest < CLOSE:
            break
    return total


def _blocks(ground: Ground) -> list[Block]:
    """The seats in blocks that are alike to everybody: of a kind, and of a group where somebody is tied to groups."""
    blocks = []
    for kind in ground.kinds:
        tied = any(person.groups is not None for person in ground.holders[kind])
        having = [group for group in sorted(ground.groups) if ground.groups[group].seats.get(kind, 0) > 0]
        blocks += [_block(ground, kind, group) for group in (having if tied else [""])]
    return blocks


def _block(ground: Ground, kind: str, group: str) -> Block:
    """The seats of a kind in a group, or in all, that can be filled, and who may sit there."""
    wanted: dict[date, int] = {}
    for day in ground.days:
        for session, number in ground.places.get((day, kind), ()):
            if not group or ground.sessions[session].group == group:
                wanted[day] = wanted.get(day, 0) + number
    crowd = [person for person in ground.holders[kind] if not group or person.groups is None or group in person.groups]
    able = dict.fromkeys(wanted, len(crowd))
    days = []
    for person in crowd:
        missed = [day for day in person.away if day in able]
        for day in missed:
            able[day] -= 1
        days.append(len(wanted) - len(missed))
    return float(sum(map(min, wanted.values(), able.values()))), list(zip(crowd, days, strict=True))


def _divided(seats: float, crowd: Crowd, elsewhere: Mapping[str, float]) -> dict[str, float]:
    """These seats poured over a crowd until all who can carry more stand at one level of load over weight."""
    level = seats / (sum(person.weight for person, _ in crowd) or 1.0)
    if not any(elsewhere.values()) and all(level * person.weight <= most for person, most in crowd):
        return {person.id: level * person.weight for person, _ in crowd}
    steps: list[tuple[float, float]] = []  # at this level, so much more weight begins (or ends) to rise
    for person, most in crowd:
        if most:
            begins = elsewhere.get(person.id, 0.0) / person.weight
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
        person.id: min(float(most), max(0.0, level * person.weight - elsewhere.get(person.id, 0.0)))
        for person, most in crowd
    }
