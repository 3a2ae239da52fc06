"""Tasks asked after many at once: one message a person, a task once a day, and only by those who may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db.models import QuerySet

from goldenthread.act.models import Task
from goldenthread.act.queries.tasks import tasks_to_chase
from goldenthread.act.services import Chased, chase_tasks
from goldenthread.act.services.chasing import KIND
from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.act import duty

pytestmark = pytest.mark.django_db
THREE = {"Write it.": "practitioner", "Date it.": "practitioner", "Read it.": "team_manager"}


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def codes() -> list[str]:
    return list(Task.objects.order_by("pk").values_list("code", flat=True))


def told() -> QuerySet[Notice]:
    return Notice.objects.filter(kind=KIND)


def chase(by: Person, chosen: list[str] | None = None, today: date = make.DAY) -> Chased:
    return chase_tasks(by=by, codes=codes() if chosen is None else chosen, now=make.NOW, today=today)


def test_each_person_gets_one_message_however_many_tasks_are_hers() -> None:
    here = make.council()
    duty.returned(THREE)

    assert chase(here.maya) == Chased(tasks=3, people=2, left=0)
    assert sorted(told().values_list("name", "subject")) == [
        ("Ffion Carrow", "Maya Holt asks after 2 tasks of yours"),
        ("Rafiq Alderton", "Maya Holt asks after 1 task of yours"),
    ]


def test_nothing_of_the_child_or_of_what_is_asked_is_in_the_message() -> None:
    returned = duty.returned(THREE)
    chase(make.council().maya)

    said = " ".join(f"{notice.subject} {notice.body}" for notice in told())
    assert [word for word in (returned.audit.ref, "Write it", "Read it", returned.code) if word in said] == []


def test_a_task_is_asked_after_once_a_day_and_again_the_next() -> None:
    here = make.council()
    duty.returned()
    chase(here.maya)

    with pytest.raises(Refused, match="None of these can be asked after"):
        chase(here.rafiq)
    chase(here.rafiq, today=make.DAY + timedelta(days=1))

    task = Task.objects.get()
    assert (task.chases, task.chased_on, told().count()) == (2, date(2026, 10, 7), 2)
    assert Event.objects.filter(verb="asked after", thing="task").count() == 2


def test_her_own_task_and_what_is_done_are_left_alone() -> None:
    here, returned = make.council(), duty.returned(THREE)
    duty.complete(returned, returned.tasks.get(text="Date it."))

    assert chase(here.rafiq) == Chased(tasks=1, people=1, left=2)


def test_a_manager_asks_after_her_own_teams_tasks_only() -> None:
    here = make.council()
    duty.returned()

    with pytest.raises(Refused, match="None of these can be asked after"):
        chase(here.zofia)
    may = {
        name: tasks_to_chase(getattr(here, name), make.DAY).count() for name in ("maya", "helena", "bridget", "rafiq")
    }
    assert may == {"maya": 1, "helena": 1, "bridget": 1, "rafiq": 1}


def test_a_practitioner_asks_after_nobodys() -> None:
    duty.returned()

    with pytest.raises(Refused, match="by those who manage the team"):
        chase(make.council().ffion)


def test_nothing_chosen_is_said() -> None:
    duty.returned()

    with pytest.raises(Refused, match="Choose at least one task to ask after."):
        chase(make.council().maya, [])


def test_a_late_task_is_said_to_be_late() -> None:
    duty.returned()
    chase(make.council().rafiq, today=date(2026, 10, 22))

    assert "which is late. The first was due on 20 October 2026." in told().get().body
