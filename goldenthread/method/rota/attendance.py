"""Who attends which day: the first of two stages, and the one that decides how full, steady and even a rota is.

On one day the seats of a kind are alike to everybody who may sit in any of its groups, so they are one pool, filled
without asking which group: 600 people over 9 days are 5,000 choices and not 130,000. Only those who may sit in some of
the groups, and those who sit there `already`, are tied to a session. All of it is a flow, person → person on a day →
seat, with a cost on each person's n-th seat that grows with n; the corners of such a model are whole (its rows are two
nested families: Hoffman and Kruskal 1956, Edmonds 1970), so the simplex method's answer is a rota and its prices are
the proof.

A day on which `already` fills every seat that can be is settled: any other rota of that day fills no more and moves
somebody. That is what makes planning again after somebody fell ill as small as the days on which she is missed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from goldenthread.method.rota.ground import Ground, welcome
from goldenthread.method.rota.model import INFINITY, Model, Solution, least
from goldenthread.method.rota.problem import Person, Seating
from goldenthread.method.rota.shortage import Day, Place
from goldenthread.method.rota.weighing import seat_cost

Note = tuple[str, tuple[str, ...], int, int]  # a choice to be: its kind, its sessions, the row it fills, its cost


@dataclass
class Part:
    """Kinds of seat that share people: what is settled of their seats, and the days that are open."""

    kinds: list[str]
    settled: list[Seating] = field(default_factory=list)
    kept: list[Seating] = field(default_factory=list)  # of `already`, on open days, what could be kept
    days: list[date] = field(default_factory=list)


@dataclass(frozen=True)
class Choice:
    """Somebody who may come on a day, to sit in this kind of seat in any one of `sessions`, all alike to the model."""

    column: int
    person: Person
    day: date
    kind: str
    sessions: tuple[str, ...]


@dataclass
class Draft:
    """The model of a part, with what its columns and rows mean."""

    model: Model = field(default_factory=Model)
    choices: list[Choice] = field(default_factory=list)
    empty: dict[int, list[tuple[str, str, int]]] = field(default_factory=dict)  # column → (session, kind, seats)
    pooled: dict[tuple[str, str], int] = field(default_factory=dict)  # (session, kind) → column that fills it by pool
    days: dict[tuple[str, date], int] = field(default_factory=dict)  # (person, day) → row that lets her sit but once
    heights: dict[str, list[int]] = field(default_factory=dict)  # person → columns of her next seat, the one after …
    cut_short: set[str] = field(default_factory=set)  # who could come on more days than she has columns


def parts(ground: Ground) -> Iterator[Part]:
    """Every part, its settled days apart from the open ones."""
    sitting: dict[Place, list[Seating]] = {}
    for seat in ground.already:
        if ground.can(seat):
            sitting.setdefault((seat.session, seat.post), []).append(seat)
    found = [Part(kinds) for kinds in ground.parts]
    for day in ground.days:
        for part in found:
            seats: list[Seating] = []
            empty, crowded = 0, False
            for kind in part.kinds:
                for session, number in ground.places.get((day, kind), ()):
                    here = sitting.get((session, kind), ())
                    seats += here
                    empty += number - len(here)
                    crowded = crowded or len(here) > number
            alone = not crowded and len({seat.person for seat in seats}) == len(seats)
            if alone and (not empty or (seats and _is_full(ground, part, day, seats))):
                part.settled += seats
            else:
                part.kept += seats
                part.days.append(day)
    for part in found:
        part.settled.sort()
        yield part


def _is_full(ground: Ground, part: Part, day: date, seats: list[Seating]) -> bool:
    """Whether none of the empty seats could be filled, even if people changed places."""
    there = Day(ground, day, part.kinds, seats)
    return not any(there.way_to(place) for place in sorted(set(there.empty())))


def wanted(ground: Ground, kinds: list[str], day: date) -> dict[Place, int]:
    """How many seats of each session and kind there are that day."""
    return {(session, kind): number for kind in kinds for session, number in ground.places.get((day, kind), ())}


def attend(ground: Ground, part: Part, *, filled: int, kept: int, seconds: float) -> tuple[Draft, Solution]:
    """The best attendance of a part's open days: `filled` is what an empty seat costs, `kept` what one moved does."""
    load = Counter(seat.person for seat in part.settled)
    seats = sum(number for day in part.days for kind in part.kinds for _, number in ground.places.get((day, kind), ()))
    holders = {person.id for kind in part.kinds for person in ground.holders[kind]}
    steps, took = 3 + 2 * math.ceil(seats / max(1, len(holders))), 0.0
    while True:
        draft = _draft(ground, part, load, steps, filled, kept)
        solution = least(draft.model, seconds=seconds - took)
        took += solution.seconds
        if not any(solution.values and solution.values[draft.heights[person][-1]] > 0.5 for person in draft.cut_short):
            return draft, replace(solution, seconds=took)
        steps *= 2


def _draft(ground: Ground, part: Part, load: Mapping[str, int], steps: int, filled: int, kept: int) -> Draft:
    draft, choices = Draft(), _Choices(ground, part)
    for day in part.days:
        for kind in part.kinds:
            if (day, kind) in ground.places:
                choices.of(draft, day, kind, filled, kept)
    choices.write(draft, load, steps)
    return draft


class _Choices:
    """The choices of a part gathered before their columns are written, since a column names all its rows at once."""

    def __init__(self, ground: Ground, part: Part) -> None:
        self.ground = ground
        self.kept: dict[tuple[date, str], dict[str, set[str]]] = {}
        for seat in part.kept:
            there = self.kept.setdefault((ground.sessions[seat.session].date, seat.post), {})
            there.setdefault(seat.person, set()).add(seat.session)
        self.found: dict[str, dict[date, list[Note]]] = {}
        self.people: dict[str, Person] = {}

    def of(self, draft: Draft, day: date, kind: str, filled: int, kept: int) -> None:
        """Note who may come on a day to this kind of seat, and write the rows and columns of the seats themselves."""
        places = self.ground.places[day, kind]
        here = [self.ground.sessions[session] for session, _ in places]
        sits = self.kept.get((day, kind), {})
        may = {
            person: tuple(session.id for session in here if welcome(person, session))
            for person in self.ground.free(day, kind)
        }
        tied = len(here) > 1 and (bool(sits) or any(len(sessions) < len(here) for sessions in may.values()))
        row_of, pool = _write_seats(draft, kind, places, filled, tied=tied)
        for person, sessions in may.items():
            mine = sits.get(person.id, set())
            everywhere = len(sessions) == len(here)
            if tied:
                for session in sorted(mine) if everywhere else sessions:
                    self._note(person, day, (kind, (session,), row_of[session], -kept if session in mine else 0))
            if everywhere:
                self._note(person, day, (kind, sessions, pool, -kept if mine and not tied else 0))

    def _note(self, person: Person, day: date, choice: Note) -> None:
        self.people[person.id] = person
        self.found.setdefault(person.id, {}).setdefault(day, []).append(choice)

    def write(self, draft: Draft, load: Mapping[str, int], steps: int) -> None:
        """Write everybody's choices: one a day, each further seat dearer. One who may come but once needs no rows."""
        model = draft.model
        for person_id in sorted(self.found):
            person, days = self.people[person_id], self.found[person_id]
            first = load.get(person_id, 0) + 1
            once = len(days) == 1
            sum_row = () if once else (model.row(0, 0),)
            for day, choices in days.items():
                rows = sum_row
                if len(choices) > 1:
                    draft.days[person_id, day] = model.row(-INFINITY, 1)
                    rows = (*sum_row, draft.days[person_id, day])
                for kind, sessions, row, cost in choices:
                    cost += seat_cost(person.weight, first) if once else 0
                    column = model.column(cost, 1, (row, *rows), (1.0,) * (1 + len(rows)))
                    draft.choices.append(Choice(column, person, day, kind, sessions))
            if not once:
                reach = range(first, first + min(steps, len(days)))
                draft.heights[person_id] = [
                    model.column(seat_cost(person.weight, n), 1, sum_row, (-1.0,)) for n in reach
                ]
                if len(days) > steps:
                    draft.cut_short.add(person_id)


def _write_seats(
    draft: Draft, kind: str, places: list[tuple[str, int]], filled: int, *, tied: bool
) -> tuple[dict[str, int], int]:
    """Rows to be filled: one for all sessions of a day alike, or, where somebody is `tied`, one each beside the pool's.

    Gives each session's row, and the row to which those who may sit in any of them come.
    """
    model, row_of = draft.model, {}
    for group in [[place] for place in places] if tied else [places]:
        seats = sum(number for _, number in group)
        row = model.row(seats, seats)
        draft.empty[model.column(filled, seats, (row,), (1.0,))] = [
            (session, kind, number) for session, number in group
        ]
        row_of.update({session: row for session, _ in group})
    if not tied:
        return row_of, row_of[places[0][0]]
    pool = model.row(0, 0)
    for session, _ in places:
        draft.pooled[session, kind] = model.column(0, INFINITY, (row_of[session], pool), (1.0, -1.0))
    return row_of, pool
