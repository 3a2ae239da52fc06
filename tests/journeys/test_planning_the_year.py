"""A year planned from nothing in the browser: opened, laid out, its rota filled and published, and re-planned."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
import vobject
from django.core.management import call_command
from playwright.sync_api import Page, expect

from goldenthread.home.demonstration.council import Council, invent_council
from goldenthread.home.loading.council import load_council
from goldenthread.people.models import Person
from goldenthread.plan.models import Absence, Seat, Session, Year
from goldenthread.plan.services.absences import record_absence
from tests.journeys.keyboard import Keyboard
from tests.journeys.walking import arrived, come_in, follow, go, press, refused, told

TODAY, MORNING = date(2026, 4, 1), datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
PICTURES = os.environ.get("PICTURES", "")  # a folder: the guide's pictures are made anew there


@pytest.fixture
def council(live_server, settings, tmp_path: Path) -> Iterator[Council]:
    """A council with its people and rules whose groups are formed, on the first day of its year."""
    settings.DEMONSTRATION = True
    settings.EMAIL_BACKEND = "goldenthread.notices.capturing.CapturingBackend"
    settings.MAIL_SET_UP, settings.MAIL_CAPTURED = True, tmp_path / "mail"
    with time_machine.travel(MORNING):
        invented = invent_council(today=TODAY, scale=0.25)
        load_council(invented, now=MORNING)
        yield invented


def test_a_year_is_planned_from_nothing_and_re_planned(page: Page, council: Council, tmp_path: Path) -> None:
    come_in(page, "Maya Holt")
    open_the_year(page)
    lay_out_the_sessions(page)
    fill_the_rota(page)
    publish(page)
    read_the_mail(page, tmp_path)
    re_plan_for_somebody_ill(page)
    swap_by_keyboard(page)
    re_plan_for_two_more(page)
    cancel_a_session(page)


def pictured(page: Page, name: str) -> None:
    if PICTURES:
        page.set_viewport_size({"width": 1280, "height": 1300})
        page.wait_for_load_state()
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def open_the_year(page: Page) -> None:
    go(page, "Plan")
    follow(page, "Year")
    press(page, "Open a year")
    arrived(page, "Open a year")
    page.get_by_label("Case files").fill("many")
    press(page, "Open this year")
    expect(page.get_by_role("alert")).to_contain_text("Case files: what was given cannot be read.")
    page.get_by_label("Case files").fill("240")
    press(page, "Open this year")
    arrived(page, "The year")
    pictured(page, "year-opened")
    assert (Year.objects.get().starts_on, Year.objects.get().target) == (date(2026, 4, 1), 240)


def lay_out_the_sessions(page: Page) -> None:
    follow(page, "Lay out the sessions")
    arrived(page, "Lay out the sessions")
    page.get_by_label("Venue").fill("Committee Room 2")
    press(page, "Show me the days")
    assert Session.objects.count() == 0
    pictured(page, "year-laid-out")
    page.get_by_role("button", name="Arrange").click()
    told(page, "sessions")
    assert Session.objects.filter(published_at__isnull=True).count() == Session.objects.count() >= 24


def fill_the_rota(page: Page) -> None:
    go(page, "Plan")
    follow(page, "Rota")
    press(page, "Fill the empty seats")
    arrived(page, "Fill the empty seats")
    assert Seat.objects.count() == 0
    press(page, "Keep this rota")
    arrived(page, "Rota")
    pictured(page, "rota-filled")
    assert Seat.objects.count() > 100


def publish(page: Page) -> None:
    press(page, "Publish these sessions")
    arrived(page, "Publish these sessions")
    page.get_by_role("button", name="Publish", exact=False).last.click()
    told(page, "Everyone who sits is invited.")
    assert Session.objects.filter(published_at__isnull=True).count() == 0


def read_the_mail(page: Page, folder: Path) -> None:
    """What the worker sent is read as those invited read it, and its calendar file is opened by a second library."""
    call_command("work", "--once")
    page.goto("/mail/")
    arrived(page, "Captured mail")
    pictured(page, "captured-mail")
    page.locator("#main").get_by_role("link", name="Auditing session of").first.click()
    told(page, "You have a seat at an auditing session of")
    with page.expect_download() as coming:
        press(page, "Download the calendar file")
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    meeting = vobject.readOne(file.read_text(encoding="utf-8"))
    assert meeting.method.value == "REQUEST"
    assert meeting.vevent.uid.value.startswith("session-")


def re_plan_for_somebody_ill(page: Page) -> None:
    seat = Seat.objects.filter(post="team_manager").select_related("session", "person").order_by("session__held_on")[0]
    page.goto("/plan/absences/")
    press(page, "Add an absence")
    arrived(page, "Add an absence")
    who = page.get_by_label("Who is away?")
    who.select_option(
        label=next(each for each in who.locator("option").all_text_contents() if seat.person.name in each)
    )
    page.get_by_label("No", exact=True).check()
    fill_day(page, "from_on", seat.session.held_on)
    fill_day(page, "to_on", date(2026, 3, 1))
    press(page, "Record this absence")
    expect(page.get_by_role("alert")).to_contain_text("Last day away")
    assert Absence.objects.count() == 0
    fill_day(page, "to_on", seat.session.held_on)
    press(page, "Record this absence")
    arrived(page, f"{seat.person.name} is away")
    press(page, "Re-plan")
    arrived(page, "Re-plan")
    told(page, seat.person.name)
    pictured(page, "rota-re-planned")
    press(page, "Keep this rota")
    told(page, "Seats changed in")
    assert not Seat.objects.filter(session=seat.session, person=seat.person).exists()


def swap_by_keyboard(page: Page) -> None:
    """From the grid to another person in the seat, and no mouse."""
    page.goto("/plan/rota/")
    keys, told_of = Keyboard(page), Seat.objects.count()
    seat = page.locator(".gt-rota tbody td a").first
    keys.use(seat)
    arrived(page, "Who sits as")
    keys.choose(page.get_by_role("radio").first, 0)
    keys.use(page.get_by_role("button", name="See what it changes"))
    told(page, "Would sit there")
    assert Seat.objects.filter(fixed=True).count() == 0
    keys.use(page.get_by_role("button", name="Keep this change"))
    assert (Seat.objects.filter(fixed=True).count(), Seat.objects.count()) == (1, told_of)


def re_plan_for_two_more(page: Page) -> None:
    """Two more are away, one for months: everybody else who can keep her seat does."""
    maya = Person.objects.get(name="Maya Holt")
    posts = ("independent_reviewing_officer", "service_manager")
    away = [Seat.objects.filter(post=post, fixed=False).select_related("person")[0].person for post in posts]
    for person, last in zip(away, (date(2026, 5, 31), date(2026, 9, 30)), strict=True):
        record_absence(by=maya, person=person, from_on=TODAY, to_on=last, kind="unplanned", now=MORNING)
    before = set(Seat.objects.exclude(person__in=away).values_list("session", "person"))
    page.goto("/plan/rota/")
    press(page, "Re-plan")
    arrived(page, "Re-plan")
    press(page, "Keep this rota")
    told(page, "Seats changed in")
    assert before <= set(Seat.objects.values_list("session", "person"))
    assert not Seat.objects.filter(person=away[0], session__held_on__lte=date(2026, 5, 31)).exists()


def cancel_a_session(page: Page) -> None:
    session = Session.objects.order_by("held_on")[3]
    page.goto(f"/plan/sessions/{session.code}/cancel/")
    press(page, "Cancel this session")
    refused(page, "Say why the session is cancelled.")
    page.get_by_label("Why is this session cancelled?").fill("The building is closed.")
    press(page, "Cancel this session")
    told(page, "is cancelled")
    call_command("work", "--once")
    page.goto("/mail/")
    told(page, "Cancelled: auditing session")
    page.goto("/plan/calendar/")
    arrived(page, "Calendar")
    pictured(page, "calendar")


def fill_day(page: Page, name: str, day: date) -> None:
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name={name}-{part}]").fill(str(number))
