"""The rota as its page shows it: who sits when, who carries how much, what is empty and what would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from goldenthread.method import rota
from goldenthread.people.models import Person
from goldenthread.plan.models import Group, Session
from goldenthread.plan.queries.hand_changes import Load, loads
from goldenthread.plan.queries.rota import RotaFacts, Sitting
from goldenthread.plan.queries.seating import Table


@dataclass(frozen=True, slots=True)
class Place:
    """One seat of a session: the line of the group's seats it belongs to, its words, who sits there (None: nobody)."""

    line: int
    words: str
    sitting: Sitting | None
    person: Person | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One session with its seats by post, those who sit beside, and the fewest who must sit."""

    session: Session
    places: Sequence[Place]
    beside: Sequence[Place]
    quorum: int
    past: bool

    @property
    def taken(self) -> int:
        return sum(place.person is not None for place in self.places)

    @property
    def coming(self) -> int:
        """Those who sit and can be there."""
        return sum(place.person is not None and not place.why_not for place in self.places)

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.session.group.name.split() if word[0].isalpha()).upper()[:3]


@dataclass(frozen=True, slots=True)
class Row:
    """One person: her post, her load, and for each session her place, "away", or None."""

    person: Person
    post: str
    load: Load
    cells: Sequence[Place | str | None]


@dataclass(frozen=True, slots=True)
class Empty:
    """An empty seat, why, and what would fill it."""

    session: Session
    line: int
    words: str
    why: str
    fix: str
    stuck: bool  # nobody can take it as things stand


class Board:
    """What the page of a rota shows, from its facts alone: no statement of its own."""

    def __init__(self, facts: RotaFacts) -> None:
        self.facts = facts
        self.table = Table(facts)

    @cached_property
    def columns(self) -> list[Column]:
        return [self.column(session) for session in self.facts.sessions.values()]

    def column(self, session: Session) -> Column:
        facts, kinds = self.facts, self.facts.kinds[session.pk]
        past = session.held_on < facts.today
        places: list[Place] = []
        for line, (kind, number) in enumerate(self._lines(session)):
            words = self.table.kind_words[kind]
            here = [each for each in facts.sitting_at[session.pk] if kinds[each.person] == kind]
            places += [self._place(line, words, each, past) for each in here]
            places += [Place(line, words, None, None)] * (number - len(here))
        beside = [each for each in facts.sitting_at[session.pk] if not kinds[each.person]]
        shown = [self._place(0, self._beside_words(each), each, past) for each in beside]
        return Column(session, places, shown, facts.quorums[session.group_id], past)

    def _lines(self, session: Session) -> list[tuple[str, int]]:
        return [("/".join(seat.posts), seat.number) for seat in self.facts.seats[session.group_id]]

    def _place(self, line: int, words: str, sitting: Sitting, past: bool) -> Place:
        why_not = "" if past else self.facts.why_not_stay(sitting)
        return Place(line, words, sitting, self.facts.people[sitting.person], why_not)

    def _beside_words(self, sitting: Sitting) -> str:
        labels = {post.key: post.label for post in self.facts.framework.posts}
        return labels.get(sitting.post, sitting.post)

    @cached_property
    def loads(self) -> dict[int, Load]:
        return loads(self.facts, self.table)

    def rows(self, everybody: bool = False) -> list[Row]:
        """Everybody with a seat, by post and by name; with `everybody` those who could have one too."""
        order = {post.key: place for place, post in enumerate(self.facts.framework.posts)}
        titles = {person: posts[-1] for person, posts in self.facts.posts_of.items()}
        where = self._where
        people = [
            person for person, load in self.loads.items() if load.seats or person in where or (everybody and load.fair)
        ]
        people.sort(key=lambda each: (order.get(titles[each].kind, 99) if each in titles else 99, self._name(each)))
        return [self._row(each, titles[each].title if each in titles else "", where.get(each, {})) for each in people]

    @property
    def others(self) -> int:
        """How many could have a seat and have none."""
        return sum(1 for load in self.loads.values() if load.fair and not load.seats)

    @cached_property
    def _where(self) -> dict[int, dict[int, Place]]:
        found: dict[int, dict[int, Place]] = {}
        for column in self.columns:
            for place in column.places:
                if place.sitting:
                    found.setdefault(place.sitting.person, {})[column.session.pk] = place
        return found

    def _name(self, person: int) -> str:
        return self.facts.people[person].name

    def _row(self, person: int, post: str, where: dict[int, Place]) -> Row:
        cells = [
            where.get(column.session.pk)
            or ("away" if not column.past and self.facts.away(person, column.session.held_on) else None)
            for column in self.columns
        ]
        return Row(self.facts.people[person], post, self.loads[person], cells)

    @cached_property
    def empty(self) -> list[Empty]:
        """The empty seats of sessions to come, by day, each with the reason."""
        problem = self.table.problem(self.facts.sittings)
        coming = {session.pk for session in self.facts.coming}
        found = rota.unfilled_of(problem, problem.already)
        return [self.empty_seat(each) for each in found if int(each.session) in coming]

    def empty_seat(self, unfilled: rota.Unfilled) -> Empty:
        session = self.facts.sessions[int(unfilled.session)]
        line = [kind for kind, _ in self._lines(session)].index(unfilled.post)
        return Empty(
            session, line, self.table.kind_words[unfilled.post], unfilled.why, unfilled.fix, bool(unfilled.seats)
        )

    @property
    def below_quorum(self) -> list[Column]:
        return [column for column in self.columns if not column.past and column.coming < column.quorum]

    @property
    def unpublished(self) -> list[Column]:
        return [column for column in self.columns if not column.past and column.session.published_at is None]

    @property
    def groups_without_sessions(self) -> list[Group]:
        return self.facts.groups_without_sessions
