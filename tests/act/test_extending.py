"""More time for a task: from a post that may give it, never for one's own, within the rule, and kept for ever."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import Error, transaction

from goldenthread.act.models import Extension, Return, Task
from goldenthread.act.queries import open_return
from goldenthread.act.services import extend_task
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.act import duty

pytestmark = pytest.mark.django_db
FIRST, LATER = date(2026, 10, 20), date(2026, 10, 27)


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def extend(by: Person, of: Return, until: date = LATER, because: str = "The school is shut until then.") -> Extension:
    task = of.tasks.all()[0]
    return extend_task(
        by=by, opened=open_return(by, of.code), task=task, until=until, because=because, asked=True, now=make.NOW,
        today=make.DAY,
    )  # fmt: skip


def test_more_time_is_kept_with_who_allowed_it_and_the_first_day_stays() -> None:
    here, returned = make.council(), duty.returned()

    given = extend(here.rafiq, returned)

    task = Task.objects.get()
    assert (task.first_due_on, task.due_on) == (FIRST, LATER)
    assert (given.was_due_on, given.due_on, given.allowed_by, given.asked_by, given.capacity) == (
        FIRST, LATER, here.rafiq, here.ffion, "Team Manager, Duty 2",
    )  # fmt: skip
    assert Event.objects.get(verb="extended").because == "The school is shut until then."


def test_the_returns_own_days_move_along() -> None:
    here, returned = make.council(), duty.returned()

    extend(here.rafiq, returned, date(2026, 10, 30))

    returned.refresh_from_db()
    assert (returned.due_on, returned.sign_off_due_on) == (date(2026, 10, 30), date(2026, 11, 6))


def test_nobody_gives_herself_more_time() -> None:
    here, returned = make.council(), duty.returned({"Read it.": "team_manager"})

    with pytest.raises(Refused, match="This is your own task, so somebody else decides."):
        extend(here.rafiq, returned)
    assert extend(here.bridget, returned).capacity.startswith("Service Manager")


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (date(2026, 11, 4), "At most 10 working days"),
        (FIRST, "choose a later day"),
        (date(2026, 10, 24), "working day"),
    ],
)
def test_more_than_the_rule_allows_is_refused_and_nothing_moves(until: date, said: str) -> None:
    here, returned = make.council(), duty.returned()

    with pytest.raises(Refused, match=said):
        extend(here.rafiq, returned, until)
    assert (Task.objects.get().due_on, Extension.objects.count()) == (FIRST, 0)


def test_more_time_without_a_reason_is_refused() -> None:
    with pytest.raises(Refused, match="Say why more time is needed"):
        extend(make.council().rafiq, duty.returned(), because=" ")


def test_the_unit_leaves_it_to_the_posts_that_the_framework_names() -> None:
    with pytest.raises(Refused, match="This is for Rafiq Alderton to decide."):
        extend(make.council().maya, duty.returned())


def test_what_is_done_needs_no_more_time() -> None:
    returned = duty.returned()
    duty.complete(returned)

    with pytest.raises(Refused, match="This task is “done”"):
        extend(make.council().rafiq, returned)


def test_an_extension_is_never_changed() -> None:
    given = extend(make.council().rafiq, duty.returned())

    with pytest.raises(Error, match="never changed"), transaction.atomic():
        Extension.objects.filter(pk=given.pk).update(because="Nothing.")


def test_the_signature_stands_for_the_time_that_was_given() -> None:
    here, returned = make.council(), duty.returned()
    extend(here.rafiq, returned)
    duty.complete(returned)

    signed = duty.sign(returned, here.rafiq)

    [task] = signed.content
    assert (task["first_due_on"], task["due_on"]) == ("2026-10-20", "2026-10-27")
    assert task["extensions"] == [
        {
            "from": "2026-10-20", "to": "2026-10-27", "because": "The school is shut until then.",
            "by": "Rafiq Alderton, Team Manager, Duty 2",
        }
    ]  # fmt: skip
