"""Arranging sessions and forming groups."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.method.refusal import Refused
from goldenthread.plan.models import Group
from goldenthread.plan.queries.sessions import session_or_none, sessions_visible_to
from goldenthread.plan.services.groups import form_group, form_groups
from goldenthread.plan.services.sessions import arrange_session, cancel_session, change_session
from goldenthread.trail.queries import events_of
from tests import make

pytestmark = pytest.mark.django_db
ANOTHER_DAY = date(2026, 11, 17)


def changed(session, **how):
    said = {"held_on": session.held_on, "venue": "Library", "focus": "", "seats": {}} | how
    return change_session(by=make.council().maya, session=session, now=make.NOW, **said)


def test_a_session_seats_the_people_it_was_arranged_with() -> None:
    here = make.council()
    session = make.session(seats=(here.grace, here.rafiq))

    assert set(session.seats.values_list("person__name", "post")) == {
        ("Grace Adewole", "independent_reviewing_officer"),
        ("Rafiq Alderton", "team_manager"),
    }


def test_a_group_meets_once_on_a_day() -> None:
    make.session()

    with pytest.raises(Refused, match=r"^Safeguarding and child protection already has a session on 6 October 2026\.$"):
        make.session()


def test_a_cancelled_day_can_be_arranged_again() -> None:
    cancel_session(by=make.council().maya, session=make.session(), because="Snow", now=make.NOW)

    assert make.session().cancelled_at is None


def test_only_the_unit_arranges_sessions() -> None:
    here = make.council()
    group = Group.objects.get(key="duty")

    with pytest.raises(Refused, match=r"^Sessions are arranged by the Quality Assurance Unit\.$"):
        arrange_session(by=here.rafiq, group=group, held_on=make.DAY, venue="", focus="", seats={}, now=make.NOW)


def test_a_changed_session_keeps_nothing_of_what_it_was_but_the_trail() -> None:
    here = make.council()
    session = make.session(seats=(here.grace,))

    changed(session, held_on=ANOTHER_DAY, seats={here.sunita: "family_centre_manager"})

    session.refresh_from_db()
    told = events_of(session).last()
    assert (session.held_on, session.venue, [seat.person for seat in session.seats.all()]) == (
        ANOTHER_DAY,
        "Library",
        [here.sunita],
    )
    assert told is not None
    assert (told.verb, told.was["held_on"], told.now["held_on"]) == ("changed", "2026-10-06", "2026-11-17")


def test_a_session_is_cancelled_for_a_reason() -> None:
    with pytest.raises(Refused, match=r"^Say why the session is cancelled\.$"):
        cancel_session(by=make.council().maya, session=make.session(), because=" ", now=make.NOW)


def test_a_cancelled_session_is_not_changed() -> None:
    session = cancel_session(by=make.council().maya, session=make.session(), because="Snow", now=make.NOW)

    with pytest.raises(Refused, match=r"^This session was cancelled; arrange another\.$"):
        changed(session)


def test_somebody_sees_the_sessions_she_has_a_seat_at_and_the_unit_sees_all() -> None:
    here = make.council()
    hers = make.session(seats=(here.grace, here.rafiq))
    other = make.session("duty", seats=(here.sunita,))

    assert [set(sessions_visible_to(person)) for person in (here.grace, here.maya, here.ffion)] == [
        {hers},
        {hers, other},
        set(),
    ]
    assert session_or_none(here.grace, other.code) is None


def test_a_fourth_group_has_a_theme_of_its_own() -> None:
    group = form_group(by=make.council().maya, name="Early help", statuses=["early_help"], now=make.NOW)

    assert (group.key, group.name, group.statuses) == ("early_help", "Early help", ["early_help"])


def test_a_group_of_a_name_there_is_is_refused() -> None:
    here = make.council()
    form_group(by=here.maya, name="Early help", statuses=[], now=make.NOW)

    with pytest.raises(Refused, match=r"^There is already a group called “Early help”\.$"):
        form_group(by=here.maya, name="Early help", statuses=[], now=make.NOW)


def test_the_frameworks_groups_are_formed_once() -> None:
    here = make.council()

    with pytest.raises(Refused, match=r"^The framework's groups are formed already\.$"):
        form_groups(by=here.maya, framework=here.framework.parsed, now=make.NOW)
