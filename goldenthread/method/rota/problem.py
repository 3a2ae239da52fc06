"""What a rota is made from, and what it is: people, groups with their seats, sessions, who sits where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

Status = Literal["optimal", "feasible", "infeasible"]


class Seating(NamedTuple):
    """One person in one seat: the session's id, the kind of seat, the person's id."""

    session: str
    post: str
    person: str


@dataclass(frozen=True)
class Person:
    """Somebody who can sit. `posts` are the kinds of seat open to her, `away` the days she cannot come.

    `groups` are the ids of the groups she may sit in; None is any group. `weight` is the share of a full load she is to
    carry: 1.0 full time, 0.5 half.
    """

    id: str
    posts: tuple[str, ...]
    away: frozenset[date] = frozenset()
    groups: frozenset[str] | None = None
    weight: float = 1.0
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.id


@dataclass(frozen=True)
class Group:
    """A group that meets: how many seats of each kind each of its sessions has.

    A seat open to two posts is a kind of its own, which the holders of both posts are given among their `posts`.
    """

    id: str
    seats: Mapping[str, int]
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.id


@dataclass(frozen=True)
class Session:
    """One meeting of a group."""

    id: str
    group: str
    date: date
    name: str = ""


@dataclass(frozen=True)
class Problem:
    """All a rota is made from. `already` is who sits where now, and stays unless it cannot.

    `post_names` are the words for kinds of seat. `other_days` are, for a session's id, the days it could be moved to;
    for a session that is not there, the other working days of its week.
    """

    people: tuple[Person, ...]
    groups: tuple[Group, ...]
    sessions: tuple[Session, ...]
    already: tuple[Seating, ...] = ()
    post_names: Mapping[str, str] = field(default_factory=dict)
    other_days: Mapping[str, tuple[date, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Unfilled:
    """One empty seat, why nobody sits there, and what would fill it, in sentences.

    `seats` is the smallest set of seats of that day, this one among them, for which there are too few people, and
    `holders` the people who could take any of them: always one fewer. Both are empty when the seat can be filled.
    """

    session: str
    post: str
    why: str
    fix: str
    seats: tuple[tuple[str, str], ...] = ()
    holders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rota:
    """Who sits where, and how good that is: see `solving` for what `objective` and `bound` weigh.

    `load` is each person's seats, `fair` her fair share of them, `moved` those of `already` that could not be kept.
    `parts` are what the objective is the sum of (unfilled, moved, uneven, twice running), `weights` what each counts.
    """

    status: Status
    seats: tuple[Seating, ...]
    unfilled: tuple[Unfilled, ...]
    load: Mapping[str, int]
    fair: Mapping[str, float]
    bound: int
    objective: int
    moved: tuple[Seating, ...]
    parts: Mapping[str, int]
    weights: Mapping[str, int]
