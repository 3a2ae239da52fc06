"""The list of returned audits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from goldenthread.act.services import return_session
from tests import make
from tests.act import duty
from tests.browsing import signed_in, statements, words

pytestmark = pytest.mark.django_db

LATE = datetime(2026, 10, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False) as travel:
        yield travel


def several(number: int) -> None:
    session = duty.submitted(files=number).session
    return_session(by=make.council().maya, session=session, now=make.NOW, today=make.DAY)


def test_an_empty_list_says_what_each_post_does_next() -> None:
    here = make.council()

    unit, practitioner = (words(signed_in(person).get("/act/")) for person in (here.maya, here.ffion))

    assert "After a session, return its submitted audits" in unit
    assert "Nothing is asked of you." in practitioner


def test_a_line_says_the_case_the_team_how_it_stands_and_how_many_tasks_are_done() -> None:
    returned = duty.returned()

    page = words(signed_in(make.council().rafiq).get("/act/"))

    assert "1 returned audit, the most pressing first." in page
    assert f"{returned.audit.ref} Duty 2 Ffion Carrow Tasks due in 14 days 0 of 1" in page


def test_lateness_is_said_in_words_and_in_colour(the_day) -> None:
    duty.returned()
    the_day.move_to(LATE)

    response = signed_in(make.council().rafiq).get("/act/")

    assert '<strong class="govuk-tag govuk-tag--red">Tasks 3 days late</strong>' in response.content.decode()


def test_the_filters_narrow_the_list() -> None:
    here, returned = make.council(), duty.returned()
    client = signed_in(here.maya)

    found = {
        query: returned.audit.ref in words(client.get(f"/act/?{query}"))
        for query in (
            f"text={returned.audit.ref[:2]}", "text=Z", "late=on", "state=accepted", "state=all", "state=nonsense",
            f"team={returned.team_id}", f"team={returned.service_id}0",
        )
    }  # fmt: skip

    assert list(found.values()) == [True, False, False, False, True, True, True, True]


def test_filters_that_fit_nothing_can_be_cleared() -> None:
    page = words(signed_in(make.council().maya).get("/act/?text=Z"))

    assert "No returned audit fits these filters. Clear the filters" in page


def test_a_place_that_is_none_is_the_beginning() -> None:
    duty.returned()

    assert "1 returned audit" in words(signed_in(make.council().maya).get("/act/?after=last.week"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_statements_however_many_there_are(number: int) -> None:
    several(number)

    assert statements(signed_in(make.council().maya), "/act/") == 5
