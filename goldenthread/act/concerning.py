"""Immediate concerns as their pages show them: the clock in words, and what happened since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from goldenthread.act.models import Concern
from goldenthread.act.queries.concerns import OpenConcern
from goldenthread.audit.history import Told
from goldenthread.method.lifecycles import CONCERN
from goldenthread.trail.models import Event
from goldenthread.trail.queries import events_of
from goldenthread.web.wording import LONDON, day, plural, when

MINUTE, HOUR = 60, 3600


def apart(seconds: float) -> str:
    """A span as it is spoken of.

    >>> apart(7300), apart(3600), apart(60), apart(50), apart(300000)
    ('2 hours', '1 hour', '1 minute', 'less than a minute', '3 days')
    """
    if seconds < MINUTE:
        return "less than a minute"
    if seconds < HOUR:
        return plural(int(seconds // MINUTE), "minute")
    hours = int(seconds // HOUR)
    return plural(hours, "hour") if hours < 48 else plural(hours // 24, "day")  # noqa: PLR2004


def moment(at: datetime, now: datetime) -> str:
    """A moment: the hour alone where it is today's.

    >>> from datetime import timezone
    >>> now = datetime(2026, 10, 6, 13, 0, tzinfo=timezone.utc)
    >>> moment(now.replace(hour=15), now), moment(now.replace(day=7), now)
    ('4:00pm', '7 Oct 2026 at 2:00pm')
    """
    here, there = at.astimezone(LONDON), now.astimezone(LONDON)
    return when(at).partition(" at ")[2] if here.date() == there.date() else when(at)


@dataclass(frozen=True, slots=True)
class Clock:
    """How a concern stands, in words and as the colour of a tag."""

    words: str
    colour: str


def clock_of(concern: Concern, now: datetime) -> Clock:
    """ "Answer due by 4:10pm, in 2 hours"; how late it is; who has it in hand; when it was closed."""
    if concern.state == "closed":
        return Clock(f"Closed {day(concern.closed_at, 'short')}", "green")
    if concern.state == "acknowledged":
        return Clock("Acknowledged, not closed yet", "yellow")
    left = (concern.answer_by - now).total_seconds()
    by = f"Answer due by {moment(concern.answer_by, now)}"
    if left > 0:
        return Clock(f"{by}, in {apart(left)}", "red")
    return Clock(f"Answer was due by {moment(concern.answer_by, now)}, {apart(-left)} ago", "red")


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list."""

    concern: Concern
    clock: Clock


def listed(concerns: tuple[Concern, ...], now: datetime) -> list[Listed]:
    return [Listed(each, clock_of(each, now)) for each in concerns]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on a concern's page, for one person at one moment."""

    clock: Clock
    may_acknowledge: bool
    may_close: bool
    history: list[Told]


def board(opened: OpenConcern, now: datetime) -> Board:
    """One statement, of the trail."""
    steps = {row.name for row in CONCERN.open_to(opened.concern.state, opened.standings)}
    return Board(clock_of(opened.concern, now), "acknowledge" in steps, "close" in steps, history_of(opened))


VERBS = {
    "raised": "Raised the concern",
    "acknowledged": "Acknowledged it",
    "escalated": "Passed it on, as nobody had acknowledged it in time",
    "closed": "Closed it, saying what was done",
}


def history_of(opened: OpenConcern) -> list[Told]:
    """Newest first. Several readings by one person in a row are told as one line with their number."""
    events = groupby(events_of(opened.concern), key=lambda event: (event.verb, event.by_id))
    return [_told(list(run)) for _, run in events][::-1]


def _told(run: list[Event]) -> Told:
    last = run[-1]
    read = "Opened it" if len(run) == 1 else f"Opened it {len(run)} times"
    title = read if last.verb == "read" else VERBS.get(last.verb, last.verb.capitalize())
    return Told(title, f"{last.by_name}, {last.capacity}", last.at)
