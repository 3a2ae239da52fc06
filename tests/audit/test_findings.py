"""Findings: noted, changed, removed, brought back; of two who change one, both are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldenthread.audit import services
from goldenthread.audit.models import Audit, Finding
from goldenthread.audit.queries import written_in
from goldenthread.audit.services.findings import Said
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make

pytestmark = pytest.mark.django_db
SAID = Said("plan", "improve", "practice", "planning", "No contingency plan.", "Write one.", "practitioner")


@pytest.fixture
def audit() -> Audit:
    here, made = make.council(), make.audit()
    return services.allot(by=here.maya, case=made.case, auditors=[here.grace, here.sunita], now=make.NOW)


@pytest.fixture
def finding(audit: Audit) -> Finding:
    return services.note_finding(by=grace(), opened=make.opened(audit, grace()), said=SAID, now=make.NOW)


def grace() -> Person:
    return make.council().grace


def change(audit: Audit, finding: Finding, text: str, seen: int, by: Person | None = None) -> Finding:
    by = by or grace()
    said = replace(SAID, text=text)
    return services.change_finding(
        by=by, opened=make.opened(audit, by), finding=finding, said=said, seen=seen, now=make.NOW
    )


def texts(audit: Audit) -> list[str]:
    return [finding.text for finding in written_in(audit.parts.get()).findings]


def test_a_finding_is_kept_and_begins_the_audit(audit: Audit, finding: Finding) -> None:
    audit.refresh_from_db()
    kept = {name: getattr(Finding.objects.get(), name) for name in SAID.__dataclass_fields__}

    assert (kept, audit.state) == (
        {
            "section": "plan", "sort": "improve", "domain": "practice", "theme": "planning",
            "text": "No contingency plan.", "action": "Write one.", "action_for": "practitioner",
            "severity": "", "scope": "", "agency": "",
        },
        "in progress",
    )  # fmt: skip


def test_a_finding_is_changed(audit: Audit, finding: Finding) -> None:
    changed = change(audit, finding, "No plan at all.", 1)

    assert (changed.pk, changed.version, texts(audit)) == (finding.pk, 2, ["No plan at all."])


def test_of_two_who_change_one_both_are_kept(audit: Audit, finding: Finding) -> None:
    change(audit, finding, "No plan at all.", 1)
    other = change(audit, finding, "The plan is old.", 1, make.council().sunita)

    assert (other.pk != finding.pk, texts(audit)) == (True, ["No plan at all.", "The plan is old."])


def test_the_same_change_sent_twice_is_kept_once(audit: Audit, finding: Finding) -> None:
    change(audit, finding, "No plan at all.", 1)
    change(audit, finding, "No plan at all.", 1)

    assert texts(audit) == ["No plan at all."]


def test_a_change_to_a_finding_removed_meanwhile_is_kept_as_one_of_its_own(audit: Audit, finding: Finding) -> None:
    services.remove_finding(by=grace(), opened=make.opened(audit, grace()), finding=finding, now=make.NOW)
    change(audit, finding, "No plan at all.", 1, make.council().sunita)

    assert texts(audit) == ["No plan at all."]


def test_a_removed_finding_can_be_brought_back(audit: Audit, finding: Finding) -> None:
    opened = make.opened(audit, grace())

    services.remove_finding(by=grace(), opened=opened, finding=finding, now=make.NOW)
    gone = texts(audit)
    services.restore_finding(by=grace(), opened=opened, finding=finding, now=make.NOW)

    assert (gone, texts(audit)) == ([], ["No contingency plan."])
    assert [event.verb for event in Event.objects.order_by("-seq")[:2]] == ["restored", "removed"]


def test_only_the_auditors_note_findings(audit: Audit) -> None:
    maya = make.council().maya

    with pytest.raises(Refused, match="To write in this audit is for the auditor of this file"):
        services.note_finding(by=maya, opened=make.opened(audit, maya), said=SAID, now=make.NOW)


def test_a_finding_of_a_submitted_audit_is_not_changed(audit: Audit, finding: Finding) -> None:
    make.submitted_audit(audit)

    with pytest.raises(Refused, match="This audit is “submitted”"):
        change(audit, finding, "All is well.", 1)
