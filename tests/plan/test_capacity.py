"""What the plan of a year is warned of before and while it runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.plan.models import Group, Year
from goldenthread.plan.queries.capacity import outlook_of, warnings_of
from goldenthread.plan.services.years import add_blackout, open_year
from tests import make

pytestmark = pytest.mark.django_db
DAYS = [date(2027, 4, 6) + timedelta(weeks=6 * turn) for turn in range(9)]


def next_year(target: int = 120, starts_on: date = date(2027, 4, 1)) -> Year:
    here = make.council()
    return open_year(
        by=here.maya, framework=here.framework, starts_on=starts_on, ends_on=date(2028, 3, 31),
        kinds={"case_file": target}, now=make.NOW,
    )  # fmt: skip


def only(*keys: str) -> None:
    Group.objects.exclude(key__in=keys).delete()


def test_a_plan_that_can_do_all_that_is_asked_is_not_warned_of() -> None:
    assert warnings_of(next_year(), make.DAY) == ()


def test_a_year_without_groups_is_warned_of_once() -> None:
    year = next_year()
    Group.objects.all().delete()

    assert warnings_of(year, make.DAY) == ("No auditing group is formed yet, so nobody audits the files of this year.",)


def test_before_any_session_stands_the_rhythm_itself_is_warned_of() -> None:
    assert warnings_of(next_year(1000), make.DAY) == (
        "With a session of each group every 6 weeks, about 849 of 1,000 files: 151 short. "
        "5 more sessions of Frontline duty would close the gap.",
    )


def test_a_group_without_sessions_and_what_it_leaves_uncovered_are_warned_of() -> None:
    year = next_year()
    only("duty", "safeguarding")
    Group.objects.filter(key="duty").update(statuses=[])
    for day in DAYS:
        make.session("duty", day)

    assert warnings_of(year, make.DAY) == ("No session of Safeguarding and child protection stands in this year.",)


def test_a_quarter_to_come_without_a_file_is_warned_of() -> None:
    year = next_year()
    only("duty")
    Group.objects.update(statuses=[])
    for day in DAYS[:7]:
        make.session("duty", day)

    assert warnings_of(year, make.DAY) == ("Nothing is planned for January to March 2028.",)
    assert warnings_of(year, date(2028, 4, 1)) == ()


def test_duties_that_cannot_be_met_are_warned_of_by_how_many_files() -> None:
    year = next_year()
    only("duty")
    for day in DAYS:
        make.session("duty", day)

    assert warnings_of(year, make.DAY) == (
        "At least 5 of each kind of case: 6 × 5 = 30 files. No group takes looked after children, children on a child "
        "protection plan, children in need and care leavers: 20 files short.",
    )


def test_a_year_that_is_over_is_not_warned_of() -> None:
    assert warnings_of(next_year(9000), date(2028, 4, 1)) == ()


def test_days_kept_free_are_gone_round() -> None:
    year = next_year()
    add_blackout(
        by=make.council().maya, year=year, from_on=date(2027, 8, 1), to_on=date(2027, 8, 31), why="August", now=make.NOW
    )

    days = [day for group in outlook_of(year, make.DAY).plan.groups for day in group.sessions]

    assert (len(days), [day for day in days if day.month == 8]) == (27, [])


def test_of_a_year_that_runs_without_sessions_only_what_is_left_can_be() -> None:
    plan = outlook_of(next_year(), date(2028, 1, 10)).plan

    assert {day >= date(2028, 1, 10) for group in plan.groups for day in group.sessions} == {True}


def test_too_little_of_a_year_left_for_a_rhythm_is_no_session_at_all() -> None:
    plan = outlook_of(next_year(), date(2028, 3, 31)).plan

    assert [group.sessions for group in plan.groups] == [(), (), ()]


@pytest.mark.parametrize("number", [1, 3])
def test_warnings_take_the_same_statements_however_much_is_planned(number: int) -> None:
    year = next_year()
    for place, key in enumerate(["duty", "looked_after", "safeguarding"][:number]):
        make.session(key, DAYS[place])

    with CaptureQueriesContext(connection) as sent:
        warnings_of(year, make.DAY)
    assert len(sent) == 3
