"""A task is agreed to, or challenged with a reason; somebody else keeps or drops it, and nothing waits for ever."""

from __future__ import annotations

import pytest
import time_machine

from goldenthread.act.models import Return, Task
from goldenthread.act.queries import open_return
from goldenthread.act.queries.answering import tasks_to_decide
from goldenthread.act.services import agree_to_task, challenge_task, drop_task, keep_task
from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.act import duty

pytestmark = pytest.mark.django_db
NOT_MINE = "The school keeps this record, not us."


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def challenged(asked=duty.ASKED) -> tuple[Return, Task]:
    returned = duty.returned(asked)
    task = returned.tasks.all()[0]
    opened = open_return(task.owner, returned.code)
    return returned, challenge_task(by=task.owner, opened=opened, task=task, because=NOT_MINE, now=make.NOW)


def decide(step, by: Person, returned: Return, task: Task, because: str = "It is in our own record too.") -> Task:
    return step(by=by, opened=open_return(by, returned.code), task=task, because=because, now=make.NOW)


def test_its_owner_agrees_to_a_task_once() -> None:
    here, returned = make.council(), duty.returned()
    opened = open_return(here.ffion, returned.code)

    agreed = agree_to_task(by=here.ffion, opened=opened, task=opened.tasks[0], now=make.NOW)

    assert (agreed.agreed_by, agreed.agreed_at, agreed.state) == (here.ffion, make.NOW, "to do")
    with pytest.raises(Refused, match="You have agreed to this task already."):
        agree_to_task(by=here.ffion, opened=opened, task=opened.tasks[0], now=make.NOW)


def test_nobody_agrees_for_her() -> None:
    here, returned = make.council(), duty.returned()
    opened = open_return(here.rafiq, returned.code)

    with pytest.raises(Refused, match="is for the person whose task it is"):
        agree_to_task(by=here.rafiq, opened=opened, task=opened.tasks[0], now=make.NOW)


def test_a_challenge_says_why_and_is_kept() -> None:
    _, task = challenged()

    kept = Task.objects.get()
    assert (kept.state, kept.challenge, kept.challenged_by) == ("challenged", NOT_MINE, task.owner)
    assert Event.objects.get(verb="challenged", thing="task").because == NOT_MINE


def test_a_challenge_without_a_reason_is_refused() -> None:
    here, returned = make.council(), duty.returned()
    opened = open_return(here.ffion, returned.code)

    with pytest.raises(Refused, match="Say why this task is not yours, or not needed."):
        challenge_task(by=here.ffion, opened=opened, task=opened.tasks[0], because=" ", now=make.NOW)
    assert returned.tasks.get().state == "to do"


def test_nobody_signs_while_a_task_is_challenged() -> None:
    here, (returned, _) = make.council(), challenged()

    with pytest.raises(Refused, match="One task is challenged and not decided yet"):
        duty.sign(returned, here.rafiq)


def test_what_is_kept_is_to_do_again_and_she_is_told() -> None:
    here, (returned, task) = make.council(), challenged()

    decide(keep_task, here.rafiq, returned, task)

    kept = Task.objects.get()
    assert (kept.state, kept.decision, kept.decided_by) == ("to do", "It is in our own record too.", here.rafiq)
    told = Notice.objects.get(person_id=here.ffion.pk)
    assert ("still asked of you" in told.body, returned.audit.ref in told.body + told.subject) == (True, False)


def test_what_is_dropped_needs_nothing_more_and_is_signed_as_not_needed() -> None:
    here, (returned, task) = make.council(), challenged()

    decide(drop_task, here.rafiq, returned, task, "The school has it.")
    signed = duty.sign(returned, here.rafiq)

    assert Task.objects.get().state == "dropped"
    assert [(one["state"], one["decision"], one["evidence"]) for one in signed.content] == [
        ("dropped", "The school has it.", "")
    ]


def test_a_decision_says_why() -> None:
    here, (returned, task) = make.council(), challenged()

    with pytest.raises(Refused, match="Say why"):
        decide(drop_task, here.rafiq, returned, task, " ")


def test_she_does_not_decide_her_own_challenge() -> None:
    here, (returned, task) = make.council(), challenged({"Read it.": "team_manager"})

    assert task.owner == here.rafiq
    with pytest.raises(Refused, match="This is your own task, so somebody else decides."):
        decide(drop_task, here.rafiq, returned, task)
    assert decide(drop_task, here.bridget, returned, task).state == "dropped"


def test_the_practitioner_does_not_decide_at_all() -> None:
    here, (returned, task) = make.council(), challenged({"Read it.": "team_manager"})

    with pytest.raises(Refused, match="is for the Quality Assurance Unit, the directors, the team's manager or"):
        decide(keep_task, here.ffion, returned, task)


def test_the_unit_leaves_it_to_the_posts_that_the_framework_names() -> None:
    here, (returned, task) = make.council(), challenged()

    with pytest.raises(Refused, match="This is for Rafiq Alderton to decide."):
        decide(drop_task, here.maya, returned, task)


def test_what_is_not_challenged_is_not_decided() -> None:
    here, returned = make.council(), duty.returned()

    with pytest.raises(Refused, match="This task is “to do”, so there is nothing to drop."):
        decide(drop_task, here.rafiq, returned, returned.tasks.get())


def test_a_challenge_waits_for_those_who_decide_it_and_for_nobody_else() -> None:
    here, (_, task) = make.council(), challenged()

    waits = {name: list(tasks_to_decide(getattr(here, name), make.DAY)) for name in ("rafiq", "bridget", "zofia")}

    assert waits == {"rafiq": [task], "bridget": [task], "zofia": []}


def test_her_own_challenge_does_not_wait_for_herself() -> None:
    here, (_, task) = make.council(), challenged({"Read it.": "team_manager"})

    assert (list(tasks_to_decide(here.rafiq, make.DAY)), list(tasks_to_decide(here.bridget, make.DAY))) == ([], [task])
