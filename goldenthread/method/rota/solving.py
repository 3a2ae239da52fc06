"""The best rota there is, with the proof that none is better.

Best is, in this order: the fewest seats empty, the fewest of `already` moved, the most even load by weight, the fewest
people twice running in one group (`weighing` has the exact weights). First who attends each day (`attendance`), then
which group each sits with (`rotation`), then, if somebody still sits twice running, whether that can be helped
(`proof`).
"""

from __future__ import annotations

from collections import Counter

from goldenthread.method.rota.attendance import Part, attend, parts, wanted
from goldenthread.method.rota.fairness import fair_shares_on
from goldenthread.method.rota.ground import Ground, welcome
from goldenthread.method.rota.problem import Problem, Rota, Seating
from goldenthread.method.rota.proof import fewest_running
from goldenthread.method.rota.reasons import unfilled_on
from goldenthread.method.rota.rotation import seated
from goldenthread.method.rota.weighing import Weights, seat_cost, twice_running, unevenness


def solve(problem: Problem, *, seconds: float = 60) -> Rota:
    """The best rota found within `seconds` of the solver's time, and whether it is proven best.

    "optimal": no rota is better. "feasible": time ran out; none is below `bound`. A seat may stay empty and somebody
    may have to move, so every problem has a rota and "infeasible" is never answered. The same problem gives the same
    rota, in whatever order its people, groups and sessions are told.

    >>> from datetime import date
    >>> from goldenthread.method.rota.problem import Group, Person, Session
    >>> days = date(2026, 5, 14), date(2026, 6, 25)
    >>> people = Person("ann", ("iro",)), Person("tom", ("iro",), away=frozenset({days[1]}))
    >>> sessions = tuple(Session(str(day), "duty", day) for day in days)
    >>> rota = solve(Problem(people, (Group("duty", {"iro": 1}),), sessions))
    >>> rota.status, [seat.person for seat in rota.seats], dict(rota.load)
    ('optimal', ['tom', 'ann'], {'ann': 1, 'tom': 1})
    """
    ground = Ground(problem)
    weights = Weights.of(ground)
    seats: list[Seating] = []
    unproven, spent = 0, 0.0
    for part in parts(ground):
        mine, over, took = _solved(ground, part, weights, seconds - spent)
        seats += mine
        unproven += over
        spent += took
    return _rota(ground, weights, seats, unproven)


def _solved(ground: Ground, part: Part, weights: Weights, seconds: float) -> tuple[list[Seating], int, float]:
    """A part's seats, by how much they may weigh more than the best ones, and the seconds it took to know."""
    if seats := _with_one_more(ground, part):
        return seats, 0, 0.0
    filled, kept = weights.unfilled // weights.uneven, weights.moved // weights.uneven
    draft, solution = attend(ground, part, filled=filled, kept=kept, seconds=seconds)
    took = solution.seconds
    if solution.proven:
        seats = seated(ground, part, draft, solution)
        seats, running, more = fewest_running(ground, part, draft, solution, seats, seconds=seconds - took)
        took += more
        bound = weights.uneven * (_settled_load(ground, part) + round(solution.bound)) + running
    else:
        seats = _as_they_come(ground, part)
        bound = weights.uneven * _settled_load(ground, part) - weights.moved * len(part.kept)
    return seats, _worth(ground, part, weights, seats) - bound, took


def _settled_load(ground: Ground, part: Part) -> int:
    load = Counter([seat.person for seat in part.settled])
    return unevenness((ground.people[person] for person in load), load)


def _worth(ground: Ground, part: Part, weights: Weights, seats: list[Seating]) -> int:
    """What a part's seats weigh: its open days' empty seats, kept ones (each one moved less), and all of its load."""
    load = Counter([seat.person for seat in seats])
    wanted_seats = sum(sum(wanted(ground, part.kinds, day).values()) for day in part.days)
    measured = {
        "unfilled": wanted_seats - (len(seats) - len(part.settled)),
        "moved": -len(set(part.kept) & set(seats)),
        "uneven": unevenness((ground.people[person] for person in load), load),
        "twice": len(twice_running(ground, seats)),
    }
    return weights.total(measured)


def _with_one_more(ground: Ground, part: Part) -> list[Seating]:
    """A part's seats where none is open, or a single one that somebody free can take: she of the least load.

    All that is kept then stays and all is filled, so no search could do better. Otherwise nothing.
    """
    seats = part.settled + part.kept
    if not part.days:
        return seats
    if len(part.days) > 1 or len({seat.person for seat in part.kept}) < len(part.kept):
        return []
    taken = Counter([(seat.session, seat.post) for seat in part.kept])
    empty = {place: number - taken[place] for place, number in wanted(ground, part.kinds, part.days[0]).items()}
    open_places = [place for place, number in empty.items() if number]
    if len(open_places) != 1 or empty[open_places[0]] != 1:
        return []
    session, kind = open_places[0]
    load = Counter([seat.person for seat in seats])
    near = [ground.before.get(session), ground.after.get(session)]
    beside = Counter([seat.person for seat in part.settled if seat.session in near])
    busy = {seat.person for seat in part.kept}
    free = [
        person
        for person in ground.free(part.days[0], kind)
        if person.id not in busy and welcome(person, ground.sessions[session])
    ]
    if not free:
        return []
    least = min(free, key=lambda person: (seat_cost(person.weight, load[person.id] + 1), beside[person.id], person.id))
    return [*seats, Seating(session, kind, least.id)]


def _as_they_come(ground: Ground, part: Part) -> list[Seating]:
    """A rota without any search: whoever sits already, then whoever of those free has the least load for her weight."""
    seats, load = list(part.settled), Counter(seat.person for seat in part.settled)
    for day in part.days:
        busy: set[str] = set()
        for kind in part.kinds:
            for session, number in ground.places.get((day, kind), ()):
                here = [person for person in ground.free(day, kind) if welcome(person, ground.sessions[session])]
                kept = {seat.person for seat in part.kept if (seat.session, seat.post) == (session, kind)}
                here.sort(key=lambda person: (person.id not in kept, load[person.id] / person.weight))
                for person in [person for person in here if person.id not in busy][:number]:
                    seats.append(Seating(session, kind, person.id))
                    busy.add(person.id)
                    load[person.id] += 1
    return seats


def _rota(ground: Ground, weights: Weights, found: list[Seating], unproven: int) -> Rota:
    seats = ground.ordered(found)
    load = Counter(seat.person for seat in seats)
    unfilled = unfilled_on(ground, seats) if len(seats) < ground.size else ()
    moved = tuple(sorted(ground.already - set(seats)))
    measured = {
        "unfilled": len(unfilled),
        "moved": len(moved),
        "uneven": unevenness(ground.people.values(), load),
        "twice": len(twice_running(ground, seats)),
    }
    objective = weights.total(measured)
    return Rota(
        status="feasible" if unproven else "optimal",
        seats=seats,
        unfilled=unfilled,
        load={person: load[person] for person in ground.people},
        fair=fair_shares_on(ground),
        bound=objective - unproven,
        objective=objective,
        moved=moved,
        parts=measured,
        weights={name: getattr(weights, name) for name in measured},
    )
