"""The "tasks completed" section: signed by somebody who did none of the tasks, exactly as it was shown to her."""

from __future__ import annotations

import pytest
import time_machine

from goldenthread.act.models import Return, SignOff
from goldenthread.act.queries import (
    open_return,
    returns_to_accept,
    returns_to_sign_off,
    signed_content,
)
from goldenthread.act.services import MEANING, accept_return, digest_of, reasons_not_to_sign, reopen_task, send_back
from goldenthread.method.refusal import Refused
from goldenthread.trail.models import Event
from tests import make
from tests.act import duty

pytestmark = pytest.mark.django_db

MANAGERS_TASK = {"Read it.": "team_manager"}


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def done(asked=duty.ASKED) -> Return:
    returned = duty.returned(asked)
    for task in returned.tasks.all():
        duty.complete(returned, task)
    return returned


def state(returned: Return) -> str:
    returned.refresh_from_db()
    return returned.state


def test_the_team_manager_signs_and_it_is_back_with_the_unit() -> None:
    here, returned = make.council(), done()

    duty.sign(returned, here.rafiq)

    assert (state(returned), [task.state for task in returned.tasks.all()]) == ("signed off", ["signed off"])
    assert list(returns_to_accept(here.maya)) == [returned]


def test_the_signature_keeps_who_as_what_meaning_what_and_exactly_what() -> None:
    here, returned = make.council(), done()
    tasks = open_return(here.rafiq, returned.code).tasks

    signed = duty.sign(returned, here.rafiq)

    assert (signed.signed_by, signed.capacity, signed.meaning) == (here.rafiq, "Team Manager, Duty 2", MEANING)
    assert (signed.content, signed.sha256) == (signed_content(tasks), digest_of(tasks))


def test_the_signature_is_on_the_trail_in_the_capacity_it_was_given() -> None:
    returned = done()
    signed = duty.sign(returned, make.council().rafiq)

    event = Event.objects.get(verb="signed off")
    assert (event.by_name, event.capacity, event.now) == (
        "Rafiq Alderton", "Team Manager, Duty 2", {"sha256": signed.sha256},
    )  # fmt: skip


def test_nobody_signs_while_a_task_is_to_do() -> None:
    here, returned = make.council(), duty.returned()

    with pytest.raises(Refused, match="One task is still to do"):
        duty.sign(returned, here.rafiq)
    assert (state(returned), SignOff.objects.count()) == ("with the team", 0)


def test_nobody_signs_off_her_own_work() -> None:
    here, returned = make.council(), done(MANAGERS_TASK)

    with pytest.raises(Refused, match="You did one of these tasks yourself"):
        duty.sign(returned, here.rafiq)


def test_where_the_team_manager_did_a_task_her_service_manager_signs() -> None:
    here, returned = make.council(), done(MANAGERS_TASK)

    assert (list(returns_to_sign_off(here.rafiq, make.DAY)), list(returns_to_sign_off(here.bridget, make.DAY))) == (
        [], [returned],
    )  # fmt: skip
    signed = duty.sign(returned, here.bridget)
    assert signed.capacity == "Service Manager, Assessment and Duty, Assessment and Duty Service"


def test_what_waits_for_the_team_manager_does_not_wait_for_her_service_manager() -> None:
    here, returned = make.council(), done()

    assert (list(returns_to_sign_off(here.rafiq, make.DAY)), list(returns_to_sign_off(here.bridget, make.DAY))) == (
        [returned], [],
    )  # fmt: skip


def test_what_is_not_finished_waits_for_nobodys_signature() -> None:
    duty.returned()

    assert list(returns_to_sign_off(make.council().rafiq, make.DAY)) == []


def test_what_was_not_shown_is_not_signed() -> None:
    here, returned = make.council(), done()
    opened = open_return(here.rafiq, returned.code)
    shown = digest_of(opened.tasks)
    reopen_task(by=here.rafiq, opened=opened, task=opened.tasks[0], because="Where is it?", now=make.NOW)
    duty.complete(returned, evidence="Done again, see the note of 9 October.")

    with pytest.raises(Refused, match="The tasks have changed since this page was shown to you."):
        duty.sign(returned, here.rafiq, shown)


def test_a_manager_of_another_team_cannot_reach_it_at_all() -> None:
    here, returned = make.council(), done()

    with pytest.raises(Return.DoesNotExist):
        duty.sign(returned, here.zofia)


def test_the_practitioner_does_not_sign() -> None:
    here, returned = make.council(), done()

    with pytest.raises(Refused, match="is for the directors, the team's manager or the service's manager"):
        duty.sign(returned, here.ffion)


def test_the_reasons_shown_where_the_button_would_be() -> None:
    here, returned = make.council(), duty.returned(MANAGERS_TASK)

    assert reasons_not_to_sign(here.rafiq, open_return(here.rafiq, returned.code), make.DAY) == (
        "One task is still to do, so the section cannot be signed off.",
        "You did one of these tasks yourself, so someone above you signs off this section.",
    )
    assert reasons_not_to_sign(here.ffion, open_return(here.ffion, returned.code), make.DAY) == ()


def test_a_director_does_not_sign_while_a_manager_can() -> None:
    here, returned = make.council(), done()

    with pytest.raises(Refused, match="Rafiq Alderton manages this team or its service, and signs off this section."):
        duty.sign(returned, here.helena)


def test_where_both_managers_did_a_task_a_director_signs() -> None:
    here, returned = make.council(), done({"Read it.": "team_manager", "Check it.": "service_manager"})

    with pytest.raises(Refused, match="You did one of these tasks yourself"):
        duty.sign(returned, here.bridget)
    duty.sign(returned, here.helena)

    assert state(returned) == "signed off"


def test_a_return_without_tasks_is_signed_as_it_is() -> None:
    returned = duty.returned({})

    duty.sign(returned, make.council().rafiq)

    assert state(returned) == "signed off"


def test_the_unit_accepts_and_that_ends_it() -> None:
    here, returned = make.council(), make.signed_return(duty.returned())

    accept_return(by=here.maya, opened=open_return(here.maya, returned.code), now=make.NOW)

    returned.refresh_from_db()
    assert (returned.state, returned.accepted_by, returned.accepted_at) == ("accepted", here.maya, make.NOW)


def test_a_team_manager_does_not_accept_her_own_signature() -> None:
    here, returned = make.council(), make.signed_return(duty.returned())

    with pytest.raises(Refused, match="is for the Quality Assurance Unit"):
        accept_return(by=here.rafiq, opened=open_return(here.rafiq, returned.code), now=make.NOW)


def test_what_is_sent_back_says_why_and_can_be_asked_for_again() -> None:
    here, returned = make.council(), make.signed_return(duty.returned())

    send_back(by=here.maya, opened=open_return(here.maya, returned.code), because="No date given.", now=make.NOW)

    assert (state(returned), [task.state for task in returned.tasks.all()]) == ("with the team", ["done"])
    assert Event.objects.get(verb="sent back").because == "No date given."


def test_nothing_is_sent_back_without_a_reason() -> None:
    here, returned = make.council(), make.signed_return(duty.returned())

    with pytest.raises(Refused, match="Say why"):
        send_back(by=here.maya, opened=open_return(here.maya, returned.code), because=" ", now=make.NOW)
    assert state(returned) == "signed off"
