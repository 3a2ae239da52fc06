"""Problems to try the rota on: small ones of every shape by hypothesis, and a council's by arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import strategies as st

from goldenthread.method.rota import Group, Person, Problem, Seating, Session

FIRST = date(2026, 4, 13)
DAYS = [FIRST + timedelta(weeks=6 * number) for number in range(9)]
STAFF = {"service_manager": 6, "officer": 8, "team_manager": 17, "centre_manager": 5, "practitioner": 21, "senior": 3}
SEATS = {"service_manager": 1, "officer": 1, "team_manager": 2, "centre_manager": 1, "practitioner": 2}


@st.composite
def problems(
    draw: st.DrawFn, *, people: int = 4, sessions: int = 4, kinds: str = "xy", with_already: bool = True
) -> Problem:
    """A small problem: a few people, groups and sessions; absences, ties to groups, part-timers, published seats."""
    groups = tuple(
        Group(name, {kind: draw(st.integers(0, 2)) for kind in kinds}) for name in "gh"[: draw(st.integers(1, 2))]
    )
    slots = [(day, group.id) for day in DAYS[:3] for group in groups]
    chosen = draw(st.lists(st.sampled_from(slots), min_size=1, max_size=sessions, unique=True))
    meetings = tuple(Session(f"{group}{day:%m%d}", group, day) for day, group in chosen)
    some = st.frozensets(st.sampled_from(DAYS[:3]), max_size=2)
    names = [group.id for group in groups]
    crowd = tuple(
        Person(
            f"p{number}",
            tuple(draw(st.sets(st.sampled_from(kinds), min_size=1))),
            draw(some),
            draw(st.none() | st.frozensets(st.sampled_from(names))),
            draw(st.sampled_from([1.0, 1.0, 0.5, 0.6, 0.01, 3.7])),
        )
        for number in range(draw(st.integers(1, people)))
    )
    seats = st.builds(
        Seating,
        st.sampled_from([each.id for each in meetings]),
        st.sampled_from(kinds),
        st.sampled_from([each.id for each in crowd]),
    )
    already = draw(st.lists(seats, max_size=4, unique=True)) if with_already else []
    return Problem(crowd, groups, meetings, tuple(already))


def council(*, groups: int = 3, times: int = 1, seed: int = 1, apart: bool = False) -> Problem:
    """Groups that meet nine times, six weeks apart, and their staff, each away from one day in five.

    All meet on one day, or each a day after the other where they are `apart`.
    """
    chance = numbers(seed)
    teams = tuple(Group(f"g{number:02}", SEATS) for number in range(groups))
    sessions = tuple(
        Session(f"{group.id}-{at}", group.id, day + timedelta(days=place if apart else 0))
        for at, day in enumerate(DAYS)
        for place, group in enumerate(teams)
    )
    days = sorted({session.date for session in sessions})
    people = tuple(
        Person(f"{post}-{number:03}", (post,), frozenset(day for day in days if next(chance) > 0.8))
        for post, many in STAFF.items()
        for number in range(many * times)
    )
    return Problem(people, teams, sessions)


def numbers(seed: int) -> Iterator[float]:
    """Numbers from 0 to 1 with no order that matters here, the same ever again (Lehmer's generator, 1951)."""
    state = seed * 48_271 % 2_147_483_647
    while True:
        state = state * 48_271 % 2_147_483_647
        yield state / 2_147_483_647
