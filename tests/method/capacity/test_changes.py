"""The cheapest single change that closes a gap. The slow version tries each change in turn until one does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.capacity import Change, GroupPlan, Plan, capacity, cheapest_change, days_wanting, outcome
from goldenthread.method.periods import Period

YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))
BEFORE = date(2026, 3, 1)


def days(number: int) -> tuple[date, ...]:
    return tuple(date(2026, 4, 7) + timedelta(weeks=5 * turn) for turn in range(number))


def plan(*groups: GroupPlan, target: int = 300) -> Plan:
    return Plan(YEAR, 4, target, 5, 10, groups)


DUTY = GroupPlan("duty", "Frontline duty", 7, days(9))


def test_one_more_session_closes_a_gap_of_seventeen_files() -> None:
    change = cheapest_change(plan(DUTY), BEFORE)

    assert change == Change("sessions", DUTY, 1, 7)
    assert change.words == "One more session of Frontline duty would close the gap."


def test_the_smaller_group_closes_a_small_gap_for_fewer_days() -> None:
    small = GroupPlan("care", "Looked after children", 4, days(9))

    assert cheapest_change(plan(DUTY, small, target=455), BEFORE) == Change("sessions", small, 1, 4)


def test_people_are_more_where_sessions_to_come_are_few() -> None:
    large = GroupPlan("duty", "Frontline duty", 20, days(2))
    change = cheapest_change(plan(large, target=185), BEFORE)

    assert change == Change("seats", large, 1, 2)
    assert change.words == "One more person at each session of Frontline duty to come would close the gap."


def test_sessions_already_held_get_no_more_people() -> None:
    large = GroupPlan("duty", "Frontline duty", 20, days(2))

    assert cheapest_change(plan(large, target=185), date(2026, 6, 1)) == Change("sessions", large, 1, 20)


def test_a_plan_that_is_not_short_needs_no_change() -> None:
    assert cheapest_change(plan(DUTY, target=283), BEFORE) is None


def test_more_sessions_than_there_are_weeks_left_are_no_change() -> None:
    assert cheapest_change(plan(DUTY, target=3000), date(2027, 3, 20)) is None
    assert days_wanting(plan(DUTY, target=3000)) == 604  # 2717 files at 4.5 a day


def test_a_gap_that_no_one_change_closes_is_said_in_days_of_work() -> None:
    assert outcome(plan(DUTY, target=3000), date(2027, 3, 20)) == (
        "about 283 of 3,000 files: 2,717 short. No one change closes the gap: it takes 604 more days of one auditor's "
        "work."
    )


def test_where_nobody_is_ever_there_no_change_helps() -> None:
    away = Plan(YEAR, 4, 300, 5, 100, (DUTY,))

    assert (cheapest_change(away, BEFORE), days_wanting(away)) == (None, None)


def one_after_another(whole: Plan, since: date) -> tuple[int, int] | None:
    """The slow obvious version: (auditor-days, number) of the best change, each tried by working the plan out anew."""
    found = []
    weeks = ((YEAR.ends_on - max(since, YEAR.starts_on)).days + 1) // 7
    for group in whole.groups:
        to_come = [day for day in group.sessions if day >= since]
        for number in range(1, weeks + 1):
            larger = replace(group, sessions=group.sessions + (YEAR.ends_on,) * number)
            more = replace(whole, groups=tuple(larger if each is group else each for each in whole.groups))
            if group.seats and capacity(more).short <= 0:
                found.append((number * group.seats, number))
                break
        for number in range(1, 2 * group.seats + 1):
            gained = Fraction(90, 100) * 5 * (group.seats * len(group.sessions) + number * len(to_come)) / group.effort
            others = sum(each.files for each in capacity(whole).groups if each.key != group.key)
            if to_come and int(gained) + others >= whole.target:
                found.append((number * len(to_come), number))
                break
    return min(found, default=None)


GROUP = st.tuples(st.integers(0, 8), st.integers(0, 10), st.integers(50, 200))


@given(st.lists(GROUP, min_size=1, max_size=3), st.integers(0, 900), st.dates(BEFORE, date(2027, 3, 31)))
def test_no_cheaper_change_closes_the_gap(groups, target, since) -> None:
    made = tuple(
        GroupPlan(f"g{place}", f"Group {place}", seats, days(number), Fraction(effort, 100))
        for place, (seats, number, effort) in enumerate(groups)
    )
    whole = plan(*made, target=target)

    change = cheapest_change(whole, since)

    if capacity(whole).short > 0:
        assert (change and (change.auditor_days, change.number)) == one_after_another(whole, since)
