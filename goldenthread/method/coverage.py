"""The ledger of coverage: what a year of audits has to reach, what it reached, what is owed, and until when it can be.

A file counts for the team, the status, the locality and the worker that its case list named when it was drawn. Files
left to chance and files that somebody or something pointed at count alike here, since either way the team was looked
at; they are told apart in every line, because only the first say what practice is like.

Source: "The full range of teams needs to be audited throughout the course of the year- and the full complement of
cases needs to be considered" (the framework of 2009).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from goldenthread.method.capacity.covering import Duty, shortfalls
from goldenthread.method.capacity.files import counted, listed
from goldenthread.method.framework import Coverage

What = Literal["team", "status", "locality", "worker"]
WHATS: tuple[What, ...] = ("team", "status", "locality", "worker")
OF_TEAMS = ("team", "worker")  # what only groups that audit the team can reach
NOUNS = {"team": "team", "status": "kind of case", "locality": "locality", "worker": "team"}
MOST_NAMED = 5  # that a sentence names one by one


class Held(NamedTuple):
    """So many open cases of one status, in one team and locality, of one worker."""

    status: str
    team: str
    locality: str
    worker: str
    cases: int


class Chosen(NamedTuple):
    """So many files chosen for the year, alike in all this. `random`: chance chose them."""

    status: str
    team: str
    locality: str
    worker: str
    random: bool
    audited: bool
    files: int


class Sitting(NamedTuple):
    """A session to come whose files are not drawn yet, and how many it can audit."""

    day: date
    group: str
    places: int


@dataclass(frozen=True, slots=True)
class Line:
    """One team, status or locality, or the workers of one team. A line of workers counts people, the others files.

    `held`: open cases, or people who hold any. `random`, `purposive`: audited, by what chose the file; of workers,
    those with an audited file, by chance if any was. `waiting`: drawn and not audited yet. `last_day`: of the last
    session by which all that is owed in the ledger can still be done, this with it; None where nothing is owed, and
    where it cannot be any more. `alone`: the same for this line as if nothing else were owed. `open_to`: whether any
    auditing group takes such files.
    """

    what: What
    key: str
    name: str
    needed: int
    held: int
    random: int = 0
    purposive: int = 0
    waiting: int = 0
    last_day: date | None = None
    alone: date | None = None
    open_to: bool = True

    @property
    def audited(self) -> int:
        return self.random + self.purposive

    @property
    def owed(self) -> int:
        """What is neither audited nor drawn, up to what is needed."""
        return max(0, self.needed - self.audited - self.waiting)

    @property
    def noun(self) -> str:
        return "worker" if self.what == "worker" else "file"

    @property
    def state(self) -> str:
        """In a word: "not asked", "covered", "drawn", "owed", "impossible".

        >>> Line("team", "Duty 1", "Duty 1", needed=2, held=40, random=1, waiting=1).state
        'drawn'
        """
        if not self.needed:
            return "not asked"
        if self.audited >= self.needed:
            return "covered"
        if not self.owed:
            return "drawn"
        return "owed" if self.last_day else "impossible"

    @property
    def words(self) -> str:
        """What is still owed and by when, as a sentence; nothing where nothing is owed.

        >>> Line("team", "Duty 1", "Duty 1", 2, 40, last_day=date(2027, 1, 12)).words
        '2 more files by 12 January 2027.'
        >>> Line("worker", "Duty 1", "Duty 1", 2, 9, random=1).words
        '1 more worker, but no session to come has a place left.'
        """
        if not self.owed:
            return ""
        more = f"{self.owed:,} more {self.noun}{'' if self.owed == 1 else 's'}"
        if self.last_day:
            return f"{more} by {_day(self.last_day)}."
        if not self.open_to:
            return f"{more}, but no auditing group takes such files."
        if self.alone:
            return f"{more}, but the places left are too few for all that is owed; alone, by {_day(self.alone)}."
        return f"{more}, but no session to come has a place left."


# --- counting --------------------------------------------------------------------------------------------


def lines_of(
    rule: Coverage, statuses: Mapping[str, str], held: Iterable[Held], chosen: Iterable[Chosen]
) -> tuple[Line, ...]:
    """Every team, status and locality that holds a case or had a file chosen, and the workers of every team.

    `statuses`: key → the council's word, every one of which has its line. No more is needed of a team than it holds,
    nor files of more workers than hold its cases. What a list does not name (no team, no locality) has no line.

    >>> held = [Held("cp", "Duty 1", "", "Ffion", 1), Held("cp", "Duty 2", "", "Kwame", 8)]
    >>> for line in lines_of(Coverage(each_team=2), {}, held, [Chosen("cp", "Duty 2", "", "Kwame", True, True, 1)]):
    ...     print(line.what, line.key, line.needed, line.audited, line.owed)
    team Duty 1 1 0 1
    team Duty 2 2 1 1
    """
    cases: dict[What, Counter[str]] = {what: Counter() for what in WHATS}
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for status, team, locality, worker, number in held:
        cases["status"][status] += number
        cases["team"][team] += number
        cases["locality"][locality] += number
        if worker:
            holders[team].add(worker)
    files: dict[What, dict[str, list[int]]] = {what: defaultdict(lambda: [0, 0, 0]) for what in WHATS}
    seen: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for each in chosen:
        how = RANDOM if each.audited and each.random else PURPOSIVE if each.audited else WAITING
        for what, key in (("status", each.status), ("team", each.team), ("locality", each.locality)):
            files[what][key][how] += each.files  # type: ignore[index]
        if each.worker:
            seen[each.team][each.worker] = min(how, seen[each.team].get(each.worker, WAITING))
    for team, workers in seen.items():
        for how in workers.values():
            files["worker"][team][how] += 1
    cases["worker"] = Counter({team: len(workers) for team, workers in holders.items()})
    asked = {
        "team": rule.each_team, "status": rule.each_status, "locality": rule.each_locality,
        "worker": rule.workers_of_each_team,
    }  # fmt: skip
    return tuple(
        line
        for what in WHATS
        if asked[what] or what == "team"
        for line in _lines(what, asked[what], statuses, cases[what], files[what])
    )


RANDOM, PURPOSIVE, WAITING = range(3)


def _lines(
    what: What, asked: int, statuses: Mapping[str, str], held: Mapping[str, int], files: Mapping[str, Sequence[int]]
) -> Iterable[Line]:
    keys = {*held, *files} - {""}
    ordered = [*statuses, *sorted(keys - statuses.keys())] if what == "status" else sorted(keys, key=str.casefold)
    for key in ordered:
        random, purposive, waiting = files.get(key, (0, 0, 0))
        needed = min(asked, max(held.get(key, 0), random + purposive + waiting))
        name = statuses.get(key, key) if what == "status" else key
        yield Line(what, key, name, needed, held.get(key, 0), random, purposive, waiting)


# --- by when ---------------------------------------------------------------------------------------------


Groups = Callable[[What, str], frozenset[str]]


def dated(lines: Sequence[Line], sittings: Sequence[Sitting], open_to: Groups) -> tuple[Line, ...]:
    """The lines, each with the last day by which what it owes can be done. `open_to`: the groups that may audit it.

    From one session day to the next the places left grow fewer; whether they are enough is a flow of files from groups
    to duties (capacity.shortfalls), exact and in whole files. A line's day is the last from which on the sessions, that
    day's among them, still reach it with all others that compete for the same places. Teams compete with teams,
    statuses with statuses: a file is of one of each.
    """
    days = sorted({each.day for each in sittings})
    found: dict[tuple[What, str], date] = {}
    duties = {
        what: [Duty(line.key, line.name, line.owed, open_to(what, line.key)) for line in lines if line.what == what]
        for what in WHATS
    }
    places: Counter[str] = Counter()
    left: dict[date, Mapping[str, int]] = {}
    for day in reversed(days):
        for each in (sitting for sitting in sittings if sitting.day == day):
            places[each.group] += each.places
        left[day] = dict(places)
    for day in days:
        for what in WHATS:
            short = {duty.key for each in shortfalls(duties[what], left[day]) for duty in each.duties}
            found |= {(what, duty.key): day for duty in duties[what] if duty.files and duty.key not in short}
    groups = {(what, duty.key): duty.groups for what, same in duties.items() for duty in same}
    return tuple(
        replace(
            line,
            last_day=found.get((line.what, line.key)) if line.owed else None,
            alone=_alone(line.owed, groups[line.what, line.key], left) if line.owed else None,
            open_to=bool(groups[line.what, line.key]),
        )
        for line in lines
    )


def _alone(owed: int, groups: frozenset[str], left: Mapping[date, Mapping[str, int]]) -> date | None:
    able = (day for day, places in left.items() if sum(places.get(group, 0) for group in groups) >= owed)
    return max(able, default=None)


# --- in words --------------------------------------------------------------------------------------------


def slipping(lines: Iterable[Line], until: date) -> tuple[Line, ...]:
    """The lines that owe something and cannot be met any more, or not after this day; what presses most first."""
    found = [line for line in lines if line.owed and (line.last_day is None or line.last_day <= until)]
    return tuple(sorted(found, key=lambda line: (line.last_day or date.min, WHATS.index(line.what))))


def warnings(lines: Iterable[Line], until: date) -> tuple[str, ...]:
    """What is slipping, a sentence for all of one sort that have the same day.

    >>> late = [Line("team", name, name, 2, 9, last_day=date(2027, 1, 12)) for name in ("Duty 1", "Duty 2")]
    >>> warnings(late, date(2027, 2, 1))
    ('2 teams (Duty 1 and Duty 2) still need 4 files: draw them for a session by 12 January 2027.',)
    """
    alike: dict[tuple[What, date | None, bool, bool], list[Line]] = {}
    for line in slipping(lines, until):
        alike.setdefault((line.what, line.last_day, line.alone is not None, line.open_to), []).append(line)
    return tuple(_warning(what, last, alone, groups, same) for (what, last, alone, groups), same in alike.items())


def _warning(what: What, last: date | None, alone: bool, open_to: bool, lines: Sequence[Line]) -> str:
    number, owed = len(lines), sum(line.owed for line in lines)
    noun = NOUNS[what] if number == 1 else {"kind of case": "kinds of case", "locality": "localities"}.get(
        NOUNS[what], f"{NOUNS[what]}s"
    )  # fmt: skip
    named = _named([line.name for line in lines])
    files = counted(owed, "file") if what != "worker" else f"files of {counted(owed, 'more worker')}"
    opening = f"{number:,} {noun} ({named}) still need{'s' if number == 1 else ''} {files}"
    it = "it" if owed == 1 and what != "worker" else "them"
    if last:
        return f"{opening}: draw {it} for a session by {_day(last)}."
    if not open_to:
        return f"{opening}, but no auditing group takes such files."
    if alone:
        return f"{opening}, but the sessions to come have too few places for all that is owed."
    return f"{opening}, but no session to come has a place left for {it}."


def _named(names: Sequence[str]) -> str:
    further = len(names) - MOST_NAMED + 1
    return listed(names if further < 2 else [*names[: MOST_NAMED - 1], f"{further} others"])


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def share(lines: Collection[Line]) -> tuple[int, int]:
    """How many of the lines that are asked for are covered, drawn ones not counted, and how many are asked for."""
    asked = [line for line in lines if line.needed]
    return sum(line.state == "covered" for line in asked), len(asked)
