"""One seat changed by hand: who could sit there, what stands against each, and what a change brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.method import rota
from goldenthread.method.places import kind_of
from goldenthread.method.rota.fairness import fair_shares
from goldenthread.people.models import Post
from goldenthread.plan.models import Session
from goldenthread.plan.queries.rota import RotaFacts, Sitting
from goldenthread.plan.queries.seating import Table


@dataclass(frozen=True, slots=True)
class Load:
    """How many seats somebody has in the year, and her fair share of them."""

    seats: int
    fair: float

    @property
    def words(self) -> str:
        """As "a fair share", "1.3 more than a fair share"; the whole seats on either side of it are both fair."""
        over = self.seats - self.fair
        if abs(over) < 1:
            return "a fair share"
        return f"{abs(over):.1f} {'more' if over > 0 else 'fewer'} than a fair share"


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who holds a post the seat is for. `forbids`: why she cannot sit; `against`: what to think of first."""

    post: Post
    load: Load
    forbids: str
    against: tuple[str, ...]


def loads(facts: RotaFacts, table: Table) -> dict[int, Load]:
    """Each person's seats by post against her fair share, for all who could have one. Seats beside do not count."""
    fair: Counter[int] = Counter()
    for who, share in fair_shares(table.problem(facts.sittings)).items():
        fair[int(who.partition("/")[0])] += share  # type: ignore[assignment]
    seats = Counter(person for kinds in facts.kinds.values() for person, kind in kinds.items() if kind)
    return {person: Load(seats[person], fair[person]) for person in {*fair, *seats}}


def kinds_of_session(facts: RotaFacts, session: Session) -> list[str]:
    return [kind_of(seat) for seat in facts.seats[session.group_id]]


def choices(facts: RotaFacts, table: Table, session: Session, kind: str) -> list[Choice]:
    """Everybody in a post the seat is for on that day, those who are free and carry least first."""
    carried, at = loads(facts, table), facts.sitting_at[session.pk]
    here = {each.person for each in at}
    elsewhere = _sitting_on(facts, session)
    beside = _neighbours(facts, session)
    found = {}
    for post in facts.posts:
        day = session.held_on
        if post.kind in kind.split("/") and post in facts.posts_on(post.person_id, day) and post.person_id not in here:
            forbids = "is away that day" if facts.away(post.person_id, day) else elsewhere.get(post.person_id, "")
            against = tuple(beside.get(post.person_id, ()))
            found[post.person_id] = Choice(post, carried.get(post.person_id, Load(0, 0.0)), forbids, against)
    return sorted(
        found.values(),
        key=lambda each: (
            bool(each.forbids),
            bool(each.against),
            each.load.seats - each.load.fair,
            each.post.person.name,
        ),
    )


def _sitting_on(facts: RotaFacts, session: Session) -> dict[int, str]:
    others = [each for each in facts.sessions.values() if each.held_on == session.held_on and each.pk != session.pk]
    return {
        sitting.person: f"sits in {other.group.name} that day"
        for other in others
        for sitting in facts.sitting_at[other.pk]
    }


def _neighbours(facts: RotaFacts, session: Session) -> dict[int, list[str]]:
    """Who sits in the group's session before this one, and in the one after."""
    own = [each for each in facts.sessions.values() if each.group_id == session.group_id]
    place = own.index(session)
    found: dict[int, list[str]] = {}
    for words, at in (("sits in the one before", place - 1), ("sits in the one after", place + 1)):
        if 0 <= at < len(own):
            for sitting in facts.sitting_at[own[at].pk]:
                found.setdefault(sitting.person, []).append(f"{words}, {_short(own[at].held_on)}")
    return found


def _short(day: date) -> str:
    return f"{day:%-d %B}"


@dataclass(frozen=True, slots=True)
class HandChange:
    """The seats as they would stand after a change by hand, why it is forbidden, and what to know before it is kept."""

    after: tuple[Sitting, ...]
    refused: tuple[str, ...]
    warnings: tuple[str, ...]


def hand_change(facts: RotaFacts, session: Session, kind: str, leaves: int | None, sits: int | None) -> HandChange:
    """Somebody leaves a seat, somebody takes it, by hand; either may be nobody. The seat given is fixed."""
    table = Table(facts)
    rest = [each for each in facts.sittings if (each.session, each.person) != (session.pk, leaves)]
    if sits is None:
        after = rest
    else:
        held = [post.kind for post in facts.posts_on(sits, session.held_on) if post.kind in kind.split("/")]
        if not held:
            name = facts.people[sits].name if sits in facts.people else "This person"
            said = f"{name} does not hold a post that this seat is for on {_short(session.held_on)}."
            return HandChange(facts.sittings, (said,), ())
        after = [*rest, Sitting(session.pk, sits, held[0], fixed=True)]
    was, now = table.problem(facts.sittings), table.problem(after)
    brings = rota.consequences(now, was.already, now.already)
    return HandChange(tuple(after), brings.refused or tuple(unsound(facts, after)), brings.warnings)


def unsound(facts: RotaFacts, after: Iterable[Sitting]) -> list[str]:
    """What forbids the new ones of these seats: a person away, out of post, without a seat, or twice on a day."""
    after, stood = list(after), {(each.session, each.person) for each in facts.sittings}
    at: dict[int, list[Sitting]] = {key: [] for key in facts.sessions}
    for each in after:
        at[each.session].append(each)
    days = Counter((each.person, facts.sessions[each.session].held_on) for each in after)
    faults = []
    for each in after:
        if (each.session, each.person) in stood:
            continue
        session = facts.sessions[each.session]
        name = facts.people[each.person].name if each.person in facts.people else "Somebody"
        said = facts.why_not_stay(each) or _without_seat(facts, at[each.session], each)
        if session.held_on < facts.today:
            said = "past"
        elif days[each.person, session.held_on] > 1:
            said = "twice"
        if said:
            faults.append(f"{name} cannot sit in {session.group.name} on {_short(session.held_on)}: {SAID[said]}.")
    return faults


SAID = {
    "away": "they are away",
    "no longer in post": "they are not in that post then",
    "no seat": "there is no seat left for that post",
    "twice": "they have a seat elsewhere that day",
    "past": "that day is past",
}


def _without_seat(facts: RotaFacts, at: Sequence[Sitting], sitting: Sitting) -> str:
    if sitting.standing in ("director", "partner"):
        members = facts.members_at(facts.sessions[sitting.session], sitting.standing)
        return "" if any(each.person_id == sitting.person for each in members) else "no longer in post"
    was, now = facts.kinds[sitting.session], facts.kinds_at(sitting.session, at)
    crowded_out = any(kind and not now.get(person, kind) for person, kind in was.items())
    return "" if now[sitting.person] and not crowded_out else "no seat"
