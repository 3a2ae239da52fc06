"""Returning a session's audits: shown as they would be, then done in one act."""

from __future__ import annotations

import pytest
import time_machine

from goldenthread.act.models import Return
from tests import make
from tests.act import duty
from tests.browsing import form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def address(session) -> str:
    return f"/act/sessions/{session.code}/return/"


def test_it_shows_each_audit_with_its_tasks_owners_and_days_and_changes_nothing() -> None:
    audit = duty.submitted()

    page = words(signed_in(make.council().maya).get(address(audit.session)))

    assert f"{audit.ref}, Duty 2" in page
    assert "Tasks due Tuesday 20 October 2026; sign-off due Tuesday 27 October 2026." in page
    assert f"{duty.CHRONOLOGY} Ffion Carrow" in page
    assert Return.objects.count() == 0


def test_one_button_returns_them_all_and_says_by_when() -> None:
    here, audit = make.council(), duty.submitted(files=2)
    client = signed_in(here.maya)

    response = client.post(address(audit.session), form_in(client.get(address(audit.session))), follow=True)

    assert Return.objects.count() == 2
    assert "2 audits are returned. Tasks are due by 20 October 2026." in words(response)


def test_pressed_twice_it_returns_once() -> None:
    here, audit = make.council(), duty.submitted()
    client = signed_in(here.maya)
    sent = form_in(client.get(address(audit.session)))

    answers = [client.post(address(audit.session), sent) for _ in range(2)]

    assert ([answer.status_code for answer in answers], Return.objects.count()) == ([302, 302], 1)


def test_with_nothing_to_return_it_says_what_comes_first() -> None:
    session = make.drawn_session(1)

    page = words(signed_in(make.council().maya).get(address(session)))

    assert "No audit of this session waits to be returned. An audit can be returned once it is submitted." in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_statements_however_many_there_are(number: int) -> None:
    audit = duty.submitted(files=number)

    assert statements(signed_in(make.council().maya), address(audit.session)) == 6
