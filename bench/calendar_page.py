"""The year's calendar of 30 groups, nine sessions each, seven seats a session, against a bare view of the same table.

Ours is the page as it is served to the manager of the Quality Assurance Unit: session, sign-in, rights, filters, bank
holidays, days kept free.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bench import audits
from bench.measurement import Measurement, in_turns
from bench.requests import signed_in

NAME = "The year's calendar, 30 groups with nine sessions each"
GROUPS, SESSIONS, SEATS = 30, 9, 7


def run() -> list[Measurement]:
    with audits.installed():
        from bench import floor
        from tests import make

        _fill(make)
        maya, bare = signed_in(make.council().maya, "/plan/calendar/"), floor.browser()
        pages = [lambda: maya.get("/plan/calendar/?year=2027"), lambda: bare.get("/calendar")]
        for page in pages:
            if page().count(b'class="gt-calendar__entry"><a') != GROUPS * SESSIONS:
                raise RuntimeError("The calendar does not show every session.")
        ours, floored = in_turns(*pages, repeats=20)
    return [Measurement(f"{NAME}, against a bare view of the same table", ours, floored, at_most=2.5)]


def _fill(make: Any) -> None:
    """Published sessions of as many groups, on working days six weeks apart, every seat taken."""
    from bench.floor import FIRST
    from goldenthread.plan.models import Group, Seat, Session

    here = make.council()
    people = [make.person("team_manager", name=f"Auditor {number}") for number in range(SEATS)]
    groups = Group.objects.bulk_create(
        Group(authority=here.authority, key=f"group_{number}", name=f"Auditing group {number}")
        for number in range(GROUPS)
    )
    sessions = Session.objects.bulk_create(
        Session(
            authority=here.authority, group=group, arranged_at=make.NOW, arranged_by=here.maya, published_at=make.NOW,
            published_by=here.maya, held_on=_working(FIRST + timedelta(days=number + 40 * place)),
        )
        for number, group in enumerate(groups) for place in range(SESSIONS)
    )  # fmt: skip
    Seat.objects.bulk_create(
        Seat(authority=here.authority, session=session, person=person, post="team_manager")
        for session in sessions for person in people
    )  # fmt: skip


def _working(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
