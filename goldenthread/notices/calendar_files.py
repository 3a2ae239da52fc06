"""Calendar files (RFC 5545, RFC 5546): a day somebody is asked to, moved, or told is off; and a feed of many.

A meeting keeps one UID for life. Each change has a higher SEQUENCE, so any calendar replaces what it holds instead of
adding a second entry. A session lasts one full day, so its days are dates, without times or time zones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText, vUri

PRODUCT = "-//Goldenthread//File audits//EN"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A day somebody is asked to. `uid` never changes, `sequence` rises with each change, `stamp` is the last one's."""

    uid: str
    sequence: int
    day: date
    summary: str
    location: str
    description: str
    url: str
    stamp: datetime
    cancelled: bool = False


def invitation(meeting: Meeting, to_name: str, to_address: str, from_name: str, from_address: str) -> str:
    """The file that goes with an e-mail: METHOD REQUEST, or CANCEL for a meeting that is off.

    The same UID with a higher SEQUENCE updates the entry in place. No answer is asked for: a swap is made in the
    product.
    """
    event = _event(meeting)
    event.add("organizer", _person(from_name, from_address))
    attendee = _person(to_name, to_address)
    attendee.params["ROLE"], attendee.params["RSVP"] = vText("REQ-PARTICIPANT"), vText("FALSE")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    event.add("attendee", attendee)
    return _file(method_of(meeting), [event])


def method_of(meeting: Meeting) -> str:
    """What the invitation asks of the calendar that reads it."""
    return "CANCEL" if meeting.cancelled else "REQUEST"


def feed(name: str, meetings: Iterable[Meeting]) -> str:
    """A calendar to subscribe to; what is off stays in it, marked so, because some calendars keep what vanishes."""
    return _file("PUBLISH", [_event(meeting) for meeting in meetings], name)


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.stamp)
    event.add("last-modified", meeting.stamp)
    event.add("dtstart", meeting.day)
    event.add("dtend", meeting.day + timedelta(days=1))  # the day after the last one (RFC 5545, 3.6.1)
    event.add("summary", meeting.summary)
    event.add("location", meeting.location)
    event.add("description", meeting.description)
    event.add("url", vUri(meeting.url))
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    return event


def _person(name: str, address: str) -> vCalAddress:
    who = vCalAddress(f"mailto:{address}")
    who.params["CN"] = vText(name)
    return who


def _file(method: str, events: list[Event], name: str = "") -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("name", vText(name))
        calendar.add("x-wr-calname", vText(name))  # what Outlook and Google read
        calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical().decode()
