"""Calendar files as a second library reads them, and as a calendar keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.notices.calendar_files import Meeting, feed, invitation

SESSION = Meeting(
    uid="session-bcd23@audit.example.gov.uk",
    sequence=0,
    day=date(2026, 5, 14),
    summary="File audit: Safeguarding",
    location="Civic Centre, room 4; first floor",
    description="You sit as Independent Reviewing Officer.\nThe whole day.",
    url="https://audit.example.gov.uk/plan/sessions/bcd23/",
    stamp=datetime(2026, 4, 1, 9, 30, tzinfo=UTC),
)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=200)


def invited(meeting: Meeting, name: str = "Grace Ashworth") -> str:
    return invitation(meeting, name, "grace@ambermere.example", "Goldenthread", "no-reply@ambermere.example")


def events(text: str) -> list[Any]:
    return list(vobject.readOne(text).contents.get("vevent", []))


class Kept:
    """A calendar that keeps entries as RFC 5546 asks: by UID, the higher SEQUENCE in place of the lower."""

    def __init__(self) -> None:
        self.entries: dict[str, tuple[int, date, str]] = {}

    def receive(self, text: str) -> None:
        for event in events(text):
            uid, sequence = event.uid.value, int(event.sequence.value)
            if uid not in self.entries or self.entries[uid][0] <= sequence:
                self.entries[uid] = (sequence, event.dtstart.value, event.status.value)


def test_an_invitation_is_one_full_day() -> None:
    (event,) = events(invited(SESSION))

    assert (event.dtstart.value, event.dtend.value) == (date(2026, 5, 14), date(2026, 5, 15))
    assert (event.dtstart.params, event.transp.value) == ({"VALUE": ["DATE"]}, "OPAQUE")


def test_another_library_reads_every_word_of_it() -> None:
    text = invited(SESSION)
    (event,) = events(text)

    assert vobject.readOne(text).method.value == "REQUEST"
    assert (event.uid.value, event.sequence.value) == (SESSION.uid, "0")
    assert (event.summary.value, event.location.value) == (SESSION.summary, SESSION.location)
    assert (event.description.value, event.url.value) == (SESSION.description, SESSION.url)
    assert (event.attendee.value, event.attendee.params["CN"]) == ("mailto:grace@ambermere.example", ["Grace Ashworth"])
    assert (event.organizer.value, event.status.value) == ("mailto:no-reply@ambermere.example", "CONFIRMED")


def test_a_session_that_moves_and_is_called_off_is_changed_in_place() -> None:
    calendar = Kept()
    moved = replace(SESSION, sequence=1, day=date(2026, 5, 21))
    for meeting in (SESSION, moved, replace(moved, sequence=2, cancelled=True)):
        calendar.receive(invited(meeting))
    calendar.receive(invited(moved))  # a late delivery of what is out of date

    assert calendar.entries == {SESSION.uid: (2, date(2026, 5, 21), "CANCELLED")}


def test_a_cancellation_says_so_to_the_calendar() -> None:
    text = invited(replace(SESSION, sequence=3, cancelled=True))

    assert (vobject.readOne(text).method.value, events(text)[0].status.value) == ("CANCEL", "CANCELLED")


def test_a_feed_holds_all_and_marks_what_is_off() -> None:
    off = replace(SESSION, uid="session-2@x.example", sequence=1, cancelled=True)
    text = feed("Grace Ashworth, audits", [SESSION, off])

    assert {event.uid.value: event.status.value for event in events(text)} == {
        SESSION.uid: "CONFIRMED",
        off.uid: "CANCELLED",
    }
    assert (vobject.readOne(text).method.value, "attendee" in events(text)[0].contents) == ("PUBLISH", False)
    assert "X-WR-CALNAME:Grace Ashworth\\, audits\r\n" in text


def test_an_empty_feed_is_a_calendar_all_the_same() -> None:
    assert events(feed("Nobody", [])) == []


def test_the_same_facts_make_the_same_file() -> None:
    assert invited(SESSION) == invited(SESSION)


@given(summary=TEXT, location=TEXT, name=st.text(max_size=60))
def test_no_word_breaks_out_of_its_line(summary: str, location: str, name: str) -> None:
    text = invited(replace(SESSION, summary=summary, location=location), name)

    (event,) = events(text)
    assert sorted(event.contents) == sorted(events(invited(SESSION))[0].contents)
    assert [line for line in text.split("\r\n") if len(line.encode()) > 75 or "\n" in line] == []


@pytest.mark.parametrize("line", ["\r\nATTACH:http://x.example/", "\nBEGIN:VALARM"])
def test_a_line_of_somebody_elses_making_stays_text(line: str) -> None:
    text = invited(replace(SESSION, summary=f"Session{line}"), f"Grace{line}")

    assert not [kept for kept in text.splitlines() if kept.startswith(("ATTACH", "BEGIN:VALARM"))]
