"""A rota's facts put to the solver, and its answer as the seats that would stand: nothing is kept here.

Core members sit first, and everyone keeps the seat she has unless she cannot; directors and partners sit beside and
take part in no solving. Sessions that are past count towards everybody's load and are never touched.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from goldenthread.method import rota
from goldenthread.method.deadlines import is_working_day
from goldenthread.method.places import kind_of, words_of
from goldenthread.plan.models import Session
from goldenthread.plan.queries.rota import BESIDE, RotaFacts, Sitting

LIGHTEST = 0.1  # in post for few of the days, or for a sliver of a week: still a tenth of a full load
SECONDS = 10.0  # the solver's own limit; a council's rota takes it a fraction of that
WEEKDAYS = 5

Keeps = Callable[[Sitting], bool]


def keeps_all(_: Sitting) -> bool:
    """Filling and re-planning: whoever can keep her seat does."""
    return True


def keeps_published(facts: RotaFacts) -> Keeps:
    """Planning again: seats people were told of, seats given by hand and those of members stay."""

    def keeps(sitting: Sitting) -> bool:
        published = facts.sessions[sitting.session].published_at is not None
        return published or sitting.fixed or sitting.standing != "seat"

    return keeps


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody as the solver knows her: one for each set of kinds of seat that her posts open to her in the year."""

    person: int
    kinds: frozenset[str]


class Table:
    """The facts laid out for the solver: its people, groups and sessions, with the way back to ours."""

    def __init__(self, facts: RotaFacts) -> None:
        self.facts = facts

    @cached_property
    def kinds_for(self) -> dict[str, frozenset[str]]:
        """Post → the kinds of seat open to its holders."""
        found: dict[str, set[str]] = defaultdict(set)
        for seats in self.facts.seats.values():
            for seat in seats:
                for post in seat.posts:
                    found[post].add(kind_of(seat))
        return {post: frozenset(kinds) for post, kinds in found.items()}

    @cached_property
    def kind_words(self) -> dict[str, str]:
        seats = (seat for seats in self.facts.seats.values() for seat in seats)
        return {kind_of(seat): words_of(self.facts.framework, seat) for seat in seats}

    @cached_property
    def other_days(self) -> dict[str, tuple[date, ...]]:
        """The days of its week that each session to come could be moved to."""
        busy = {(session.group_id, session.held_on) for session in self.facts.sessions.values()}
        return {
            str(session.pk): tuple(
                day
                for day in _week_of(session.held_on)
                if day > self.facts.today and self._open(day) and (session.group_id, day) not in busy
            )
            for session in self.facts.coming
        }

    def _open(self, day: date) -> bool:
        return is_working_day(day) and not any(day in shut for shut in self.facts.shut)

    @cached_property
    def days(self) -> list[date]:
        """Every day that matters: those of the sessions, and those they could be moved to."""
        held = {session.held_on for session in self.facts.sessions.values()}
        return sorted(held.union(*self.other_days.values()))

    @cached_property
    def candidate_days(self) -> dict[Candidate, frozenset[date]]:
        """On which days somebody is which candidate; she is one at most on any day."""
        found: dict[Candidate, set[date]] = defaultdict(set)
        for person in self.facts.posts_of:
            for day in self.days:
                held = (self.kinds_for.get(post.kind) for post in self.facts.posts_on(person, day))
                if kinds := frozenset().union(*filter(None, held)):
                    found[Candidate(person, kinds)].add(day)
        return {candidate: frozenset(days) for candidate, days in found.items()}

    @cached_property
    def ids(self) -> dict[Candidate, str]:
        """Her number; where her posts change within the year, with a further number for each time of it."""
        seen: Counter[int] = Counter()
        found = {}
        for candidate in self.candidate_days:
            seen[candidate.person] += 1
            times = seen[candidate.person]
            found[candidate] = str(candidate.person) if times == 1 else f"{candidate.person}/{times}"
        return found

    @cached_property
    def _by_day(self) -> dict[tuple[int, date], Candidate]:
        return {(each.person, day): each for each, days in self.candidate_days.items() for day in days}

    def candidate_on(self, person: int, day: date) -> Candidate | None:
        return self._by_day.get((person, day))

    def problem(self, sitting: Iterable[Sitting]) -> rota.Problem:
        """The problem in which these people sit already."""
        sitting = list(sitting)
        placed = self.placed(sitting)
        beside: dict[int, set[date]] = defaultdict(set)
        for each, kind in placed:
            if not kind:
                beside[each.person].add(self.facts.sessions[each.session].held_on)
        return rota.Problem(
            people=tuple(self._person(each, beside[each.person]) for each in self.candidate_days),
            groups=(*self._groups(), *self._past_groups(placed)),
            sessions=tuple(self._session(session) for session in self.facts.sessions.values()),
            already=tuple(self.seating(each, kind) for each, kind in placed if kind and self._has_id(each)),
            post_names=self.kind_words,
            other_days=self.other_days,
        )

    def placed(self, sitting: Sequence[Sitting]) -> list[tuple[Sitting, str]]:
        at: dict[int, list[Sitting]] = defaultdict(list)
        for each in sitting:
            at[each.session].append(each)
        kinds = {session: self.facts.kinds_at(session, sittings) for session, sittings in at.items()}
        return [(each, kinds[each.session][each.person]) for each in sitting]

    def _has_id(self, sitting: Sitting) -> bool:
        return self.candidate_on(sitting.person, self.facts.sessions[sitting.session].held_on) is not None

    def seating(self, sitting: Sitting, kind: str) -> rota.Seating:
        candidate = self.candidate_on(sitting.person, self.facts.sessions[sitting.session].held_on)
        who = self.ids[candidate] if candidate else str(sitting.person)
        return rota.Seating(str(sitting.session), kind, who)

    def sitting(self, seating: rota.Seating) -> Sitting:
        """The seat in our terms: in the post she holds that day, of those the seat is for."""
        session, person = int(seating.session), int(seating.person.partition("/")[0])
        held = [post.kind for post in self.facts.posts_on(person, self.facts.sessions[session].held_on)]
        post = next((kind for kind in held if kind in seating.post.split("/")), seating.post)
        return Sitting(session, person, post)

    def _person(self, candidate: Candidate, beside: set[date]) -> rota.Person:
        in_post = self.candidate_days[candidate]
        coming = (day for day in in_post if day >= self.facts.today)
        away = {day for day in coming if self.facts.away(candidate.person, day)}
        return rota.Person(
            id=self.ids[candidate],
            posts=tuple(sorted(candidate.kinds)),
            away=frozenset(self.days) - in_post | away | beside,
            weight=max(LIGHTEST, round(self._share(candidate) * len(in_post) / len(self.days), 2)),
            name=self.facts.people[candidate.person].name,
        )

    def _share(self, candidate: Candidate) -> float:
        """Of a full week, in the posts that open these seats to her; the fullest she has of it in the year."""
        day = max(self.candidate_days[candidate])
        held = {post.pk: float(post.share) for post in self.facts.posts_on(candidate.person, day)}
        return min(1.0, sum(held.values()))

    def _groups(self) -> list[rota.Group]:
        return [
            rota.Group(str(key), {kind_of(seat): seat.number for seat in self.facts.seats[key]}, group.name)
            for key, group in self.facts.groups.items()
        ]

    def _past_groups(self, placed: Sequence[tuple[Sitting, str]]) -> list[rota.Group]:
        """A session that is past asks for the seats that were taken and no more: what stood empty then stays so."""
        took: dict[int, Counter[str]] = {key: Counter() for key in self.facts.sessions}
        for sitting, kind in placed:
            if kind and self._has_id(sitting):
                took[sitting.session][kind] += 1
        past = (session for session in self.facts.sessions.values() if session.held_on < self.facts.today)
        return [rota.Group(f"past {session.pk}", took[session.pk], session.group.name) for session in past]

    def _session(self, session: Session) -> rota.Session:
        group = f"past {session.pk}" if session.held_on < self.facts.today else str(session.group_id)
        return rota.Session(str(session.pk), group, session.held_on)


def _week_of(day: date) -> list[date]:
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=each) for each in range(WEEKDAYS)]


# --- what would stand -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """One seat that would change hands: who leaves it and why, who would sit there; either may be nobody."""

    session: Session
    kind: str
    leaves: Sitting | None
    sits: Sitting | None
    why: str = ""


@dataclass(frozen=True)
class Proposal:
    """Every seat as it would stand, what would change, and what would stay empty."""

    facts: RotaFacts
    after: tuple[Sitting, ...]
    moves: tuple[Move, ...]
    unfilled: tuple[rota.Unfilled, ...]


@dataclass(frozen=True, slots=True)
class Staying:
    """Who keeps her seat, with the members who are seated for the first time, and who cannot, each with why."""

    sittings: tuple[Sitting, ...]
    reasons: dict[tuple[int, int], str]


def staying(facts: RotaFacts, keeps: Keeps) -> Staying:
    """What is left when those who cannot stay have gone and the members have come."""
    kept: list[Sitting] = []
    reasons: dict[tuple[int, int], str] = {}
    for key, session in facts.sessions.items():
        if session.held_on < facts.today:
            kept += facts.sitting_at[key]
            continue
        here = [each for each in facts.sitting_at[key] if _stays(facts, each, keeps, reasons)]
        kept += _with_members(facts, session, here, reasons)
    return Staying(tuple(kept), reasons)


def _stays(facts: RotaFacts, sitting: Sitting, keeps: Keeps, reasons: dict[tuple[int, int], str]) -> bool:
    session = facts.sessions[sitting.session]
    why = facts.why_not_stay(sitting)
    if not why and sitting.standing in BESIDE:
        members = facts.members_at(session, *BESIDE)
        why = "" if any(each.person_id == sitting.person for each in members) else "no longer belongs to the group"
    reasons |= {(sitting.session, sitting.person): why} if why else {}
    return not why and keeps(sitting)


def _with_members(
    facts: RotaFacts, session: Session, here: list[Sitting], reasons: dict[tuple[int, int], str]
) -> list[Sitting]:
    """Those who stay and the group's members; whoever loses the place that a core member takes gives way."""
    seated = {each.person for each in here}
    missing = [each for each in facts.members_at(session, "core", *BESIDE) if each.person_id not in seated]
    if not missing:
        return here
    come = [Sitting(session.pk, each.person_id, each.post or each.agency[:60], each.standing) for each in missing]
    before, after = facts.kinds_at(session.pk, here), facts.kinds_at(session.pk, [*here, *come])
    displaced = {each.person for each in here if before[each.person] and not after[each.person]}
    reasons |= {(session.pk, person): "gives way to a core member" for person in displaced}
    return [each for each in [*here, *come] if each.person not in displaced]


def propose(facts: RotaFacts, keeps: Keeps = keeps_all) -> Proposal:
    """The fullest and fairest rota in which everybody who can keeps her seat, as far as `keeps` says."""
    table, stay = Table(facts), staying(facts, keeps)
    found = rota.solve(table.problem(stay.sittings), seconds=SECONDS)
    kept = {(each.session, each.person): each for each in stay.sittings}
    after = {(each.session, each.person): each for each, kind in table.placed(stay.sittings) if not kind}
    for each in map(table.sitting, found.seats):
        after[each.session, each.person] = kept.get((each.session, each.person), each)
    coming = {session.pk for session in facts.coming}
    sittings = [each for each in after.values() if each.session in coming]
    sittings += [each for each in facts.sittings if each.session not in coming]
    unfilled = tuple(each for each in found.unfilled if int(each.session) in coming)
    return Proposal(facts, tuple(sorted(sittings)), moves(facts, sittings, stay.reasons), unfilled)


def moves(facts: RotaFacts, after: Sequence[Sitting], reasons: dict[tuple[int, int], str]) -> tuple[Move, ...]:
    """What changes between the seats as they stand and these, seat by seat, in the order of the days."""
    found: list[Move] = []
    would: dict[int, list[Sitting]] = defaultdict(list)
    for each in after:
        would[each.session].append(each)
    for key, session in facts.sessions.items():
        was, now = facts.kinds[key], facts.kinds_at(key, would[key])
        for kind in sorted({*was.values(), *now.values()}):
            leave = [each for each in facts.sitting_at[key] if was[each.person] == kind and each.person not in now]
            come = [each for each in would[key] if now[each.person] == kind and each.person not in was]
            for place in range(max(len(leave), len(come))):
                leaves = leave[place] if place < len(leave) else None
                sits = come[place] if place < len(come) else None
                why = reasons.get((key, leaves.person), "") if leaves else ""
                found.append(Move(session, kind, leaves, sits, why))
    return tuple(found)
