"""A month's round of single records: a session that nobody attends, with everybody who owes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.plan.models import Group, Session
from goldenthread.plan.queries.owed import files_of_round
from goldenthread.plan.services.rounds import open_round
from goldenthread.plan.services.sessions import cancel_session
from tests import make
from tests.cast import Council

pytestmark = pytest.mark.django_db

TODAY, NOW = date(2027, 7, 20), datetime(2027, 7, 20, 9, tzinfo=UTC)
JULY = Period(date(2027, 7, 1), date(2027, 7, 31))


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here() -> Council:
    return make.council()


def opened(here: Council) -> Session:
    holders = {here.rafiq: "team_manager", here.bridget: "service_manager"}
    return open_round(by=here.maya, month=JULY, holders=holders, now=NOW)


def test_a_round_is_due_on_the_last_working_day_and_published_at_once(here: Council) -> None:
    held = opened(here)

    assert (held.held_on, held.published_at, held.group.name, held.group.meets) == (
        date(2027, 7, 30), NOW, "Single records", False,
    )  # fmt: skip
    assert {(seat.person, seat.post) for seat in held.seats.all()} == {
        (here.rafiq, "team_manager"), (here.bridget, "service_manager"),
    }  # fmt: skip


def test_its_group_is_made_once(here: Council) -> None:
    opened(here)
    august = Period(date(2027, 8, 1), date(2027, 8, 31))
    open_round(by=here.maya, month=august, holders={here.rafiq: "team_manager"}, now=NOW)

    assert Group.objects.filter(meets=False).count() == 1


def test_a_month_is_opened_once(here: Council) -> None:
    opened(here)

    with pytest.raises(Refused, match="The records of July 2027 are open already."):
        opened(here)


def test_a_month_whose_round_was_cancelled_can_be_opened_again(here: Council) -> None:
    cancel_session(by=here.maya, session=opened(here), because="Too early", now=NOW)

    assert opened(here).cancelled_at is None


def test_there_is_no_round_for_nobody(here: Council) -> None:
    with pytest.raises(Refused, match="Nobody owes records of July 2027"):
        open_round(by=here.maya, month=JULY, holders={}, now=NOW)


def test_only_the_unit_opens_one(here: Council) -> None:
    with pytest.raises(Refused):
        open_round(by=here.helena, month=JULY, holders={here.rafiq: "team_manager"}, now=NOW)


def test_its_files_are_as_many_as_those_in_it_owe(here: Council) -> None:
    assert files_of_round(opened(here), TODAY) == 6
