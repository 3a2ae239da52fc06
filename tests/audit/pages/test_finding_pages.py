"""Findings from their pages: what is typed is kept, and said back where it cannot be."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from goldenthread.audit.models import Audit, Finding
from tests import make
from tests.browsing import faults, form_in, signed_in, words

pytestmark = pytest.mark.django_db
SAID = {
    "sort": "improve", "domain": "practice", "theme": "planning", "text": "No contingency plan.",
    "action": "Write one.", "action_for": "practitioner",
}  # fmt: skip


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def audit() -> Audit:
    return make.audit()


@pytest.fixture
def auditor(audit: Audit) -> Client:
    return signed_in(make.auditor_of(audit))


def page(audit: Audit, name: str) -> str:
    return f"/audit/{audit.code}/findings/{name}/"


def test_a_finding_is_added_and_shown_beside_its_section(auditor, audit) -> None:
    answer = auditor.post(page(audit, "plan/add"), SAID, follow=True)

    assert "The finding is kept." in words(answer)
    assert "No contingency plan." in words(answer)


def test_what_is_missing_is_said_with_links_and_what_was_typed_stays(auditor, audit) -> None:
    answer = auditor.post(page(audit, "plan/add"), {"text": "No plan."})

    assert faults(answer) == [
        "Say whether this is good practice or for improvement.",
        "Say whether this is about practice or process.",
        "Choose the theme it belongs to.",
    ]
    assert "No plan." in form_in(answer)["text"]


def test_good_practice_has_no_task(auditor, audit) -> None:
    answer = auditor.post(page(audit, "plan/add"), SAID | {"sort": "good"})

    assert faults(answer) == ["Good practice has no task. If something must be put right, mark it for improvement."]


def test_a_finding_is_changed_removed_and_brought_back(auditor, audit) -> None:
    auditor.post(page(audit, "plan/add"), SAID)
    finding = Finding.objects.get()
    sent = form_in(auditor.get(page(audit, f"{finding.code}/change")))

    auditor.post(page(audit, f"{finding.code}/change"), sent | {"text": "No plan at all."})
    auditor.post(page(audit, f"{finding.code}/remove"))
    listed = words(auditor.get(f"/audit/{audit.code}/history/"))
    auditor.post(page(audit, f"{finding.code}/restore"))

    assert "Removed findings No plan at all." in listed
    finding.refresh_from_db()
    assert (finding.text, finding.removed) == ("No plan at all.", False)


def test_of_two_who_change_one_the_second_is_told_that_both_are_kept(auditor, audit) -> None:
    auditor.post(page(audit, "plan/add"), SAID)
    finding = Finding.objects.get()
    sent = form_in(auditor.get(page(audit, f"{finding.code}/change")))
    change = page(audit, f"{finding.code}/change")
    auditor.post(change, sent | {"text": "One.", "token": "first"})

    answer = auditor.post(change, sent | {"text": "Two.", "token": "second"}, follow=True)

    assert "Somebody changed or removed this finding meanwhile" in words(answer)
    assert set(Finding.objects.values_list("text", flat=True)) == {"One.", "Two."}


def test_the_same_form_sent_twice_adds_one_finding(auditor, audit) -> None:
    sent = form_in(auditor.get(page(audit, "plan/add"))) | SAID

    for _ in range(2):
        auditor.post(page(audit, "plan/add"), sent)

    assert Finding.objects.count() == 1


def test_a_finding_of_another_audit_is_not_there() -> None:
    one, other = make.audits(make.drawn_session(2))
    finding = make.finding(one, "No plan.")

    answer = signed_in(make.auditor_of(other)).get(page(other, f"{finding.code}/change"))

    assert answer.status_code == 404


def test_there_is_no_section_of_that_name(auditor, audit) -> None:
    assert auditor.get(page(audit, "no_such_section/add")).status_code == 404
