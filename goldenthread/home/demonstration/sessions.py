"""Two years of past sessions: three groups, every six weeks, with the auditors who came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.method.deadlines import is_working_day

from .chance import Chance
from .council import Council

CYCLES = 17  # every six weeks for two years
WEEKS_BETWEEN = 6
LAST_HELD = 21  # the last cycle began this many days ago
ABSENT = 0.1
SEATS = (  # the seed's core membership
    ("service_manager",),
    ("independent_reviewing_officer",),
    ("team_manager",),
    ("team_manager",),
    ("family_centre_manager",),
    ("senior_practitioner", "social_worker"),
    ("senior_practitioner", "social_worker"),
)
MONTHLY = {  # the seed's table of what each post owes
    "team_manager": 4,
    "service_manager": 2,
    "independent_reviewing_officer": 2,
    "childrens_services_manager": 1,
    "service_director": 1,
}
VENUES = (
    "Committee Room 2, Ambermere House",
    "The Lantern Room, Harbour Lane Family Centre",
    "Training Suite, Mill Street",
    "Board Room, Ambermere House",
    "Upper Hall, Tannery Wharf Family Centre",
)


@dataclass(frozen=True, slots=True)
class Group:
    """An auditing group: which statuses it looks at, on which day of the week it meets (Monday 0), its focuses."""

    key: str
    statuses: tuple[str, ...]
    weekday: int
    focuses: tuple[str, ...]


GROUPS = (
    Group(
        "duty",
        ("open_assessment", "early_help"),
        1,
        (
            "Thresholds and first response",
            "Repeat contacts and referrals",
            "Domestic abuse at the front door",
            "Timeliness of assessments",
            "Early help before social care",
        ),
    ),
    Group(
        "safeguarding",
        ("child_protection", "child_in_need"),
        2,
        (
            "Neglect and drift",
            "Core groups and visits",
            "Fathers and other men in the family",
            "Plans of more than twelve months",
            "Children with disabilities",
            "Step-down from protection plans",
        ),
    ),
    Group(
        "looked_after",
        ("looked_after", "care_leaver"),
        3,
        (
            "Permanence by the second review",
            "Matching and placement stability",
            "Family time and identity",
            "Health of children in care",
            "Pathway plans",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class PastSession:
    """One day on which a group met, or is to meet. `seats` are (staff id, post) of those who came.

    `files`: how many were audited (0: as many as a day holds).
    """

    group_key: str
    held_on: date
    venue: str
    focus: str
    seats: tuple[tuple[str, str], ...]
    files: int = 0


def past_sessions(council: Council, today: date) -> tuple[PastSession, ...]:
    """Every session of the last two years in order of date; seats go to those who have sat least."""
    return tuple(session for session in _sessions(council, today) if session.held_on < today)


def coming_sessions(council: Council, today: date) -> tuple[PastSession, ...]:
    """The sessions of the next cycle, with those who are to sit in them."""
    return tuple(session for session in _sessions(council, today) if session.held_on >= today)


def _sessions(council: Council, today: date) -> list[PastSession]:
    chance = Chance(council.seed, "sessions")
    sat: Counter[str] = Counter()
    sessions = []
    for cycle in range(CYCLES + 1):
        week = today - timedelta(days=LAST_HELD + today.weekday() + 7 * WEEKS_BETWEEN * (CYCLES - 1 - cycle))
        for group in GROUPS:
            held_on = _held_on(week + timedelta(days=group.weekday))
            focus = group.focuses[cycle % len(group.focuses)]
            absent = ABSENT if held_on < today else 0.0
            seats = _seats(council, chance, sat, held_on, absent)
            sessions.append(PastSession(group.key, held_on, chance.pick(VENUES), focus, seats))
    return sorted(sessions, key=lambda session: session.held_on)


def _held_on(day: date) -> date:
    """The planned day, or a week or two earlier where it falls between Christmas and New Year or on a bank holiday."""
    while not is_working_day(day) or (day.month, day.day) >= (12, 22):
        day -= timedelta(days=7)
    return day


def _seats(
    council: Council, chance: Chance, sat: Counter[str], held_on: date, absent: float
) -> tuple[tuple[str, str], ...]:
    taken: dict[str, str] = {}
    posts = council.posts_on(held_on)
    for kinds in SEATS:
        holders = [post for post in posts if post.kind in kinds and post.person not in taken]
        auditors = [post for post in holders if council.person[post.person].is_auditor] or holders
        if not auditors or chance.happens(absent):
            continue
        seat = min(auditors, key=lambda post: (sat[post.person], chance.fraction()))
        taken[seat.person] = seat.kind
        sat[seat.person] += 1
    return tuple(taken.items())
