"""What is owed: a seat gives what the framework says, whoever comes and goes, and every record is counted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.deadlines import is_working_day
from goldenthread.method.framework import Quota
from goldenthread.method.owed import Account, Due, Excused, Holding, Submission, accounts, dues, escalated, reminded
from goldenthread.method.periods import Period, periods

YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))
APRIL = 4
MANAGER = "team_manager"
FOUR = Quota(MANAGER, 4, "month")


def days(period: Period) -> list[date]:
    return [period.starts_on + timedelta(days=ahead) for ahead in range(period.days)]


def in_june(*, since: int = 1, until: int = 30, share: str = "1", away: Sequence[tuple[int, int]] = ()) -> Due:
    """What a post held on these days of June 2026 owes for that month."""
    gone = tuple(Period(date(2026, 6, first), date(2026, 6, last)) for first, last in away)
    held = Period(date(2026, 6, since), date(2026, 6, until))
    found = dues(FOUR, [Holding(7, MANAGER, 1, held, Fraction(share), gone)], YEAR, APRIL)
    assert [due.period.label for due in found] == ["June 2026"]
    return found[0]


def test_a_post_held_all_month_owes_what_the_framework_says() -> None:
    assert (in_june().records, in_june().why) == (4, "4 a month")


@pytest.mark.parametrize(
    ("due", "records", "why"),
    [
        (in_june(since=12), 3, "4 a month, from 12 June (19 of 30 days): 2.53, so 3"),
        (in_june(until=15), 2, "4 a month, until 15 June (15 of 30 days): 2, so 2"),
        (in_june(share="0.6"), 2, "4 a month, 60% of a week: 2.4, so 2"),
        (in_june(away=[(1, 12)]), 2, "4 a month, away 10 of 22 working days: 2.18, so 2"),
        (in_june(away=[(6, 7)]), 4, "4 a month"),
        (in_june(away=[(1, 30)]), 0, "4 a month, away 22 of 22 working days: 0, so 0"),
        (in_june(away=[(1, 3), (2, 5)]), 3, "4 a month, away 5 of 22 working days: 3.09, so 3"),
    ],
    ids=["joined", "left", "part-time", "away", "away at a weekend", "away all month", "away twice over"],
)
def test_each_number_is_explained(due: Due, records: int, why: str) -> None:
    assert (due.records, due.why) == (records, why)


def test_a_fraction_is_made_up_over_the_year() -> None:
    found = dues(FOUR, [Holding(7, MANAGER, 1, YEAR, Fraction(3, 5))], YEAR, APRIL)

    assert sum(due.records for due in found) == 29  # 28.8, and not twelve times 2


def test_two_who_share_a_post_owe_as_much_as_one() -> None:
    pair = [Holding(each, MANAGER, 1, YEAR, Fraction(1, 2)) for each in (7, 8)]
    owed = dues(Quota(MANAGER, 1, "month"), pair, YEAR, APRIL)

    assert (Counter(due.period for due in owed if due.records == 1), Counter(d.person for d in owed if d.records)) == (
        Counter(periods("month", YEAR.starts_on, YEAR.ends_on, APRIL)),
        Counter({7: 6, 8: 6}),
    )


def test_two_posts_in_two_teams_are_one_line() -> None:
    both = [Holding(7, MANAGER, team, YEAR) for team in (1, 2)]
    april = dues(FOUR, both, YEAR, APRIL)[0]

    assert (april.records, april.why) == (8, "4 a month, in each of 2 posts")


def test_records_are_due_on_the_last_working_day() -> None:
    found = dues(FOUR, [Holding(7, MANAGER, 1, YEAR)], YEAR, APRIL)

    assert [due.due_on.isoformat() for due in found] == [
        "2026-04-30", "2026-05-29", "2026-06-30", "2026-07-31", "2026-08-28", "2026-09-30", "2026-10-30", "2026-11-30",
        "2026-12-31", "2027-01-29", "2027-02-26", "2027-03-31",
    ]  # fmt: skip


# --- properties -----------------------------------------------------------------------------------------

EVERY = st.sampled_from(["month", "quarter", "half_year", "year"])
QUOTAS = st.builds(Quota, st.just(MANAGER), st.integers(0, 6), EVERY)


@st.composite
def chains(draw: st.DrawFn) -> list[Holding]:
    """A post held all year without a gap: each holder takes over the day after the one before her."""
    cuts = sorted(draw(st.sets(st.integers(1, YEAR.days - 1), max_size=5)))
    marks = [0, *cuts, YEAR.days]
    return [
        Holding(person, MANAGER, 1, Period(YEAR.starts_on + timedelta(first), YEAR.starts_on + timedelta(last - 1)))
        for person, (first, last) in enumerate(pairwise(marks))
    ]


@given(QUOTAS, chains())
def test_a_post_held_without_a_gap_owes_exactly_the_quota_each_period(quota: Quota, chain: list[Holding]) -> None:
    owed = Counter[Period]()
    for due in dues(quota, chain, YEAR, APRIL):
        owed[due.period] += due.records

    assert owed == dict.fromkeys(periods(quota.every, YEAR.starts_on, YEAR.ends_on, APRIL), quota.records)


@st.composite
def holdings(draw: st.DrawFn) -> list[Holding]:
    """Anybody, for any days, in either of two teams, at any share of a week, away now and then."""
    found = []
    for person in range(draw(st.integers(1, 4))):
        first = draw(st.integers(-40, 340))
        held = Period(YEAR.starts_on + timedelta(first), YEAR.starts_on + timedelta(first + draw(st.integers(0, 300))))
        away = draw(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 30)), max_size=2))
        gone = tuple(
            Period(held.starts_on + timedelta(start), held.starts_on + timedelta(start + length))
            for start, length in away
        )
        share = Fraction(draw(st.integers(1, 20)), 20)
        found.append(Holding(person % 3, MANAGER, draw(st.integers(1, 2)), held, share, gone))
    return found


def exact_of(quota: Quota, holding: Holding, period: Period) -> Fraction:
    """The slow obvious version, day by day."""
    held = [day for day in days(period) if day in holding.held]
    working = [day for day in held if is_working_day(day)]
    there = [day for day in working if not any(day in away for away in holding.away)]
    owed = quota.records * holding.share * Fraction(len(held), period.days)
    return owed * Fraction(len(there), len(working)) if working else owed


def exactly(quota: Quota, held: list[Holding], team: int, upto: date) -> Fraction:
    spans = [each for each in periods(quota.every, YEAR.starts_on, YEAR.ends_on, APRIL) if each.ends_on <= upto]
    return sum((exact_of(quota, one, span) for span in spans for one in held if one.team == team), Fraction(0))


@settings(max_examples=60, deadline=None)
@given(QUOTAS, holdings())
def test_each_seat_is_never_more_than_half_a_record_from_the_exact_sum(quota: Quota, held: list[Holding]) -> None:
    for team in {one.team for one in held}:
        found = dues(quota, [one for one in held if one.team == team], YEAR, APRIL)
        for upto in {due.period.ends_on for due in found}:
            owed = sum(due.records for due in found if due.period.ends_on <= upto)
            assert abs(owed - exactly(quota, held, team or 0, upto)) <= Fraction(1, 2)


@settings(max_examples=60, deadline=None)
@given(QUOTAS, holdings())
def test_each_line_is_the_exact_figure_rounded_up_or_down(quota: Quota, held: list[Holding]) -> None:
    for team in {one.team for one in held}:
        for due in dues(quota, [one for one in held if one.team == team], YEAR, APRIL):
            hers = [one for one in held if (one.person, one.team) == (due.person, team)]
            assert due.exact == sum(exact_of(quota, one, due.period) for one in hers)
            assert floor(due.exact) <= due.records <= ceil(due.exact)


# --- accounts -------------------------------------------------------------------------------------------

SPANS = list(periods("month", date(2026, 6, 1), date(2026, 8, 31), APRIL))
JUNE, JULY, AUGUST = SPANS


def owing(*numbers: int) -> list[Due]:
    return [
        Due(7, MANAGER, span, FOUR, number, Fraction(number), ()) for span, number in zip(SPANS, numbers, strict=False)
    ]


def exemption(number: int, span: Period = JUNE) -> Excused:
    return Excused(MANAGER, span.starts_on, "exemption", number)


def extension(number: int, until: date, span: Period = JUNE) -> Excused:
    return Excused(MANAGER, span.starts_on, "extension", number, until)


def shown(lines: list[Account]) -> list[tuple[int, int, int, int]]:
    """(asked, submitted, of them late, surplus) of each."""
    return [(line.asked, line.submitted, line.late, line.surplus) for line in lines]


def came(*days: date, meant_for: date | None = None) -> list[Submission]:
    return [Submission(day, meant_for) for day in days]


def test_what_is_submitted_in_the_month_counts_for_the_month() -> None:
    lines = accounts(owing(2, 2), [], came(date(2026, 6, 3), date(2026, 7, 31)))

    assert shown(lines) == [(2, 1, 0, 0), (2, 1, 0, 0)]


def test_what_the_month_has_no_need_of_counts_for_the_oldest_that_is_short() -> None:
    lines = accounts(owing(1, 1, 1), [], came(date(2026, 8, 3), date(2026, 8, 4), date(2026, 8, 5)))

    assert shown(lines) == [(1, 1, 1, 0), (1, 1, 1, 0), (1, 1, 0, 0)]


def test_a_record_that_was_allotted_for_a_month_is_that_months_whenever_it_comes() -> None:
    lines = accounts(owing(1, 1), [], came(date(2026, 7, 2), meant_for=date(2026, 6, 30)))

    assert shown(lines) == [(1, 1, 1, 0), (1, 0, 0, 0)]


def test_a_record_that_was_allotted_for_a_month_may_come_before_the_month() -> None:
    lines = accounts(owing(1, 1), [], came(date(2026, 6, 29), meant_for=date(2026, 7, 31)))

    assert shown(lines) == [(1, 0, 0, 0), (1, 1, 0, 0)]


def test_a_surplus_is_not_carried_over() -> None:
    lines = accounts(owing(1, 1), [], came(date(2026, 6, 3), date(2026, 6, 4)))

    assert shown(lines) == [(1, 1, 0, 1), (1, 0, 0, 0)]


def test_what_comes_in_the_month_but_after_its_last_working_day_is_late() -> None:
    assert shown(accounts(owing(0, 0, 1), [], came(date(2026, 8, 29))))[-1] == (1, 1, 1, 0)


def test_exempt_records_are_not_asked_for() -> None:
    assert shown(accounts(owing(4), [exemption(1)], [])) == [(3, 0, 0, 0)]


def test_an_exemption_never_takes_a_line_below_nothing() -> None:
    assert shown(accounts(owing(1), [exemption(1), exemption(2)], [])) == [(0, 0, 0, 0)]


def test_an_exemption_of_another_month_changes_nothing_here() -> None:
    assert shown(accounts(owing(4), [exemption(1, JULY)], [])) == [(4, 0, 0, 0)]


def test_extended_records_may_come_by_the_later_day() -> None:
    later = date(2026, 7, 10)
    lines = accounts(owing(2, 1), [extension(1, later)], came(date(2026, 6, 30), later, meant_for=date(2026, 6, 30)))

    assert shown(lines) == [(2, 2, 0, 0), (1, 0, 0, 0)]


def test_only_so_many_are_extended() -> None:
    line = accounts(owing(3), [extension(1, date(2026, 7, 10))], [])[0]

    assert (line.to_do, line.extended, line.overdue(date(2026, 7, 1)), line.overdue(date(2026, 7, 11))) == (
        (date(2026, 6, 30), date(2026, 6, 30), date(2026, 7, 10)), 1, 2, 3,
    )  # fmt: skip


DAYS = st.dates(date(2026, 5, 15), date(2026, 9, 15))
CAME = st.lists(st.builds(Submission, DAYS, st.one_of(st.none(), DAYS)), max_size=12)
ALLOWANCES = st.lists(
    st.one_of(
        st.builds(exemption, st.integers(1, 5), st.sampled_from(SPANS)),
        st.builds(extension, st.integers(1, 5), st.dates(date(2026, 9, 1), date(2026, 9, 30)), st.sampled_from(SPANS)),
    ),
    max_size=4,
)
THREE = st.lists(st.integers(0, 4), min_size=3, max_size=3)


def counted(owed: list[Due], excused: list[Excused], came: list[Submission]) -> list[tuple[int, int, int, int]]:
    """The slow obvious version: places to fill, a list for each period, looked through anew for each submission."""
    places: list[list[date]] = []
    for due in owed:
        hers = [each for each in excused if each.period_starts_on == due.period.starts_on]
        left = max(0, due.records - sum(each.records for each in hers if each.kind == "exemption"))
        later = [each.until_on for each in hers if each.until_on for _ in range(each.records)]
        places.append(sorted([*sorted(later)[:left], *[due.due_on] * max(0, left - len(later))]))
    filled = [[0, 0, 0] for _ in owed]
    for one in sorted(came, key=lambda one: one.on):
        meant = [place for place, due in enumerate(owed) if one.meant_for and one.meant_for in due.period]
        today = [place for place, due in enumerate(owed) if one.on in due.period]
        earlier = [place for place, due in enumerate(owed) if due.period.ends_on < one.on]
        for place in meant + today + earlier:
            if filled[place][0] < len(places[place]):
                filled[place][1] += one.on > places[place][filled[place][0]]
                filled[place][0] += 1
                break
        else:
            for place in today:
                filled[place][2] += 1
    return [(len(places[place]), *numbers) for place, numbers in enumerate(filled)]  # type: ignore[misc]


@given(THREE, ALLOWANCES, CAME)
def test_accounts_agree_with_the_slow_version(
    numbers: list[int], excused: list[Excused], came: list[Submission]
) -> None:
    assert shown(accounts(owing(*numbers), excused, came)) == counted(owing(*numbers), excused, came)


@given(THREE, ALLOWANCES, CAME)
def test_every_submission_counts_once_and_no_line_is_overfilled(
    numbers: list[int], excused: list[Excused], came: list[Submission]
) -> None:
    lines = accounts(owing(*numbers), excused, came)

    assert all(0 <= line.submitted <= line.asked <= line.owed for line in lines)
    assert sum(line.submitted + line.surplus for line in lines) <= len(came)


@given(THREE, st.lists(DAYS, max_size=12))
def test_what_is_missing_in_the_end_is_the_same_whichever_month_it_counts_for(
    numbers: list[int], days: list[date]
) -> None:
    """Counting the oldest first, as one might, moves what is missing to another month and leaves how much it is."""
    lines = accounts(owing(*numbers), [], came(*days))
    debt = 0
    for span, owed in zip(SPANS, numbers, strict=True):
        debt = max(0, debt + owed - sum(1 for day in days if day in span))
    after = sum(1 for day in days if day > AUGUST.ends_on)

    assert sum(len(line.to_do) for line in lines) == max(0, debt - after)


# --- reminding ------------------------------------------------------------------------------------------

DUE = date(2026, 7, 31)


def told(asks: object, first: date, last: date) -> list[str]:
    return [f"{day:%-d %b}" for day in days(Period(first, last)) if asks(day)]  # type: ignore[operator]


def test_a_holder_is_reminded_a_week_before_and_each_week_after() -> None:
    asks = told(lambda day: reminded(DUE, day, before=5, after=5), date(2026, 7, 1), date(2026, 9, 8))

    # A week on from 28 August is 7 September, as the 31st is the summer bank holiday.
    assert asks == ["24 Jul", "7 Aug", "14 Aug", "21 Aug", "28 Aug", "7 Sep"]


def test_nobody_is_reminded_where_the_framework_says_never() -> None:
    assert told(lambda day: reminded(DUE, day, before=0, after=0), date(2026, 7, 1), date(2026, 9, 8)) == []


def test_the_manager_is_told_after_a_fortnight_and_with_each_reminder_then() -> None:
    asks = told(lambda day: escalated(DUE, day, first=10, again=5), date(2026, 7, 1), date(2026, 8, 31))

    assert asks == ["14 Aug", "21 Aug", "28 Aug"]


def test_the_manager_is_told_once_where_there_are_no_reminders() -> None:
    assert told(lambda day: escalated(DUE, day, first=10, again=0), DUE, date(2026, 8, 31)) == ["14 Aug"]


def test_the_manager_is_never_told_where_the_framework_says_never() -> None:
    assert told(lambda day: escalated(DUE, day, first=0, again=5), DUE, date(2026, 8, 31)) == []
