"""What a plan delivers: in whole files, by quarter and by group, each table adding up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.capacity import GroupPlan, Plan, capacity, with_sessions
from goldenthread.method.capacity.files import sum_in_words
from goldenthread.method.periods import Period

YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))
NINE = tuple(date(2026, 4, 7) + timedelta(weeks=6 * turn) for turn in range(9))


def duty(seats: int = 7, sessions: tuple[date, ...] = NINE, effort: Fraction = Fraction(1)) -> GroupPlan:
    return GroupPlan("duty", "Frontline duty", seats, sessions, effort)


def plan(*groups: GroupPlan, target: int = 300, year: Period = YEAR, absence: int = 10, days: int = 1) -> Plan:
    return Plan(year, 4, target, 5, absence, groups or (duty(),), days)


def test_nine_sessions_of_seven_seats_are_283_files_at_nine_tenths_attendance() -> None:
    made = capacity(plan())

    assert (made.files, made.words) == (283, "about 283 of 300 files: 17 short")
    assert made.groups[0].words == "7 seats × 5 files × 9 sessions × 90 % = 283"


def test_the_seeds_own_sum_is_160_and_not_120() -> None:
    quarterly = tuple(date(2026, month, 5) for month in (5, 8, 11)) + (date(2027, 2, 5),)

    made = capacity(plan(duty(8, quarterly), target=120, absence=0))

    assert [quarter.files for quarter in made.quarters] == [40, 40, 40, 40]
    assert made.words == "about 160 files, 40 more than the target of 120"


def test_a_plan_that_meets_its_target_says_so() -> None:
    assert capacity(plan(target=283)).words == "about 283 files, which is the target"


def test_a_six_weekly_rhythm_holds_three_sessions_in_one_quarter_and_two_in_the_others() -> None:
    made = capacity(plan(absence=0))

    assert [(quarter.period.label, quarter.files) for quarter in made.quarters] == [
        ("April to June 2026", 105),
        ("July to September 2026", 70),
        ("October to December 2026", 70),
        ("January to March 2027", 70),
    ]


def test_what_files_take_divides_the_sum_and_stands_in_its_words() -> None:
    heavy = plan(duty(effort=Fraction(130, 100)))

    assert sum_in_words(heavy, heavy.groups[0]) == ("7 seats × 5 files × 9 sessions × 90 % ÷ 1.30 effort = 218")


def test_sessions_of_two_days_audit_twice_as_many() -> None:
    assert capacity(plan(days=2, absence=0)).groups[0].words == "7 seats × 5 files × 9 sessions × 2 days × 100 % = 630"


def test_one_of_a_thing_is_said_in_the_singular() -> None:
    alone = Plan(YEAR, 4, 10, 1, 0, (duty(1, NINE[:1]),))

    assert capacity(alone).groups[0].words == "1 seat × 1 file × 1 session × 100 % = 1"


def test_a_part_year_shares_its_target_by_days() -> None:
    november = Period(date(2026, 11, 16), date(2027, 3, 31))

    made = capacity(plan(target=50, year=november))

    assert [(quarter.period.starts_on, quarter.period.days, quarter.target) for quarter in made.quarters] == [
        (date(2026, 11, 16), 46, 17),
        (date(2027, 1, 1), 90, 33),
    ]


def test_sessions_outside_the_year_do_not_count() -> None:
    made = capacity(plan(duty(sessions=(date(2026, 3, 31), date(2026, 4, 1), date(2027, 4, 1)))))

    assert made.groups[0].sessions == 1


def test_a_plan_without_groups_delivers_nothing() -> None:
    made = capacity(Plan(YEAR, 4, 120, 5, 10, ()))

    assert (made.files, made.short, [quarter.target for quarter in made.quarters]) == (0, 120, [30, 30, 30, 30])


DAYS = st.lists(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=12, unique=True).map(tuple)
GROUPS = st.lists(
    st.builds(
        lambda seats, days, effort: (seats, days, Fraction(effort, 100)),
        st.integers(0, 9), DAYS, st.integers(40, 250),
    ),
    max_size=3,
)  # fmt: skip
YEARS = st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 400)).map(
    lambda span: Period(span[0], span[0] + timedelta(days=span[1]))
)


def planned(groups: list[tuple[int, tuple[date, ...], Fraction]], year: Period, absence: int, target: int) -> Plan:
    made = tuple(GroupPlan(f"g{place}", f"Group {place}", *each) for place, each in enumerate(groups))
    return Plan(year, 4, target, 5, absence, made)


def seat_by_seat(plan: Plan, group: GroupPlan, last: date) -> int:
    """The slow obvious version: every seat of every session adds its part of a file, and whole ones are counted."""
    made = Fraction(0)
    for day in group.sessions:
        if plan.year.starts_on <= day <= min(last, plan.year.ends_on):
            for _ in range(group.seats):
                for _ in range(plan.files_a_day):
                    made += Fraction(100 - plan.absence, 100) / group.effort
    return made.numerator // made.denominator


@given(GROUPS, YEARS, st.integers(0, 100), st.integers(0, 900))
def test_every_figure_is_what_counting_seat_by_seat_gives(groups, year, absence, target) -> None:
    whole = planned(groups, year, absence, target)
    made = capacity(whole)

    for group, shown in zip(whole.groups, made.groups, strict=True):
        by_then = 0
        for quarter in made.quarters:
            by_then += quarter.files_by_group[group.key]
            assert by_then == seat_by_seat(whole, group, quarter.period.ends_on)
        assert shown.files == by_then


@given(GROUPS, YEARS, st.integers(0, 100), st.integers(0, 900))
def test_quarters_groups_and_target_add_up(groups, year, absence, target) -> None:
    made = capacity(planned(groups, year, absence, target))

    assert sum(quarter.files for quarter in made.quarters) == made.files
    assert sum(quarter.target for quarter in made.quarters) == target
    assert sum(quarter.period.days for quarter in made.quarters) == year.days


@given(DAYS, st.integers(0, 20), st.dates(date(2026, 4, 1), date(2027, 3, 31)))
def test_another_number_of_sessions_keeps_those_held_and_spreads_the_others(days, number, since) -> None:
    kept = with_sessions(days, number, since, YEAR)
    held = [day for day in days if day < since]

    assert len(kept) == max(number, len(held))
    assert [day for day in kept if day < since] == sorted(held)
    assert all(since <= day <= YEAR.ends_on or day in days for day in kept)


def test_as_many_sessions_as_there_are_are_the_same() -> None:
    assert with_sessions(NINE, 9, date(2026, 8, 1), YEAR) == NINE


def test_more_people_deliver_no_less() -> None:
    smaller = plan()

    assert capacity(replace(smaller, groups=(duty(8),))).files > capacity(smaller).files
