"""What if: numbers tried on the year's plan, by slider, by key and by button."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from playwright.sync_api import Page, expect

from goldenthread.plan.models import Group, Year
from goldenthread.plan.services.years import open_year
from tests import make
from tests.journeys import accessibility
from tests.journeys.walking import already_in, arrived, press, refused, told

PAGE = "/plan/capacity/"
SHORT = "about 283 of 300 files: 17 short. One more session of Frontline duty would close the gap."


@pytest.fixture
def year(live_server) -> Iterator[Year]:
    """A year to come with one group and no session yet: nine could be held."""
    with time_machine.travel(make.NOW):
        here = make.council()
        Group.objects.exclude(key="duty").delete()
        yield open_year(
            by=here.maya, framework=here.framework, starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31),
            kinds={"case_file": 300}, now=make.NOW,
        )  # fmt: skip


def test_a_slider_moved_by_key_moves_its_number_and_the_sum_with_it(page: Page, year: Year) -> None:
    already_in(page, make.council().maya)
    page.goto(PAGE)
    arrived(page, "What the year can deliver")
    told(page, f"As planned, {SHORT}")

    page.get_by_role("slider", name="People at a session").press("ArrowRight")

    expect(page.get_by_role("textbox", name="People at a session")).to_have_value("8")
    told(page, "With these numbers, about 324 files, 24 more than the target of 300.")
    assert "people=8" in page.url
    accessibility.axe(page)


def test_a_number_typed_moves_its_slider_and_one_that_cannot_be_is_said(page: Page, year: Year) -> None:
    already_in(page, make.council().maya)
    page.goto(PAGE)
    number = page.get_by_role("textbox", name="Absence")

    number.fill("0")
    told(page, "With these numbers, about 315 files")
    expect(page.get_by_role("slider", name="Absence")).to_have_value("0")
    number.fill("none")
    told(page, "Nothing is worked out yet: Absence: what was given cannot be read. Give a whole number.")

    press(page, "Work it out")
    refused(page, "Absence: what was given cannot be read. Give a whole number.")


def test_without_scripts_the_button_works_the_numbers_out(page_without_scripts: Page, year: Year) -> None:
    page = page_without_scripts
    already_in(page, make.council().maya)
    page.goto(PAGE)
    expect(page.get_by_role("slider")).to_have_count(0)

    page.get_by_role("textbox", name="People at a session").fill("6")
    press(page, "Work it out")

    told(page, "With these numbers, about 243 of 300 files: 57 short.")


def test_the_page_keeps_to_the_narrowest_screen(page: Page, year: Year) -> None:
    already_in(page, make.council().maya)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(PAGE)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
