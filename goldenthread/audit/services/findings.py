"""Findings: what is good in this file, and what must be put right."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from goldenthread.audit.models import Finding, Part
from goldenthread.audit.queries import OpenAudit
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step


@dataclass(frozen=True, slots=True)
class Said:
    """A finding as somebody wrote it. Of its action: whose task it will be, how urgent (a severity of the framework,
    blank for its last), how far it reaches (blank for this child), and which agency where it reaches another."""

    section: str
    sort: str
    domain: str
    theme: str
    text: str
    action: str = ""
    action_for: str = ""
    severity: str = ""
    scope: str = ""
    agency: str = ""


@step
def note_finding(*, by: Person, opened: OpenAudit, said: Said, now: datetime, suggested: str = "") -> Finding:
    """Keep a new finding; `suggested` names the question whose answer suggested it."""
    part = _part(opened)
    finding = Finding(authority_id=part.authority_id, part=part, saved_at=now, saved_by=by, **asdict(said))
    finding.save()
    told = {"finding": finding.code, "sort": finding.sort} | ({"suggested": suggested} if suggested else {})
    record(by=by, verb="noted", thing=part.audit, at=now, now=told)
    return finding


@step
def change_finding(*, by: Person, opened: OpenAudit, finding: Finding, said: Said, seen: int, now: datetime) -> Finding:
    """Keep a changed finding; if somebody changed it meanwhile, both are kept, this one as a finding of its own."""
    part = _part(opened)
    finding = part.findings.select_for_update().get(pk=finding.pk)
    overtaken = finding.version != seen and asdict(said) != {name: getattr(finding, name) for name in asdict(said)}
    if overtaken or finding.removed:
        return note_finding(by=by, opened=opened, said=said, now=now)
    for name, value in asdict(said).items():
        setattr(finding, name, value)
    finding.version, finding.saved_at, finding.saved_by = finding.version + 1, now, by
    finding.save()
    record(by=by, verb="changed", thing=part.audit, at=now, now={"finding": finding.code})
    return finding


@step
def remove_finding(*, by: Person, opened: OpenAudit, finding: Finding, now: datetime) -> Finding:
    """Take a finding out of the audit; `restore_finding` brings it back."""
    return _removed(by, opened, finding, True, "removed", now)


@step
def restore_finding(*, by: Person, opened: OpenAudit, finding: Finding, now: datetime) -> Finding:
    return _removed(by, opened, finding, False, "restored", now)


def _removed(by: Person, opened: OpenAudit, finding: Finding, removed: bool, verb: str, now: datetime) -> Finding:
    part = _part(opened)
    finding.removed = removed
    finding.save(update_fields=["removed"])
    record(by=by, verb=verb, thing=part.audit, at=now, now={"finding": finding.code})
    return finding


def _part(opened: OpenAudit) -> Part:
    part = Part.objects.select_for_update(of=("self", "audit")).select_related("audit").get(pk=opened.part.pk)
    state = opened.begin(part)
    if state != part.audit.state:
        part.audit.state = state
        part.audit.save(update_fields=["state"])
    return part
