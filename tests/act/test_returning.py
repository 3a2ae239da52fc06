"""Returning: one act gives an audit back to the three, each task with one owner and a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from goldenthread.act.models import Return
from goldenthread.act.queries import audits_to_return, returns_visible_to, sessions_to_return
from goldenthread.act.services import planned_returns, return_session, return_to_team
from goldenthread.framework.models import FrameworkVersion
from goldenthread.method.framework import parse_framework
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person, Post
from goldenthread.trail.models import Event
from tests import make
from tests.act import duty

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def owners(returned: Return) -> dict[str, str]:
    return {task.text: task.owner.name for task in returned.tasks.select_related("owner")}


def end_posts_of(name: str) -> None:
    Post.objects.filter(person__name=name).update(ended_on=make.DAY - timedelta(days=1))


def test_it_goes_to_the_practitioner_the_team_and_the_service() -> None:
    returned = duty.returned()

    assert (returned.practitioner.name, returned.team.name, returned.service.name, returned.state) == (
        "Ffion Carrow", "Duty 2", "Assessment and Duty Service", "with the team",
    )  # fmt: skip


def test_tasks_are_due_ten_working_days_on_and_the_signature_five_more() -> None:
    returned = duty.returned()

    assert (returned.due_on, returned.sign_off_due_on) == (date(2026, 10, 20), date(2026, 10, 27))
    assert [task.due_on for task in returned.tasks.all()] == [date(2026, 10, 20)]


def test_a_bank_holiday_is_no_working_day() -> None:
    returned = return_to_team(by=make.council().maya, audit=duty.submitted(), now=make.NOW, today=date(2026, 12, 18))

    assert (returned.due_on, returned.sign_off_due_on) == (date(2027, 1, 6), date(2027, 1, 13))


def test_another_councils_days_are_counted_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    audit = duty.submitted()
    text = audit.framework.source.replace("\ndays = 10\nday_kind", "\ndays = 3\nday_kind", 1)
    theirs = parse_framework(text.replace('day_kind = "working"', 'day_kind = "calendar"'))
    monkeypatch.setattr(FrameworkVersion, "parsed", theirs)

    returned = return_to_team(by=make.council().maya, audit=audit, now=make.NOW, today=make.DAY)

    assert (returned.due_on, returned.sign_off_due_on) == (date(2026, 10, 9), date(2026, 10, 14))


def test_each_action_becomes_a_task_of_whom_it_is_for() -> None:
    asked = {"Write it.": "practitioner", "Read it.": "team_manager", "Check it.": "service_manager"}

    assert owners(duty.returned(asked)) == {
        "Write it.": "Ffion Carrow", "Read it.": "Rafiq Alderton", "Check it.": "Bridget Oakhanger",
    }  # fmt: skip


def test_where_the_practitioner_has_left_the_task_is_her_team_managers() -> None:
    audit = duty.submitted()
    Person.objects.filter(name="Ffion Carrow").update(is_active=False)

    assert owners(make.returned_audit(audit)) == {duty.CHRONOLOGY: "Rafiq Alderton"}


def test_where_the_team_has_no_manager_the_task_is_the_service_managers() -> None:
    audit = duty.submitted({"Read it.": "team_manager"})
    end_posts_of("Rafiq Alderton")

    assert owners(make.returned_audit(audit)) == {"Read it.": "Bridget Oakhanger"}


def test_where_the_service_has_no_manager_the_task_is_another_service_managers() -> None:
    audit = duty.submitted({"Check it.": "service_manager"})
    end_posts_of("Bridget Oakhanger")

    assert owners(make.returned_audit(audit)) == {"Check it.": "Nadia Rushworth"}


def test_where_nobody_is_left_the_task_is_whoever_returns() -> None:
    audit = duty.submitted({"Check it.": "service_manager"})
    end_posts_of("Bridget Oakhanger")
    end_posts_of("Nadia Rushworth")

    assert owners(make.returned_audit(audit)) == {"Check it.": "Maya Holt"}


def test_good_practice_and_findings_without_an_action_ask_nothing() -> None:
    audit = make.answered_audit()
    make.finding(audit, "The visits were kept up.", sort="good")
    make.finding(audit, "The plan is long.")

    assert owners(make.returned_audit(make.submitted_audit(audit))) == {}


def test_an_audit_that_is_not_submitted_is_not_returned() -> None:
    with pytest.raises(Refused, match="not submitted yet, so there is nothing to return"):
        return_to_team(by=make.council().maya, audit=make.answered_audit(), now=make.NOW, today=make.DAY)


def test_an_audit_is_returned_once() -> None:
    returned = duty.returned()

    with pytest.raises(Refused, match="has been returned already"):
        make.returned_audit(returned.audit)


def test_only_the_unit_returns_audits() -> None:
    audit = duty.submitted()

    with pytest.raises(Refused, match="returned by the Quality Assurance Unit"):
        return_to_team(by=make.council().rafiq, audit=audit, now=make.NOW, today=make.DAY)


def test_the_return_is_on_the_trail() -> None:
    returned = duty.returned()

    event = Event.objects.get(verb="returned")
    assert (event.by_name, event.thing, event.thing_id, event.now) == (
        "Maya Holt", "audit", returned.audit_id, {"due_on": "2026-10-20", "tasks": 1},
    )  # fmt: skip


def test_a_session_is_returned_in_one_act() -> None:
    session = duty.submitted(files=3).session

    returned = return_session(by=make.council().maya, session=session, now=make.NOW, today=make.DAY)

    assert (len(returned), Return.objects.count(), list(audits_to_return(session, make.council().maya))) == (3, 3, [])


def test_a_session_with_nothing_to_return_is_refused() -> None:
    session = duty.returned().audit.session

    with pytest.raises(Refused, match="No audit of this session waits to be returned."):
        return_session(by=make.council().maya, session=session, now=make.NOW, today=make.DAY)


def test_what_is_shown_beforehand_is_what_is_done() -> None:
    audit = duty.submitted({"Write it.": "practitioner", "Read it.": "team_manager"})

    [planned] = planned_returns(by=make.council().maya, audits=[audit], today=make.DAY)
    shown = {asked.finding.action: asked.owner.name for asked in planned.tasks}
    returned = make.returned_audit(audit)

    assert (shown, planned.due_on, planned.sign_off_due_on) == (
        owners(returned), returned.due_on, returned.sign_off_due_on,
    )  # fmt: skip


def test_the_sessions_that_wait_are_the_units_and_say_how_many() -> None:
    session = duty.submitted(files=2).session
    here = make.council()

    assert [(each, each.waiting) for each in sessions_to_return(here.maya)] == [(session, 2)]
    assert list(sessions_to_return(here.helena)) == []


def test_a_return_is_seen_by_those_it_concerns_and_nobody_else() -> None:
    returned = duty.returned({"Write it.": "practitioner"})
    here = make.council()

    cast = [here.maya, here.idris, here.helena, here.desmond, here.ffion, here.rafiq, here.bridget,
            here.kwame, here.zofia, here.nadia, here.grace, here.sunita, here.mei, here.joel]  # fmt: skip
    assert {person.name.split()[0] for person in cast if returned in returns_visible_to(person)} == {
        "Maya", "Idris", "Helena", "Desmond", "Ffion", "Rafiq", "Bridget",
    }  # fmt: skip
