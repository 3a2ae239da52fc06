"""Assurance: who may open it, what its numbers say, and a sample from its freeze to the last check."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from goldenthread.act.models import TaskCheck, TaskSample
from goldenthread.act.services.checking import check_task
from tests import make
from tests.act import assured, duty
from tests.browsing import faults, form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db

DICE = {"rolls": make.DICE, "first_witness": "Designated nurse", "second_witness": "Police DI"}
EVERYBODY = ("maya", "idris", "helena", "desmond", "bridget", "nadia", "rafiq", "ffion", "grace", "sunita", "kwame")


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(assured.LATER, tick=False) as travel:
        yield travel


def opened_by(path: str) -> dict[str, int]:
    here = make.council()
    return {name: signed_in(getattr(here, name)).get(path).status_code for name in EVERYBODY}


# --- who may -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/act/assurance/", "/act/assurance/samples/"])
def test_it_is_for_service_managers_the_directors_and_the_unit(path: str) -> None:
    opened = opened_by(path)

    assert {name for name, status in opened.items() if status == 200} == {
        "maya", "idris", "helena", "desmond", "bridget", "nadia"
    }  # fmt: skip
    assert {opened[name] for name in ("rafiq", "ffion", "grace", "sunita", "kwame")} == {403}


def test_a_sample_is_not_found_by_others() -> None:
    assured.signed_off(files=1)
    opened = opened_by(f"/act/assurance/samples/{assured.drawn().code}/")

    assert {name: status for name, status in opened.items() if status != 200} == {
        "rafiq": 404, "ffion": 404, "grace": 404, "sunita": 404, "kwame": 404
    }  # fmt: skip


def test_a_check_is_seen_by_the_service_and_what_was_found_by_the_teams_manager() -> None:
    check = assured.a_check()
    before = opened_by(f"/act/assurance/checks/{check.code}/")
    check_task(by=make.council().bridget, check=check, outcome="not", note="Nothing there.", now=assured.LATER)

    after = opened_by(f"/act/assurance/checks/{check.code}/")

    seen = {"maya", "idris", "helena", "desmond", "bridget"}
    assert {name for name, status in before.items() if status == 200} == seen
    assert {name for name, status in after.items() if status == 200} == {*seen, "rafiq"}
    assert {status for status in before.values() if status != 200} == {404}


# --- the page ----------------------------------------------------------------------------------------------


def test_empty_it_says_what_will_be_there_and_what_to_do() -> None:
    here = make.council()

    unit, manager = (words(signed_in(person).get("/act/assurance/")) for person in (here.maya, here.bridget))

    assert "After each quarter a random sample is drawn of the tasks signed off in it. Sample a quarter’s tasks" in unit
    assert "Tasks by team No task was asked of these teams yet." in manager
    assert "No sample of signed-off tasks was drawn yet" in manager


def test_tasks_are_counted_by_team_and_each_number_opens_those_behind_it(the_day) -> None:
    the_day.move_to(datetime(2026, 10, 23, 9, 0, tzinfo=UTC))
    returned = duty.returned({"Write it.": "practitioner", "File it.": "practitioner"})
    duty.complete(returned)

    response = signed_in(make.council().bridget).get("/act/assurance/")

    assert "Duty 2 1 open, Duty 2 1 late, Duty 2 0 0 1 to sign off, Duty 2 0" in words(response)
    assert f'href="/act/tasks/?team={returned.team_id}&amp;late=on"' in response.content.decode()


def test_another_services_tasks_are_not_counted() -> None:
    duty.returned()

    assert "No task was asked of these teams yet." in words(signed_in(make.council().nadia).get("/act/assurance/"))


def test_what_is_late_is_listed_with_why(the_day) -> None:
    the_day.move_to(datetime(2026, 10, 23, 9, 0, tzinfo=UTC))
    returned = duty.returned()

    page = words(signed_in(make.council().bridget).get("/act/assurance/"))

    assert f"{returned.audit.ref} Write the chronology. Ffion Carrow, Duty 2 20 Oct 2026 No reason was given." in page


@pytest.mark.parametrize("files", [1, 3])
def test_it_takes_the_same_statements_however_much_there_is(files: int) -> None:
    assured.signed_off(files=files)
    assured.drawn()

    here = make.council()
    assert [statements(signed_in(person), "/act/assurance/") for person in (here.bridget, here.maya)] == [9, 9]


# --- a sample ----------------------------------------------------------------------------------------------


def test_a_quarter_is_frozen_drawn_by_dice_and_then_listed_to_be_checked() -> None:
    assured.signed_off(files=2)
    maya = signed_in(make.council().maya)
    frozen = maya.post("/act/assurance/samples/", form_in(maya.get("/act/assurance/samples/")), follow=True)
    sample = TaskSample.objects.get()

    drawn = maya.post(f"/act/assurance/samples/{sample.code}/", form_in(frozen) | DICE, follow=True)

    assert "The list is frozen and waits for its dice." in words(frozen)
    assert "Drawn to be checked (4)" in words(drawn)
    assert "4 signed-off tasks to check" in words(signed_in(make.council().bridget).get("/act/assurance/"))


def test_a_quarter_without_signed_off_tasks_is_said() -> None:
    maya = signed_in(make.council().maya)

    answer = maya.post("/act/assurance/samples/", form_in(maya.get("/act/assurance/samples/")))

    assert faults(answer) == ["No task was signed off in October to December 2026, so there is nothing to check."]


def test_a_quarter_that_is_sampled_is_offered_no_more() -> None:
    assured.signed_off(files=1)
    assured.frozen()
    maya = signed_in(make.council().maya)

    answer = maya.post("/act/assurance/samples/", {"quarter": "2026-10-01"})

    assert faults(answer) == ["Quarter: “2026-10-01” is not one of the answers. Choose one of those listed."]


def test_one_witness_is_too_few() -> None:
    assured.signed_off(files=1)
    maya, path = signed_in(make.council().maya), f"/act/assurance/samples/{assured.frozen().code}/"

    answer = maya.post(path, DICE | {"second_witness": "designated nurse"})

    assert faults(answer) == ["At least 2 different witnesses are needed: 1 given."]


def test_whoever_draws_is_no_witness() -> None:
    assured.signed_off(files=1)
    maya, path = signed_in(make.council().maya), f"/act/assurance/samples/{assured.frozen().code}/"

    answer = maya.post(path, DICE | {"first_witness": "Maya Holt"})

    assert faults(answer) == [
        "The witness 'Maya Holt' is whoever makes this draw: a witness has to be somebody else."
    ]  # fmt: skip


def test_a_service_manager_neither_freezes_nor_draws() -> None:
    assured.signed_off(files=1)
    bridget, path = signed_in(make.council().bridget), f"/act/assurance/samples/{assured.frozen().code}/"

    answers = [bridget.post("/act/assurance/samples/", {"quarter": "2026-07-01"}), bridget.post(path, DICE)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert TaskSample.objects.get().state == "frozen"


@pytest.mark.parametrize("what", ["list.csv", "record.json", "verifier.py", "bundle.zip"])
def test_everything_to_check_it_with_can_be_downloaded(what: str) -> None:
    assured.signed_off(files=1)
    sample = assured.drawn()

    answer = signed_in(make.council().bridget).get(f"/act/assurance/samples/{sample.code}/{what}")

    assert (answer.status_code, bool(answer.content)) == (200, True)


def test_another_file_is_not_found() -> None:
    assured.signed_off(files=1)

    answer = signed_in(make.council().maya).get(f"/act/assurance/samples/{assured.drawn().code}/names.csv")

    assert answer.status_code == 404


# --- a check -----------------------------------------------------------------------------------------------


def test_what_the_record_shows_is_said_once() -> None:
    check = assured.a_check()
    bridget, path = signed_in(make.council().bridget), f"/act/assurance/checks/{check.code}/"

    told = words(bridget.post(path, {"outcome": "done", "note": ""}, follow=True))

    assert "That is kept: the task is truly done." in told
    assert "A signed-off task, checked" in words(bridget.get(path))
    assert bridget.post(path, {"outcome": "not", "note": "No."}).status_code == 409


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"note": ""}, "Say whether the task is truly done, partly done or not done."),
        ({"outcome": "partly"}, "Say what is missing, so that the team knows what to put right."),
        ({"outcome": "x"}, "What does the record show?: “x” is not one of the answers. Choose one of those listed."),
    ],
)
def test_what_cannot_be_kept_is_said(given: dict[str, str], said: str) -> None:
    bridget, check = signed_in(make.council().bridget), assured.a_check()

    assert faults(bridget.post(f"/act/assurance/checks/{check.code}/", given)) == [said]


def test_whoever_did_it_reads_why_she_may_not_check_it() -> None:
    check, bridget = assured.a_check(), make.council().bridget
    check.task.owner = bridget
    check.task.save()

    page = words(signed_in(bridget).get(f"/act/assurance/checks/{check.code}/"))

    assert "You did this task, or it was yours, so somebody else checks it." in page
    assert "Keep what I found" not in page


def test_what_is_not_done_is_listed_until_it_is_seen_put_right() -> None:
    check = assured.a_check()
    bridget, path = signed_in(make.council().bridget), f"/act/assurance/checks/{check.code}/"
    listed = words(bridget.post(path, {"outcome": "not", "note": "There is no chronology."}, follow=True))

    after = words(bridget.post(f"{path}put-right/", {"note": "It is there since Monday."}, follow=True))

    assert ("1 signed off but not done" in listed, "0 signed off but not done" in after) == (True, True)
    assert "Put right since Bridget Oakhanger" in words(bridget.get(path))


def test_putting_right_needs_what_was_done() -> None:
    check = assured.a_check()
    here = make.council()
    check_task(by=here.bridget, check=check, outcome="not", note="Nothing there.", now=assured.LATER)

    answer = signed_in(here.bridget).post(f"/act/assurance/checks/{check.code}/put-right/", {"note": " "})

    assert faults(answer) == ["Say what was done, and where the record shows it."]


def test_the_rate_stands_on_the_page_once_all_are_checked() -> None:
    here = make.council()
    assured.a_check()
    for place, check in enumerate(TaskCheck.objects.order_by("pk")):
        outcome, note = ("not", "Nothing there.") if place == 0 else ("done", "")
        check_task(by=here.bridget, check=check, outcome=outcome, note=note, now=assured.LATER)

    page = words(signed_in(here.bridget).get("/act/assurance/"))

    assert "October to December 2026 : 1 of 5 checked tasks was signed off but not, or only partly, done (20%)." in page
