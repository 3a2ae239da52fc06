"""Tasks: done by their owner with evidence, asked for again with a reason, and closed once they are signed for."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from goldenthread.act.queries import ReturnFilter, late_returns, open_return, page_of_returns
from goldenthread.act.services import complete_task, reopen_task, return_session
from goldenthread.method.refusal import Refused
from goldenthread.trail.models import Event
from tests import make
from tests.act import duty

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def test_its_owner_marks_a_task_done_with_evidence() -> None:
    returned = duty.returned()

    duty.complete(returned, evidence=" Chronology written, 7 October. ")

    [task] = returned.tasks.all()
    assert (task.state, task.evidence, task.done_by.name, task.done_at) == (
        "done", "Chronology written, 7 October.", "Ffion Carrow", make.NOW,
    )  # fmt: skip
    assert Event.objects.filter(verb="completed", thing="task", thing_id=task.pk).count() == 1


def test_a_task_without_evidence_is_not_done() -> None:
    returned = duty.returned()

    with pytest.raises(Refused, match="Say what was done."):
        duty.complete(returned, evidence="  ")
    assert returned.tasks.get().state == "to do"


def test_her_manager_does_not_mark_her_task_done() -> None:
    here, returned = make.council(), duty.returned()
    opened = open_return(here.rafiq, returned.code)

    with pytest.raises(Refused, match="is for the person whose task it is"):
        complete_task(
            by=here.rafiq, opened=opened, task=opened.tasks[0], evidence="Seen.", record="Note.", now=make.NOW
        )


def test_the_owner_of_one_task_does_not_mark_another_persons() -> None:
    here, returned = make.council(), duty.returned({"Write it.": "practitioner", "Read it.": "team_manager"})
    opened = open_return(here.rafiq, returned.code)

    with pytest.raises(Refused, match="is for the person whose task it is"):
        complete_task(
            by=here.rafiq, opened=opened, task=opened.tasks[0], evidence="Written.", record="Note.", now=make.NOW
        )


def test_a_task_is_not_done_twice() -> None:
    returned = duty.returned()
    duty.complete(returned)

    with pytest.raises(Refused, match="This task is “done”"):
        duty.complete(returned)


def test_the_team_manager_asks_for_it_again_and_what_was_said_stays_on_the_trail() -> None:
    here, returned = make.council(), duty.returned()
    duty.complete(returned, evidence="It is there.")
    opened = open_return(here.rafiq, returned.code)

    reopen_task(by=here.rafiq, opened=opened, task=opened.tasks[0], because="Where?", now=make.NOW)

    event = Event.objects.get(verb="reopened")
    assert (returned.tasks.get().state, event.was, event.because) == (
        "to do",
        {"evidence": "It is there.", "record": "Case note of 7 October."},
        "Where?",
    )


def test_nothing_changes_once_the_section_is_signed() -> None:
    here, returned = make.council(), make.signed_return(duty.returned())
    opened = open_return(here.rafiq, returned.code)

    with pytest.raises(Refused, match="can no longer be changed"):
        reopen_task(by=here.rafiq, opened=opened, task=opened.tasks[0], because="Where?", now=make.NOW)


@pytest.mark.parametrize(
    ("today", "tasks_done", "late"),
    [
        (date(2026, 10, 20), False, False),
        (date(2026, 10, 21), False, True),
        (date(2026, 10, 21), True, False),
        (date(2026, 10, 27), True, False),
        (date(2026, 10, 28), True, True),
    ],
)
def test_a_return_is_late_after_its_tasks_day_or_its_signatures(today: date, tasks_done: bool, late: bool) -> None:
    here, returned = make.council(), duty.returned()
    if tasks_done:
        duty.complete(returned)

    assert list(late_returns(here.rafiq, today)) == ([returned] if late else [])


def test_what_is_signed_is_never_late() -> None:
    here = make.council()
    make.signed_return(duty.returned())

    assert list(late_returns(here.maya, date(2027, 3, 1))) == []


def test_the_list_shows_what_is_open_unless_it_is_asked_for_more() -> None:
    here, returned = make.council(), make.accepted_return(duty.returned())

    shown = {
        state: page_of_returns(here.maya, ReturnFilter(state=state), make.DAY).returns
        for state in ("", "accepted", "all")
    }

    assert shown == {"": (), "accepted": (returned,), "all": (returned,)}


def test_a_page_ends_where_the_next_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    here = make.council()
    session = duty.submitted(files=3).session
    monkeypatch.setattr("goldenthread.web.keyset.PAGE", 2)
    returned = return_session(by=here.maya, session=session, now=make.NOW, today=make.DAY)

    first = page_of_returns(here.maya, ReturnFilter(), make.DAY)
    second = page_of_returns(here.maya, ReturnFilter(), make.DAY, first.next)

    assert [*first.returns, *second.returns] == returned
    assert (first.count, second.count, second.next) == (3, 3, "")
