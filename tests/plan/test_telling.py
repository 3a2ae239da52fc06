"""Who is told what when a session is published, changed or cancelled, and the calendar file that goes along."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from goldenthread.people.models import Person
from goldenthread.plan.models import Session
from goldenthread.plan.services.sessions import cancel_session, change_session, publish_sessions
from tests import make

pytestmark = pytest.mark.django_db

LATER = make.DAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def everybody_has_an_address() -> None:
    make.council()
    for person in Person.objects.all():
        person.email = f"{person.username}@ambermere.example"
        person.save(update_fields=["email"])


def told(session: Session) -> list[tuple[str, str, str]]:
    """(name, kind, method of the calendar file) of what was told last, by name."""
    last = Notice.objects.filter(key__startswith=f"session:{session.code}:{session.sequence}:")
    return sorted(last.values_list("name", "kind", "calendar_method"))


def change(session: Session, **how: object) -> None:
    now = {"held_on": session.held_on, "venue": session.venue, "focus": session.focus} | how
    now.setdefault("seats", {seat.person: seat.post for seat in session.seats.all()})
    change_session(by=make.council().maya, session=session, now=make.NOW, **now)  # type: ignore[arg-type]


def proposal(held_on: date = LATER) -> Session:
    session = make.session(held_on=held_on)
    Session.objects.filter(pk=session.pk).update(published_at=None, published_by=None, sequence=0)
    Notice.objects.all().delete()
    session.refresh_from_db()
    return session


def test_everybody_seated_at_a_published_session_is_invited() -> None:
    session = proposal()

    publish_sessions(by=make.council().maya, sessions=[session], now=make.NOW)

    assert told(session) == [("Grace Adewole", "invitation", "REQUEST"), ("Sunita Marchbank", "invitation", "REQUEST")]


def test_nobody_hears_of_a_change_to_a_proposal() -> None:
    session = proposal()

    change(session, venue="Library")

    assert (Notice.objects.count(), session.sequence) == (0, 0)


def test_a_session_is_published_once() -> None:
    with pytest.raises(Refused, match="published already"):
        publish_sessions(by=make.council().maya, sessions=[make.session()], now=make.NOW)


def test_a_new_venue_is_told_to_all_who_sit_with_a_higher_sequence_and_the_same_uid() -> None:
    session = make.session(held_on=LATER)
    files = [Calendar.from_ical(Notice.objects.get(name="Grace Adewole").calendar).walk("VEVENT")[0]]

    change(session, venue="Library")

    assert told(session) == [("Grace Adewole", "change", "REQUEST"), ("Sunita Marchbank", "change", "REQUEST")]
    last = Notice.objects.get(name="Grace Adewole", kind="change")
    files += Calendar.from_ical(last.calendar).walk("VEVENT")
    assert [str(each["uid"]) for each in files] == [f"session-{session.code}@goldenthread"] * 2
    assert files[0]["sequence"] < files[1]["sequence"]
    assert "Library" in last.body


def test_with_other_seats_only_those_concerned_are_told() -> None:
    here = make.council()
    session = make.session(held_on=LATER)

    change(session, seats={here.grace: "independent_reviewing_officer", here.rafiq: "team_manager"})

    assert told(session) == [
        ("Rafiq Alderton", "invitation", "REQUEST"),
        ("Sunita Marchbank", "seat given up", "CANCEL"),
    ]


def test_another_focus_alone_is_no_news() -> None:
    session = make.session(held_on=LATER)
    before = Notice.objects.count()

    change(session, focus="Chronologies")

    assert Notice.objects.count() == before


def test_a_cancelled_session_is_off_for_everybody_and_nobody_reads_why() -> None:
    session = make.session(held_on=LATER)

    cancel_session(by=make.council().maya, session=session, because="The chair is ill", now=make.NOW)

    assert told(session) == [
        ("Grace Adewole", "cancellation", "CANCEL"),
        ("Sunita Marchbank", "cancellation", "CANCEL"),
    ]
    assert not Notice.objects.filter(body__contains="ill").exists()


def test_of_a_past_session_nothing_is_told() -> None:
    session = make.session(held_on=make.DAY - timedelta(days=1))
    before = Notice.objects.count()

    change(session, venue="Library")

    assert Notice.objects.count() == before


def test_an_invitation_says_group_day_venue_focus_and_chair() -> None:
    make.session(held_on=LATER)

    body = Notice.objects.get(name="Sunita Marchbank").body

    for line in (
        "Safeguarding and child protection",
        "Day: Tuesday 13 October 2026",
        "Venue: Civic Centre, room 4",
        "Focus: Plans that change something",
        "Chair: Grace Adewole",
    ):
        assert line in body


def test_the_calendar_file_leaves_the_focus_out() -> None:
    make.session(held_on=LATER)

    assert "Plans that change something" not in Notice.objects.get(name="Grace Adewole").calendar


def test_nobody_sits_twice_on_one_day() -> None:
    make.session("duty", LATER)

    with pytest.raises(Refused) as refusal:
        make.session("safeguarding", LATER)

    assert refusal.value.sentences == (
        "Grace Adewole has a seat at Frontline duty on 13 October 2026 already. "
        "Choose another day, or somebody else for one of the two.",
    )
    assert Session.objects.count() == 1
