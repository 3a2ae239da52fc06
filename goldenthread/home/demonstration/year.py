"""The invented council's plan: what its years keep free, what they look at, who belongs to a group, who is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.method.periods import Period

from .chance import Chance
from .council import Council
from .people import PostHeld
from .sessions import MONTHLY, PastSession

KINDS = {"case_file": 120, "supervision_file": 24, "closure_transfer": 12, "reaudit": 12, "dip_sample": 20}
ROUND = "single_records"  # the group that does not meet
ROUNDS = 2  # months before this one for which single records were drawn
SUBMITTED = 0.85  # of their records, by those who submit any
PARTNER = ("Philippa Marlowe", "philippa.marlowe@health.example", "Health")
DIRECTORS = {"AM10009": "safeguarding", "AM10010": "looked_after"}
CORE = {"duty": ("AM10008", "service_manager"), "safeguarding": ("AM10013", "service_manager")}


@dataclass(frozen=True, slots=True)
class PlannedFocus:
    """What a year's sessions look at: `first` and `last` are months of the year, from 0."""

    kind: str
    title: str
    questions: tuple[str, ...]
    first: int
    last: int


FOCUSES = (
    PlannedFocus(
        "learning", "Domestic abuse at the front door",
        (
            "Was every earlier incident read before the decision was made?",
            "Was the child spoken to away from both parents?",
            "Is it said what the child lives with, and not only what happened?",
        ),
        0, 5,
    ),
    PlannedFocus(
        "procedure", "The plan on one page",
        (
            "Is there a one-page plan that the family was given?",
            "Would a parent know from it what has to be different, and by when?",
        ),
        6, 11,
    ),
    PlannedFocus("priority", "Permanence by the second review", ("Was a plan for permanence agreed in time?",), 3, 11),
)  # fmt: skip


def kept_free(year: Period) -> list[tuple[date, date, str]]:
    """The days of a year on which no session is held."""
    christmas = date(year.starts_on.year, 12, 21)
    summer = date(year.starts_on.year, 8, 17)
    return [
        (summer, summer + timedelta(days=11), "Summer leave"),
        (christmas, christmas + timedelta(days=13), "Christmas and New Year"),
    ]


def those_who_owe(council: Council, day: date) -> list[PostHeld]:
    """Who holds a post with a quota on a day and has been trained to audit, the cast among them."""
    return [post for post in council.posts_on(day) if post.kind in MONTHLY and council.person[post.person].is_auditor]


def round_of(council: Council, chance: Chance, month: Period, due_on: date) -> PastSession:
    """A month of single records that is over: one in five submitted none, the others most of theirs."""
    owing = those_who_owe(council, due_on)
    absent = set(chance.sample([post.person for post in owing], len(owing) // 5))
    came = tuple((post.person, post.kind) for post in owing if post.person not in absent)
    files = round(SUBMITTED * sum(MONTHLY[post] for _, post in came))
    return PastSession(ROUND, due_on, "", "", came, files=files)
