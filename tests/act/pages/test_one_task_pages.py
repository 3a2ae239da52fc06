"""One task's pages: agreed to, challenged and decided, given more time; offered only to those whose step it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from goldenthread.act.models import Return, Task
from goldenthread.people.models import Person
from tests import make
from tests.act import duty
from tests.browsing import faults, form_in, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def returned() -> Return:
    return duty.returned()


def address(returned: Return, step: str) -> str:
    return f"/act/{returned.code}/tasks/{returned.tasks.get().code}/{step}/"


def send(person: Person, path: str, **sent: str):
    client = signed_in(person)
    return client.post(path, form_in(client.get(path)) | sent, follow=True)


def test_she_says_that_she_will_do_it(returned: Return) -> None:
    client = signed_in(make.council().ffion)

    answer = client.post(address(returned, "agree"), follow=True)

    assert "You agreed to this task. It is due by 20 October 2026." in words(answer)
    assert "Ffion Carrow agreed to it" in words(answer)
    assert "I will do this" not in words(answer)


def test_she_challenges_it_and_her_manager_decides(returned: Return) -> None:
    here = make.council()

    answer = send(here.ffion, address(returned, "challenge"), because="The school keeps it.")
    assert "Your challenge is kept. Somebody else decides, and you are told." in words(answer)
    assert "Rafiq Alderton decides whether it stands." in words(answer)

    decided = send(here.rafiq, address(returned, "decide"), decision="drop", because="So it does.")
    assert "Decided: the task is not needed any more. Ffion Carrow is told." in words(decided)
    assert Task.objects.get().state == "dropped"


def test_a_challenge_and_a_decision_without_their_words_come_back(returned: Return) -> None:
    here = make.council()
    challenge = send(here.ffion, address(returned, "challenge"), because="")
    assert faults(challenge) == ["Say why this task is not yours, or not needed."]

    send(here.ffion, address(returned, "challenge"), because="The school keeps it.")
    assert faults(send(here.rafiq, address(returned, "decide"), because="")) == [
        "Say whether the task is still needed.",
        "Say why: the person whose task it is reads it.",
    ]


def test_more_time_is_given_and_shown_with_the_first_day(returned: Return) -> None:
    here = make.council()
    until = {"until-day": "27", "until-month": "10", "until-year": "2026"}

    answer = send(here.rafiq, address(returned, "more-time"), because="The school is shut.", **until)

    assert "The task is now due by 27 October 2026." in words(answer)
    assert "by Tuesday 27 October 2026, at first 20 October 2026" in words(answer)
    assert "allowed by Rafiq Alderton, Team Manager, Duty 2: The school is shut." in words(answer)
    assert Task.objects.get().due_on == date(2026, 10, 27)


def test_where_no_more_time_can_be_given_the_task_says_so_and_has_no_form(returned: Return) -> None:
    """Ten working days after 20 October is 3 November."""
    here = make.council()
    sentence = "No more time can be given: this task could be due by Tuesday 3 November 2026 at the latest."
    with time_machine.travel(datetime(2026, 11, 2, 12, tzinfo=UTC), tick=False):
        assert sentence not in words(signed_in(here.rafiq).get(f"/act/{returned.code}/"))
    with time_machine.travel(datetime(2026, 11, 3, 12, tzinfo=UTC), tick=False):
        shown = words(signed_in(here.rafiq).get(f"/act/{returned.code}/"))
        assert sentence in shown
        assert "Give more time" not in shown
        refused = signed_in(here.rafiq).get(address(returned, "more-time"))
        assert (refused.status_code, sentence in words(refused)) == (403, True)


def test_too_much_time_is_said_beside_the_day(returned: Return) -> None:
    until = {"until-day": "27", "until-month": "11", "until-year": "2026"}

    answer = send(make.council().rafiq, address(returned, "more-time"), because="The school is shut.", **until)

    assert faults(answer) == ["At most 10 working days may be added to the day it was due at first; that would be 28."]


@pytest.mark.parametrize(
    ("step", "opens"),
    [
        ("challenge", {"ffion": 200, "rafiq": 404, "maya": 404, "zofia": 404}),
        ("decide", {"ffion": 403, "rafiq": 403, "maya": 403, "zofia": 404}),  # nothing is challenged
        ("more-time", {"ffion": 403, "rafiq": 200, "maya": 403, "zofia": 404}),
    ],
)
def test_each_page_opens_to_those_whose_step_it_is(returned: Return, step: str, opens: dict[str, int]) -> None:
    here = make.council()
    path = address(returned, step)

    assert {name: signed_in(getattr(here, name)).get(path).status_code for name in opens} == opens


def test_a_task_that_is_not_there_is_not_found(returned: Return) -> None:
    client = signed_in(make.council().ffion)

    assert client.get(f"/act/{returned.code}/tasks/nothing/challenge/").status_code == 404


def test_the_history_tells_each_step(returned: Return) -> None:
    here = make.council()
    send(here.ffion, address(returned, "challenge"), because="The school keeps it.")
    send(here.rafiq, address(returned, "decide"), decision="keep", because="We keep one too.")

    history = words(signed_in(here.maya).get(f"/act/{returned.code}/history/"))

    assert history.index("Decided that a challenged task stands") < history.index("Said that a task is not hers")
