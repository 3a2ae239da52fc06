"""Checking a sampled task: by whom, what is kept, and what follows where it was not done."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from goldenthread.act.models import SignOff, TaskCheck
from goldenthread.act.queries.samples import checks_to_do, not_truly_done, samples_found
from goldenthread.act.services.checking import check_task, see_put_right
from goldenthread.method.assurance import rate_in_words
from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from goldenthread.people.models import Person
from tests import make
from tests.act import assured

pytestmark = pytest.mark.django_db
DAY = assured.LATER.date()


def checked(check: TaskCheck, by: Person, outcome: str = "done", note: str = "") -> TaskCheck:
    return check_task(by=by, check=check, outcome=outcome, note=note, now=assured.LATER)


def refused(act) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return str(refusal.value)


def test_the_services_manager_says_what_the_record_shows() -> None:
    check = checked(assured.a_check(), make.council().bridget)

    assert (check.outcome, check.checked_by.name) == ("done", "Bridget Oakhanger")


def test_what_was_found_is_never_changed() -> None:
    check = checked(assured.a_check(), make.council().bridget)

    assert refused(lambda: checked(check, make.council().maya, "not", "Nothing there.")) == (
        "This task is checked already, and what was found stands."
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        TaskCheck.objects.filter(pk=check.pk).update(outcome="not")


def test_checking_a_task_one_did_is_refused() -> None:
    check, bridget = assured.a_check(), make.council().bridget
    check.task.owner = bridget
    check.task.save()

    assert refused(lambda: checked(check, bridget)) == "You did this task, or it was yours, so somebody else checks it."


def test_checking_a_task_one_signed_is_refused() -> None:
    check, bridget = assured.a_check(), make.council().bridget
    signed = SignOff.objects.get(returned=check.task.returned)
    signed.pk, signed.signed_by = None, bridget
    signed.save()

    assert refused(lambda: checked(check, bridget)) == "You signed this task off, so somebody else checks it."


@pytest.mark.parametrize("name", ["nadia", "helena", "rafiq", "ffion", "grace"])
def test_nobody_but_the_services_manager_and_the_unit_checks(name: str) -> None:
    check, person = assured.a_check(), getattr(make.council(), name)

    assert refused(lambda: checked(check, person)) == (
        "A signed-off task is checked by the manager of its service, or by the Quality Assurance Unit."
    )


@pytest.mark.parametrize("outcome", ["partly", "not"])
def test_what_is_not_truly_done_needs_a_note(outcome: str) -> None:
    check, bridget = assured.a_check(), make.council().bridget

    assert refused(lambda: checked(check, bridget, outcome, " ")) == (
        "Say what is missing, so that the team knows what to put right."
    )


def test_an_outcome_that_is_none_is_refused() -> None:
    check, bridget = assured.a_check(), make.council().bridget

    assert refused(lambda: checked(check, bridget, "splendid")) == (
        "Say whether the task is truly done, partly done or not done."
    )


def test_the_managers_hear_of_what_is_not_done_and_of_no_child() -> None:
    here, check = make.council(), assured.a_check()

    checked(check, here.maya, "not", "There is no chronology.")

    told = Notice.objects.filter(key__startswith="wanting")
    assert sorted(told.values_list("name", flat=True)) == ["Bridget Oakhanger", "Rafiq Alderton"]
    assert [notice for notice in told if check.task.returned.audit.ref in notice.body] == []


# --- until it is put right ---------------------------------------------------------------------------------


def test_what_is_not_done_is_listed_until_somebody_saw_it_put_right() -> None:
    here = make.council()
    check = checked(assured.a_check(), here.bridget, "not", "There is no chronology.")
    before = list(not_truly_done(here.bridget))

    see_put_right(by=here.bridget, check=check, note="It is there, dated 4 January.", now=assured.LATER)

    assert (before, list(not_truly_done(here.bridget))) == ([check], [])


def test_that_it_was_put_right_leaves_the_rate_as_it_was() -> None:
    here = make.council()
    check = checked(assured.a_check(), here.bridget, "not", "There is no chronology.")
    see_put_right(by=here.bridget, check=check, note="It is there.", now=assured.LATER)

    [found] = samples_found(here.bridget)

    assert found.rate.n == 1


def test_only_what_was_wanting_is_put_right_and_once() -> None:
    here = make.council()
    good, bad = assured.a_check(0), assured.a_check(1)
    checked(good, here.bridget)
    checked(bad, here.bridget, "partly", "Half of it.")
    see_put_right(by=here.bridget, check=bad, note="All of it now.", now=assured.LATER)

    said = [
        refused(lambda each=each: see_put_right(by=here.bridget, check=each, note="Done.", now=assured.LATER))
        for each in (good, bad)
    ]

    assert said == [
        "Only a task that was found not, or only partly, done can be found put right.",
        "Somebody has seen already that this task was put right.",
    ]


# --- what waits for whom -----------------------------------------------------------------------------------


def test_what_waits_is_the_services_managers_and_nobody_elses() -> None:
    assured.a_check()
    here = make.council()

    waiting = {name: checks_to_do(getattr(here, name), DAY).count() for name in ("bridget", "nadia", "maya", "rafiq")}

    assert waiting == {"bridget": 5, "nadia": 0, "maya": 0, "rafiq": 0}


def test_what_no_manager_of_the_service_may_check_falls_to_the_unit() -> None:
    check, here = assured.a_check(), make.council()
    signed = SignOff.objects.get(returned=check.task.returned)
    signed.pk, signed.signed_by = None, here.bridget
    signed.save()
    of_that_return = TaskCheck.objects.filter(task__returned=check.task.returned).count()

    waiting = {name: checks_to_do(getattr(here, name), DAY).count() for name in ("bridget", "maya")}

    assert waiting == {"bridget": 5 - of_that_return, "maya": of_that_return}


# --- the rate ----------------------------------------------------------------------------------------------


def test_the_rate_is_said_once_every_task_drawn_is_checked() -> None:
    here = make.council()
    checks = [assured.a_check(place) for place in range(5)]
    for check in checks[:4]:
        checked(check, here.bridget)
    [before] = samples_found(here.maya)
    checked(checks[4], here.bridget, "not", "Nothing there.")

    [after] = samples_found(here.maya)

    assert (before.rate.low, before.rate.to_check) == (None, 1)
    assert rate_in_words(after.rate, "the quarter").startswith(
        "1 of 5 checked tasks was signed off but not, or only partly, done (20%). Of all 6 signed off in the quarter, "
    )
    assert 1 / 6 <= after.rate.low <= after.rate.high <= 2 / 6
