"""Telling those who sit: an invitation when a session is published, and word of what changed afterwards.

Each message carries a calendar file. Its UID is the session's for good and its SEQUENCE rises with every change, so a
calendar changes what it holds. A message names the group, day, venue, focus and chair: never a case, and no reason
why anybody is away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse

from goldenthread.framework.queries import framework_in_force
from goldenthread.notices import services as notices
from goldenthread.notices.calendar_files import invitation, method_of
from goldenthread.people.models import Person
from goldenthread.plan.models import Seat, Session
from goldenthread.plan.queries.feeds import meeting_of
from goldenthread.plan.queries.sessions import chair_of, seats_of
from goldenthread.web.wording import LONDON, day

INVITED, MOVED, NOT_NEEDED, CANCELLED = "invitation", "change", "seat given up", "cancellation"


@dataclass(frozen=True, slots=True)
class AsTold:
    """What those who sit were last told of a session: day, place, who they are. Of a proposal nobody was told."""

    held_on: date
    venue: str
    seated: frozenset[int]


def as_told(session: Session) -> AsTold:
    """What was told of a session as it stands. Asked before a change, given to `tell_seated` after it."""
    seated = frozenset(session.seats.values_list("person_id", flat=True)) if session.published_at else frozenset()
    return AsTold(session.held_on, session.venue, seated)


def tell_seated(*, session: Session, was: AsTold, now: datetime) -> int:
    """Send each person what the change means to her, and give how many were told.

    Who is newly seated is invited; who lost her seat, or everyone where the session is cancelled, is told that she need
    not come; the others hear of a new day or venue only. Nobody hears of a session that is not published, or that is
    past both as it was and as it is.
    """
    today = now.astimezone(LONDON).date()
    if not session.published_at or max(session.held_on, was.held_on) < today:
        return 0
    seats = list(seats_of(session))
    news = dict(_news(session, was, seats))
    if not news:
        return 0
    session.sequence += 1
    session.save(update_fields=["sequence"])
    gone = Person.objects.filter(pk__in=[key for key in news if key not in {seat.person_id for seat in seats}])
    message = _Message(session, was, _chair(session, seats), now)
    for person in [*(seat.person for seat in seats if seat.person_id in news), *gone]:
        message.send(person, news[person.pk])
    return len(news)


def _news(session: Session, was: AsTold, seats: Iterable[Seat]) -> Iterable[tuple[int, str]]:
    """Person → what she has to be told."""
    seated = {seat.person_id for seat in seats}
    if session.cancelled_at:
        yield from ((person, CANCELLED) for person in was.seated)
        return
    yield from ((person, INVITED) for person in seated - was.seated)
    yield from ((person, NOT_NEEDED) for person in was.seated - seated)
    if (session.held_on, session.venue) != (was.held_on, was.venue):
        yield from ((person, MOVED) for person in seated & was.seated)


def _chair(session: Session, seats: list[Seat]) -> str:
    chair = chair_of(session, seats, framework_in_force(session.authority_id, session.held_on).parsed)
    return chair.name if chair else ""


@dataclass(frozen=True, slots=True)
class _Message:
    """One change of a session, as it is put to each person."""

    session: Session
    was: AsTold
    chair: str
    now: datetime

    def send(self, to: Person, news: str) -> None:
        meeting = meeting_of(self.session, stamp=self.now, cancelled=news in {NOT_NEEDED, CANCELLED})
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
        notices.tell(
            key=f"session:{self.session.code}:{self.session.sequence}:{to.pk}",
            to=to, kind=news, subject=self._subject(news), body=self._body(news), now=self.now,
            calendar=invitation(meeting, to.name, to.email, *sender) if to.email else "",
            calendar_method=method_of(meeting),
        )  # fmt: skip

    def _subject(self, news: str) -> str:
        what = {
            INVITED: "Auditing session",
            MOVED: "Changed: auditing session",
            NOT_NEEDED: "You are not needed: auditing session",
            CANCELLED: "Cancelled: auditing session",
        }[news]
        return f"{what} of {self.session.group.name}, {day(self.session.held_on)}"

    def _body(self, news: str) -> str:
        group, on = self.session.group.name, day(self.session.held_on)
        first = {
            INVITED: f"You have a seat at an auditing session of {group}.",
            MOVED: f"The auditing session of {group} on {day(self.was.held_on)} has changed. It is now as follows.",
            NOT_NEEDED: f"You no longer have a seat at the auditing session of {group} on {day(self.was.held_on)}.",
            CANCELLED: f"The auditing session of {group} on {on} is cancelled.",
        }[news]
        if news in {NOT_NEEDED, CANCELLED}:
            return f"{first} You need not come.\n\n{notices.link(reverse('calendar'))}\n"
        asked = "If you cannot come, tell the Quality Assurance Unit as soon as you know."
        page = notices.link(reverse("open_session", args=[self.session.code]))
        return f"{first}\n\n{self._facts()}\n\n{asked}\n\n{page}\n"

    def _facts(self) -> str:
        lines = [
            ("Day", day(self.session.held_on)),
            ("Venue", self.session.venue or "to be said"),
            ("Focus", self.session.focus),
            ("Chair", self.chair),
        ]
        return "\n".join(f"{name}: {value}" for name, value in lines if value)
