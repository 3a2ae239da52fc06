"""Each night what files take is measured anew for the years that are planned by it."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.home.nightly.effort import run
from goldenthread.method.capacity import Measured
from goldenthread.plan.models import Year
from goldenthread.plan.services.years import open_year
from tests import make

pytestmark = pytest.mark.django_db
NEXT_DAY = date(2026, 10, 7)


def a_year(starts_on: date = date(2026, 4, 1)) -> Year:
    here = make.council()
    return open_year(
        by=here.maya, framework=here.framework, starts_on=starts_on,
        ends_on=starts_on.replace(year=starts_on.year + 1, month=3, day=31), kinds={"case_file": 120}, now=make.NOW,
    )  # fmt: skip


def test_what_was_finished_is_kept_with_the_year() -> None:
    year = a_year()
    for of in make.audits(make.drawn_session(3)):
        make.submitted_audit(of)

    assert run(now=make.NOW, today=NEXT_DAY) == "Measured for 1 year."

    year.refresh_from_db()
    kept = Measured.from_json(year.effort)
    assert (kept.days, kept.statuses, year.effort["on"]) == (0, {"child_in_need": (3, 1.0)}, "2026-10-07")
    assert [(each.kind, each.files, each.days, each.known) for each in kept.efforts] == [("under_1", 3, 0, False)]


def test_the_year_on_and_the_next_are_measured_and_one_that_is_over_is_not() -> None:
    over, on, coming = (a_year(date(first, 4, 1)) for first in (2025, 2026, 2027))

    assert run(now=make.NOW, today=NEXT_DAY) == "Measured for 2 years."

    assert [bool(Year.objects.get(pk=year.pk).effort) for year in (over, on, coming)] == [False, True, True]


def test_without_a_year_nothing_is_measured() -> None:
    make.council()

    assert run(now=make.NOW, today=NEXT_DAY) == "Measured for 0 years."


def test_measuring_again_changes_nothing() -> None:
    year = a_year()
    make.submitted_audit()
    run(now=make.NOW, today=NEXT_DAY)
    year.refresh_from_db()
    before = year.effort

    run(now=make.NOW, today=NEXT_DAY)

    year.refresh_from_db()
    assert year.effort == before
