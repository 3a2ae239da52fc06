"""Laying out a year: its days to look at, the sessions in one act, and the way back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from goldenthread.plan.models import Focus, Group, Session, Year
from goldenthread.plan.services.focuses import set_focus
from goldenthread.plan.services.sessions import publish_sessions
from goldenthread.plan.services.years import add_blackout, open_year
from goldenthread.trail.models import Event
from tests import make
from tests.browsing import faults, form_in, signed_in, words
from tests.plan.days import day

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2027, 4, 1), date(2028, 3, 31)


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def year() -> Year:
    here = make.council()
    return open_year(
        by=here.maya, framework=here.framework, starts_on=FIRST, ends_on=LAST, kinds={"case_file": 120}, now=make.NOW
    )


def looked_at(year: Year, **how: str) -> tuple[Any, dict[str, str]]:
    """The days as they are shown, and what the form beneath them sends."""
    client = signed_in(make.council().maya)
    path = f"/plan/year/{year.code}/lay-out/"
    answer = client.post(path, form_in(client.get(path)) | how | {"step": "look"})
    return answer, form_in(answer) | {"step": "arrange"}


def arranged(year: Year) -> list[Session]:
    _, form = looked_at(year)
    signed_in(make.council().maya).post(f"/plan/year/{year.code}/lay-out/", form)
    return list(Session.objects.order_by("held_on", "pk"))


def test_looking_at_the_days_keeps_nothing(year: Year) -> None:
    answer, _ = looked_at(year)

    assert "Nothing is kept yet." in words(answer)
    assert "Arrange these 27 sessions" in words(answer)
    assert not Session.objects.exists()


def test_a_moved_day_says_from_where_and_why(year: Year) -> None:
    on = date(2027, 4, 6)
    add_blackout(by=make.council().maya, year=year, from_on=on, to_on=on, why="A practice day", now=make.NOW)

    answer, _ = looked_at(year)

    assert "Wednesday 7 April 2027 Moved from Tuesday 6 April 2027: A practice day" in words(answer)


def test_the_year_is_arranged_as_proposals_nobody_was_told_of(year: Year) -> None:
    sessions = arranged(year)

    assert len(sessions) == 27
    assert {(each.year_id, each.published_at, each.seats.count()) for each in sessions} == {(year.pk, None, 0)}
    assert Event.objects.filter(verb="laid out", thing="year", thing_id=year.pk).count() == 1


def test_laying_out_again_adds_only_what_is_missing(year: Year) -> None:
    arranged(year)
    Session.objects.filter(held_on=date(2027, 5, 18)).delete()

    answer, form = looked_at(year)
    signed_in(make.council().maya).post(f"/plan/year/{year.code}/lay-out/", form)

    assert "Arrange this session" in words(answer)
    assert Session.objects.count() == 27
    assert "There is nothing to add." in words(looked_at(year)[0])


def test_days_that_changed_since_they_were_looked_at_are_not_arranged_unseen(year: Year) -> None:
    _, form = looked_at(year)
    on = date(2027, 4, 6)
    add_blackout(by=make.council().maya, year=year, from_on=on, to_on=on, why="A practice day", now=make.NOW)

    answer = signed_in(make.council().maya).post(f"/plan/year/{year.code}/lay-out/", form)

    assert faults(answer) == [
        "The year has changed since you looked at these days. Look at them again, then arrange them."
    ]
    assert not Session.objects.exists()


def test_a_first_day_outside_the_year_is_said_at_its_group(year: Year) -> None:
    group = Group.objects.get(key="duty")

    answer, _ = looked_at(year, **day(f"from-{group.pk}", date(2027, 3, 1)))

    assert faults(answer) == ["Frontline duty: from: 1 March 2027 will not do. It must be on or after 1 April 2027."]
    assert f'href="#from-{group.pk}-day"' in answer.content.decode()


def test_a_year_kept_free_from_end_to_end_is_said_at_its_group(year: Year) -> None:
    add_blackout(by=make.council().maya, year=year, from_on=FIRST, to_on=LAST, why="Reorganisation", now=make.NOW)

    answer, _ = looked_at(year)

    assert faults(answer) == ["No day is left between 6 April 2027 and 31 March 2028: Reorganisation."]


def test_no_group_with_a_first_day_is_said(year: Year) -> None:
    nothing = {f"from-{group.pk}-{part}": "" for group in Group.objects.all() for part in ("day", "month", "year")}

    answer, _ = looked_at(year, **nothing)

    assert faults(answer) == ["No group has a first day. Give at least one a day to begin on."]


def test_starting_again_takes_out_what_is_neither_published_nor_drawn_for(year: Year) -> None:
    here = make.council()
    drawn, published, *_ = arranged(year)
    make.frozen_draw(of=drawn, cases=make.lines(status=drawn.group.statuses[0]))
    publish_sessions(by=here.maya, sessions=[published], now=make.NOW)
    client = signed_in(here.maya)

    assert "26 sessions of this year are not published." in words(client.get(f"/plan/year/{year.code}/start-again/"))
    client.post(f"/plan/year/{year.code}/start-again/")

    assert set(Session.objects.all()) == {drawn, published}
    assert len(Event.objects.get(verb="took back the layout of").was["sessions"]) == 25


# --- focuses ---------------------------------------------------------------------------------------------


def a_focus(year: Year) -> Focus:
    return set_focus(
        by=make.council().maya, year=year, kind="theme", title="Neglect", questions=["Was it named?"], from_on=FIRST,
        to_on=LAST, now=make.NOW,
    )  # fmt: skip


def typed(**how: str) -> dict[str, str]:
    return {"kind": "theme", "title": "Neglect", "questions": "", **day("from_on", FIRST), **day("to_on", LAST)} | how


def test_a_focus_is_set_with_its_questions_one_a_line(year: Year) -> None:
    signed_in(make.council().maya).post(
        f"/plan/year/{year.code}/focuses/", typed(questions="Was it named?\n\n  What changed? ")
    )

    focus = Focus.objects.get()
    assert (focus.year, focus.title, focus.questions) == (year, "Neglect", ["Was it named?", "What changed?"])


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        (day("to_on", date(2028, 4, 1)), "To: 1 April 2028 will not do. It must be on or before 31 March 2028."),
        (
            day("from_on", date(2027, 6, 2)) | day("to_on", date(2027, 6, 1)),
            "1 June 2027 is before the first day, 2 June 2027.",
        ),
    ],
)
def test_a_focus_outside_the_year_or_backwards_is_said_at_its_day(year: Year, days: dict[str, str], fault: str) -> None:
    answer = signed_in(make.council().maya).post(f"/plan/year/{year.code}/focuses/", typed(**days))

    assert (faults(answer), Focus.objects.count()) == ([fault], 0)


def test_a_session_is_given_a_focus_of_the_year_and_carries_its_title(year: Year) -> None:
    here, focus = make.council(), a_focus(year)
    session = arranged(year)[0]
    client = signed_in(here.maya)
    path = f"/plan/sessions/{session.code}/change/"

    client.post(path, form_in(client.get(path)) | {"set_focus": str(focus.pk)})
    client.post(f"/plan/focuses/{focus.code}/change/", typed(title="Neglect in early years"))

    session.refresh_from_db()
    assert (session.set_focus, session.focus) == (focus, "Neglect in early years")
    assert client.post(f"/plan/focuses/{focus.code}/withdraw/").status_code == 409


def test_a_focus_no_session_was_given_is_taken_out(year: Year) -> None:
    focus = a_focus(year)

    signed_in(make.council().maya).post(f"/plan/focuses/{focus.code}/withdraw/")

    assert not Focus.objects.exists()


# --- the page of one session -----------------------------------------------------------------------------


def test_a_proposal_is_published_from_its_page(year: Year) -> None:
    session, client = arranged(year)[0], signed_in(make.council().maya)
    path = f"/plan/sessions/{session.code}/"

    assert "This is a proposal: only the Quality Assurance Unit sees it" in words(client.get(path))
    client.post(f"{path}publish/")

    session.refresh_from_db()
    assert (session.published_at, session.published_by) == (make.NOW, make.council().maya)


def test_it_says_the_year_who_chairs_and_how_many_of_the_quorum_sit() -> None:
    session = make.session()

    page = words(signed_in(make.council().maya).get(f"/plan/sessions/{session.code}/"))

    assert "Chair Grace Adewole" in page
    assert "Quorum 2 of 4 needed" in page
