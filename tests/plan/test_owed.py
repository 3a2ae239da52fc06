"""Which rules what is owed in a month is under, and from when anything is owed at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from goldenthread.framework.models import FrameworkVersion
from goldenthread.framework.services import adopt_framework
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority
from goldenthread.plan.models import Year
from goldenthread.plan.queries.owed import owed
from tests import make
from tests.cast import Council

pytestmark = pytest.mark.django_db

TODAY, NOW = date(2027, 7, 20), datetime(2027, 7, 20, 9, tzinfo=UTC)
SPRING = Period(date(2027, 4, 1), date(2027, 7, 31))


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here() -> Council:
    return make.council()


def five_a_month(here: Council, from_day: date) -> FrameworkVersion:
    """New rules under which a Team Manager owes five."""
    text = here.framework.source.replace(
        'post = "team_manager"\nrecords = 4', 'post = "team_manager"\nrecords = 5'
    ).replace("version = 1", "version = 2", 1)  # fmt: skip
    return adopt_framework(by=here.maya, text=text, from_day=from_day, now=NOW)


def owed_by_rafiq(here: Council) -> list[int]:
    found = owed(here.authority.pk, SPRING, TODAY)
    return [due.records for due in found.dues if due.person == here.rafiq.pk]


def test_a_month_is_under_the_rules_of_its_first_day(here: Council) -> None:
    five_a_month(here, date(2027, 6, 1))

    assert owed_by_rafiq(here) == [4, 4, 5, 5]


def test_a_year_stays_under_the_rules_it_was_opened_with(here: Council) -> None:
    Year.objects.create(
        authority=here.authority, framework=here.framework, starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31),
        opened_at=NOW, opened_by=here.maya,
    )  # fmt: skip
    five_a_month(here, date(2027, 6, 1))

    assert owed_by_rafiq(here) == [4, 4, 4, 4]


def test_rules_adopted_later_for_an_earlier_day_do_not_move_the_beginning(here: Council) -> None:
    five_a_month(here, date(2000, 1, 1))

    assert owed_by_rafiq(here) == [4, 4, 4, 4]


def test_a_council_without_rules_is_told_what_to_do_first() -> None:
    elsewhere = Authority.objects.create(name="Elsewhere", short_name="Elsewhere")

    with pytest.raises(Refused, match="has not adopted a framework yet"):
        owed(elsewhere.pk, SPRING, TODAY)


def test_it_takes_five_statements(here: Council, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(5):  # type: ignore[operator]
        owed(here.authority.pk, SPRING, TODAY)
