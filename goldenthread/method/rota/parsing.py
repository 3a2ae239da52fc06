"""PROBLEM.json, read: a `Problem`, or one sentence for each fault, with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldenthread.method.refusal import Refused
from goldenthread.method.rota.ground import Ground, welcome
from goldenthread.method.rota.problem import Group, Person, Problem, Seating, Session
from goldenthread.method.rota.wording import day_words, kind_words, listed

LIGHTEST, HEAVIEST = 0.01, 100  # of a person's weight
MOST_SEATS = 1_000  # of a kind in a session
SHOWN = 60  # characters of a value given, in a sentence


def parse_problem(document: object) -> Problem:
    """The problem in a JSON document. Refused: one sentence for each fault, naming its place.

    Faults: unknown keys and wrong types; two things with one id; a session of a group that is not there, and a group
    without sessions; two sessions of a group on one day; a kind of seat that nobody may fill; what is `already` naming
    what is not there, or seating somebody twice on a day. Somebody who sits `already` but is now away, or whose seat is
    no longer there, is no fault: she is what a new rota is asked for.

    >>> person = {"id": "a", "posts": ["tm"], "away": ["2026-13-04"]}
    >>> parse_problem({"people": [person], "groups": [], "sessions": []})
    Traceback (most recent call last):
    goldenthread.method.refusal.Refused: people[0].away[0]: “2026-13-04” is given, a date as 2026-05-04 is expected.
    """
    faults: list[str] = []
    top = _Thing(document, "the problem", faults)
    people = tuple(_person(each) for each in top.things("people"))
    groups = tuple(_group(each) for each in top.things("groups"))
    sessions = tuple(_session(each) for each in top.things("sessions"))
    already = tuple(_seating(each) for each in top.things("already", needed=False))
    names = top.table("post_names", _text)
    others = top.table("other_days", lambda value: _all(value, _day))
    top.done()
    if not faults:
        problem = Problem(people, groups, sessions, already, names, {key: tuple(days) for key, days in others.items()})
        faults.extend(_contradictions(problem))
    if faults:
        raise Refused(*faults)
    return problem


class _Wrong(Exception):
    """A value of the wrong kind: what is expected, and where within the value."""

    def __init__(self, expected: str, value: object, within: str = "") -> None:
        super().__init__(expected)
        self.expected, self.value, self.within = expected, value, within


@dataclass
class _Thing:
    """One object of the document, read key by key; what is wrong goes to `faults` and reading goes on."""

    value: object
    place: str
    faults: list[str]
    asked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if not isinstance(self.value, dict):
            self.faults.append(f"{self.place}: {_given(self.value)}, an object is expected.")

    def get(self, key: str, read: Callable[[object], Any], default: Any, *, needed: bool = True) -> Any:
        self.asked.add(key)
        if not isinstance(self.value, dict):
            return default
        if key not in self.value:
            if needed:
                self.faults.append(f"{self.place}: “{key}” is missing.")
            return default
        try:
            return read(self.value[key])
        except _Wrong as wrong:
            where = f"{self._of(key)}{wrong.within}"
            self.faults.append(f"{where}: {_given(wrong.value)}, {wrong.expected} is expected.")
            return default

    def things(self, key: str, *, needed: bool = True) -> list[_Thing]:
        values = self.get(key, lambda value: _all(value, lambda each: each), [], needed=needed)
        return [_Thing(value, f"{self._of(key)}[{at}]", self.faults) for at, value in enumerate(values)]

    def table(self, key: str, read: Callable[[object], Any], *, needed: bool = False) -> dict[str, Any]:
        return self.get(key, lambda value: _table(value, read), {}, needed=needed)

    def done(self) -> None:
        """Nothing is left that was not asked for."""
        if isinstance(self.value, dict):
            for key in self.value:
                if key not in self.asked:
                    known = listed([f"“{each}”" for each in sorted(self.asked)])
                    self.faults.append(f"{self.place}: “{_short(str(key))}” is not known; there are {known}.")

    def _of(self, key: str) -> str:
        return key if self.place == "the problem" else f"{self.place}.{key}"


def _person(thing: _Thing) -> Person:
    person = Person(
        id=thing.get("id", _text, ""),
        posts=tuple(thing.get("posts", lambda value: _all(value, _text), [])),
        away=frozenset(thing.get("away", lambda value: _all(value, _day), [], needed=False)),
        groups=thing.get("groups", _groups, None, needed=False),
        weight=thing.get("weight", _weight, 1.0, needed=False),
        name=thing.get("name", _words, "", needed=False),
    )
    thing.done()
    return person


def _group(thing: _Thing) -> Group:
    group = Group(
        id=thing.get("id", _text, ""),
        seats=thing.table("seats", _number, needed=True),
        name=thing.get("name", _words, "", needed=False),
    )
    thing.done()
    return group


def _session(thing: _Thing) -> Session:
    session = Session(
        id=thing.get("id", _text, ""),
        group=thing.get("group", _text, ""),
        date=thing.get("date", _day, date.min),
        name=thing.get("name", _words, "", needed=False),
    )
    thing.done()
    return session


def _seating(thing: _Thing) -> Seating:
    seating = Seating(*(thing.get(key, _text, "") for key in Seating._fields))
    thing.done()
    return seating


def _contradictions(problem: Problem) -> list[str]:
    """What is wrong between the parts of a problem, each of which is well formed by itself."""
    faults: list[str] = []
    for what, ids in (
        ("people", [person.id for person in problem.people]),
        ("groups", [group.id for group in problem.groups]),
        ("sessions", [session.id for session in problem.sessions]),
    ):
        twice = [each for each, times in Counter(ids).items() if times > 1]
        faults += [f"{what}: the id “{_short(each)}” is given {Counter(ids)[each]} times." for each in twice]
    groups = {group.id for group in problem.groups}
    faults += _unknown_groups(problem, groups)
    sessions = {session.id for session in problem.sessions}
    faults += [
        f"other_days: “{_short(each)}” is given, the id of one of the sessions is expected."
        for each in problem.other_days
        if each not in sessions
    ]
    if faults:
        return faults
    ground = Ground(problem)
    return [*_idle_groups(ground), *_double_days(ground), *_unfillable(ground), *_faults_of_already(ground)]


def _unknown_groups(problem: Problem, groups: Collection[str]) -> list[str]:
    return [
        f"sessions[{at}].group: “{_short(session.group)}” is given, the id of one of the groups is expected."
        for at, session in enumerate(problem.sessions)
        if session.group not in groups
    ] + [
        f"people[{at}].groups: “{_short(group)}” is given, the id of one of the groups is expected."
        for at, person in enumerate(problem.people)
        for group in sorted(person.groups or ())
        if group not in groups
    ]


def _idle_groups(ground: Ground) -> list[str]:
    meeting = {session.group for session in ground.sessions.values()}
    return [
        f"groups[{at}]: {group} has no sessions; give it one, or leave it out."
        for at, group in enumerate(ground.problem.groups)
        if group.id not in meeting
    ]


def _double_days(ground: Ground) -> list[str]:
    times = Counter((session.group, session.date) for session in ground.sessions.values())
    return [
        f"sessions: {ground.groups[group]} has {number} sessions on {day_words(day)}; one a day is expected."
        for (group, day), number in times.items()
        if number > 1
    ]


def _unfillable(ground: Ground) -> list[str]:
    """A sentence for each kind of seat that nobody may sit in: at all, or in one of the groups."""
    faults = []
    one_of = {session.group: session for session in ground.sessions.values()}
    for kind in ground.kinds:
        having = [group for group in ground.problem.groups if group.id in one_of and group.seats.get(kind, 0)]
        words, holders = kind_words(ground, kind), ground.holders[kind]
        if not holders:
            has = f"{listed([str(group) for group in having])} {'has' if len(having) == 1 else 'have'}"
            faults.append(f"people: nobody may sit as {words}, for which {has} seats.")
            continue
        for group in having:
            if not any(welcome(person, one_of[group.id]) for person in holders):
                who = f"nobody who may sit as {words} may sit in {group}"
                faults.append(f"people: {who}, which has seats for that.")
    return faults


def _faults_of_already(ground: Ground) -> list[str]:
    faults: list[str] = []
    on: dict[tuple[str, date], str] = {}
    for at, seat in enumerate(ground.problem.already):
        place = f"already[{at}]"
        session, person = ground.sessions.get(seat.session), ground.people.get(seat.person)
        if session is None:
            faults.append(
                f"{place}.session: “{_short(seat.session)}” is given, the id of one of the sessions is expected."
            )
        if person is None:
            faults.append(f"{place}.person: “{_short(seat.person)}” is given, the id of one of the people is expected.")
        if session is None or person is None:
            continue
        if (person.id, session.date) in on:
            faults.append(
                f"{place}: {person} sits twice on {day_words(session.date)}, here and in {on[person.id, session.date]}."
            )
        on.setdefault((person.id, session.date), place)
    return faults


def _all(value: object, read: Callable[[object], Any]) -> list[Any]:
    if not isinstance(value, list):
        raise _Wrong("a list", value)
    return [_within(f"[{at}]", read, each) for at, each in enumerate(value)]


def _table(value: object, read: Callable[[object], Any]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong("an object", value)
    return {key: _within(f".{_short(key)}", read, each) for key, each in value.items()}


def _within(where: str, read: Callable[[object], Any], value: object) -> Any:
    try:
        return read(value)
    except _Wrong as wrong:
        raise _Wrong(wrong.expected, wrong.value, f"{where}{wrong.within}") from wrong


def _text(value: object) -> str:
    if not (isinstance(value, str) and value.strip()):
        raise _Wrong("some text", value)
    return value


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise _Wrong("text", value)
    return value


def _day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _Wrong("a date as 2026-05-04", value)


def _groups(value: object) -> frozenset[str] | None:
    return None if value is None else frozenset(_all(value, _text))


def _weight(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not LIGHTEST <= value <= HEAVIEST:
        raise _Wrong(f"a number from {LIGHTEST} to {HEAVIEST}", value)
    return float(value)


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_SEATS:
        raise _Wrong(f"a whole number from 0 to {MOST_SEATS:,}", value)
    return value


def _given(value: object) -> str:
    if isinstance(value, str):
        return f"“{_short(value)}” is given" if value.strip() else "nothing is given"
    if isinstance(value, dict | list):
        return f"{'an object' if isinstance(value, dict) else 'a list'} is given"
    words = {None: "null", True: "true", False: "false"}
    return f"{words[value] if value is None or isinstance(value, bool) else _short(str(value))} is given"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
