"""One returned audit: what was good first, then what is asked, by when and of whom, and the section that is signed."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection

from goldenthread.act.models import Return
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.act import duty
from tests.browsing import faults, form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db

MANAGERS_TASK = {"Read it.": "team_manager"}


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


PASSWORD = "a long one, kept"


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def address(returned: Return, rest: str = "") -> str:
    return f"/act/{returned.code}/{rest}"


def seen_by(person, returned: Return) -> str:
    return words(signed_in(person).get(address(returned)))


def state(returned: Return) -> str:
    returned.refresh_from_db()
    return returned.state


def test_what_was_good_stands_before_what_is_asked() -> None:
    audit = make.answered_audit()
    make.finding(audit, "Every visit was written up for the child.", sort="good")
    returned = make.returned_audit(make.submitted_audit(audit, actions=[duty.CHRONOLOGY]))

    page = seen_by(returned.practitioner, returned)

    assert page.index("Every visit was written up") < page.index("What is asked") < page.index(duty.CHRONOLOGY)


def test_a_task_says_whose_it_is_why_and_by_when() -> None:
    page = seen_by(make.council().ffion, duty.returned())

    assert (
        "Task 1, for Ffion Carrow Write the chronology. Why: Not yet: Write the chronology. To do, due in 14 days "
        "by Tuesday 20 October 2026" in page
    )


def test_opening_it_is_recorded_once() -> None:
    here, returned = make.council(), duty.returned()

    for path in ("", "audit/"):
        before = Event.objects.count()
        signed_in(here.ffion).get(address(returned, path))
        event = Event.objects.order_by("-seq")[0]

        assert Event.objects.count() == before + 1
        assert (event.by_name, event.verb, event.thing, event.thing_id) == (
            "Ffion Carrow", "read", "audit", returned.audit_id,
        )  # fmt: skip


def test_only_the_owner_is_offered_to_mark_a_task_done() -> None:
    here, returned = make.council(), duty.returned()

    offered = ["Mark task 1 done" in seen_by(person, returned) for person in (here.ffion, here.rafiq, here.maya)]
    assert offered == [True, False, False]


def test_a_task_is_marked_done_with_evidence() -> None:
    here, returned = make.council(), duty.returned()
    client, task = signed_in(here.ffion), returned.tasks.get()
    path = address(returned, f"tasks/{task.code}/done/")

    response = client.post(
        path, form_in(client.get(path)) | {"evidence": "Written.", "record": "Note of 7 October."}, follow=True
    )

    assert "That task is marked done. Every task is done; the section can be signed off." in words(response)
    assert "What was done: Written. Where the record shows it: Note of 7 October." in words(response)


def test_without_evidence_the_form_comes_back_with_the_sentence() -> None:
    here, returned = make.council(), duty.returned()
    path = address(returned, f"tasks/{returned.tasks.get().code}/done/")

    response = signed_in(here.ffion).post(path, {"evidence": "", "record": " "})

    assert faults(response) == [
        "Say what was done.",
        "Say where the record shows it, so that whoever looks finds it.",
    ]


def test_nobody_else_finds_the_page_of_her_task() -> None:
    here, returned = make.council(), duty.returned()
    path = address(returned, f"tasks/{returned.tasks.get().code}/done/")

    assert signed_in(here.rafiq).get(path).status_code == 404


def test_the_sentence_that_refuses_stands_where_the_button_would_be() -> None:
    here, returned = make.council(), duty.returned(MANAGERS_TASK)

    page = seen_by(here.rafiq, returned)

    assert "One task is still to do, so the section cannot be signed off." in page
    assert "You did one of these tasks yourself, so someone above you signs off this section." in page
    assert "Sign off and return" not in page


def test_everybody_else_is_told_who_signs() -> None:
    here, returned = make.council(), duty.returned()

    assert "Rafiq Alderton signs this section off once every task is done, by Tuesday 27 October 2026." in seen_by(
        here.ffion, returned
    )


def test_the_manager_sees_exactly_what_she_signs_and_signs_it() -> None:
    here, returned = make.council(), duty.returned()
    duty.complete(returned)
    client = signed_in(with_password(here.rafiq))
    page = client.get(address(returned))

    assert "What you sign Task 1, for Ffion Carrow What was asked Write the chronology." in words(page)
    sent = form_in(page) | {"note": "Seen.", "password": PASSWORD}
    response = client.post(address(returned, "sign-off/"), sent, follow=True)

    assert "The section is signed off, and back with the Quality Assurance Unit." in words(response)
    assert "Signed off by Rafiq Alderton, Team Manager, Duty 2" in words(response)


def test_a_signature_under_what_has_changed_is_refused_and_the_note_is_kept() -> None:
    here, returned = make.council(), duty.returned()
    duty.complete(returned)

    sent = {"shown": "0" * 64, "note": "Seen by me.", "password": PASSWORD}
    response = signed_in(with_password(here.rafiq)).post(address(returned, "sign-off/"), sent)

    assert (response.status_code, state(returned)) == (409, "with the team")
    assert "The tasks have changed since this page was shown to you. Read them again, then sign off." in words(response)
    assert "Seen by me." in response.content.decode()


def test_a_manager_asks_for_a_task_again() -> None:
    here, returned = make.council(), duty.returned()
    task = duty.complete(returned)
    client, path = signed_in(here.rafiq), address(returned, f"tasks/{task.code}/again/")

    response = client.post(path, form_in(client.get(path)) | {"because": "Where is it?"}, follow=True)

    assert "Ffion Carrow is asked to do that task again." in words(response)
    assert returned.tasks.get().state == "to do"


def test_the_unit_accepts() -> None:
    here, returned = make.council(), make.signed_return(duty.returned())
    client = signed_in(here.maya)

    response = client.post(address(returned, "accept/"), form_in(client.get(address(returned))), follow=True)

    assert f"{returned.audit.ref} is accepted. Nothing more is asked of the team." in words(response)
    assert state(returned) == "accepted"


def test_the_unit_sends_back_with_the_reason_and_the_history_says_so() -> None:
    here, returned = make.council(), make.signed_return(duty.returned())
    client, path = signed_in(here.maya), address(returned, "send-back/")

    client.post(path, form_in(client.get(path)) | {"because": "No date is given."})
    history = words(client.get(address(returned, "history/")))

    assert state(returned) == "with the team"
    assert "Sent the signed section back to the team by Maya Holt" in history
    assert "No date is given." in history


def test_the_whole_audit_is_readable_by_those_it_was_returned_to() -> None:
    page = words(signed_in(make.council().ffion).get(address(duty.returned(), "audit/")))

    assert "Seen in the case notes." in page


def test_whoever_may_make_a_pack_of_it_is_led_there_and_nobody_else() -> None:
    here, returned = make.council(), duty.returned()
    offered = {
        person.name.split()[0].lower(): "Make an evidence pack" in seen_by(person, returned)
        for person in (here.ffion, here.rafiq, here.bridget, here.maya)
    }

    assert offered == {"ffion": False, "rafiq": True, "bridget": True, "maya": True}
    led = signed_in(here.rafiq).get(f"/learn/packs/audits/{returned.audit.code}/")
    assert led.status_code == 200


def test_the_history_tells_it_newest_first_and_counts_readings() -> None:
    here, returned = make.council(), duty.returned()
    for _ in range(3):
        signed_in(here.ffion).get(address(returned))
    duty.complete(returned)

    history = words(signed_in(here.maya).get(address(returned, "history/")))

    assert (
        history.index("Marked a task done")
        < history.index("Read the audit 3 times")
        < history.index("Returned the audit to the team")
        < history.index("Submitted the audit")
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_statements_however_many_tasks_there_are(number: int) -> None:
    returned = duty.returned({f"Write part {place}.": "practitioner" for place in range(number)})

    # The reading is recorded; PostgreSQL takes the trail's lock in a statement of its own.
    expected = {"sqlite": 15, "postgresql": 16}[connection.vendor]
    assert statements(signed_in(make.council().rafiq), address(returned)) == expected
