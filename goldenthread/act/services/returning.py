"""Returning an audit to the practitioner, her team manager and her service manager, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from goldenthread.act.models import Return, Task
from goldenthread.act.queries import Managers, actions_in, audits_to_return, managers_on
from goldenthread.act.services.reaudits import owe_reaudit
from goldenthread.audit.models import Audit, Finding
from goldenthread.audit.services.challenge import open_challenge_window
from goldenthread.audit.services.parts import ask_for_reply
from goldenthread.method.access import may
from goldenthread.method.following import WHOSE, severity_of, sign_off_due, task_due
from goldenthread.method.framework import Returns
from goldenthread.method.framework.acting import Severity
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Session
from goldenthread.trail.services import record, step


@dataclass(frozen=True, slots=True)
class Asking:
    """One task as it would be: what is asked, of whom, how urgent and by when, and how far it reaches."""

    finding: Finding
    owner: Person
    severity: Severity
    due_on: date

    @property
    def scope(self) -> str:
        return self.finding.scope or "child"


@dataclass(frozen=True, slots=True)
class Planned:
    """What a return would be: its tasks, the day the last of them is due, and the day of the signature."""

    audit: Audit
    tasks: tuple[Asking, ...]
    due_on: date
    sign_off_due_on: date


def planned_returns(*, by: Person, audits: Sequence[Audit], today: date) -> list[Planned]:
    """What returning these audits today would ask of whom; three statements at most, and nothing is changed."""
    managers = managers_on(by.authority_id, today)
    asked = actions_in(audits)
    return [_planned(audit, asked[audit.pk], managers, by, today) for audit in audits]


def _planned(audit: Audit, asked: Sequence[Finding], managers: Managers, by: Person, today: date) -> Planned:
    framework = audit.framework.parsed
    tasks = tuple(_asking(audit, finding, managers, by, today) for finding in asked)
    last = max((each.due_on for each in tasks), default=task_due(framework, framework.severities[-1], today))
    return Planned(audit, tasks, last, sign_off_due(framework, last))


def _asking(audit: Audit, finding: Finding, managers: Managers, by: Person, today: date) -> Asking:
    framework = audit.framework.parsed
    severity = severity_of(framework, finding.severity)
    owner = _owner(audit, finding, framework.returns, managers) or by
    return Asking(finding, owner, severity, task_due(framework, severity, today))


def _owner(audit: Audit, finding: Finding, rule: Returns, managers: Managers) -> Person | None:
    """Whoever the task is for; where nobody holds that post, the next one up, so that no task is without an owner.

    What concerns the team is its manager's to bring about, and so is what another agency has to do; what concerns the
    service is the service manager's.
    """
    wanted = finding.action_for or rule.does
    if finding.scope in WHOSE:
        wanted = getattr(rule, WHOSE[finding.scope])
    if wanted not in {rule.signs, rule.assures} and audit.worker and audit.worker.is_active:
        return audit.worker
    manager = managers.of_team.get(audit.team_id or 0) if wanted != rule.assures else None
    return manager or managers.of_service.get(audit.service_id or 0) or managers.in_post.get(rule.assures)


@step
def return_to_team(*, by: Person, audit: Audit, now: datetime, today: date) -> Return:
    """Give a submitted audit back with its tasks, each with one owner and a day. Raises `Refused`.

    The seed: "the template will be returned to the practitioner, Team Manager and Service Manager for the identified
    tasks to be completed within 10 days".
    """
    if not may("return audits", standings(by)):
        raise Refused("Audits are returned by the Quality Assurance Unit.")
    audit = Audit.objects.select_for_update(of=("self",)).select_related("framework", "worker", "team").get(pk=audit.pk)
    if audit.state != "submitted":
        raise Refused("This audit is not submitted yet, so there is nothing to return.")
    if Return.objects.filter(audit=audit).exists():
        raise Refused("This audit has been returned already.")
    [planned] = planned_returns(by=by, audits=[audit], today=today)
    returned = Return.objects.create(
        authority_id=audit.authority_id, audit=audit, team=audit.team, service_id=audit.service_id,
        practitioner=audit.worker, due_on=planned.due_on, sign_off_due_on=planned.sign_off_due_on,
        returned_at=now, returned_by=by,
    )  # fmt: skip
    Task.objects.bulk_create(_task(returned, asked) for asked in planned.tasks)
    told = {"due_on": planned.due_on.isoformat(), "tasks": len(planned.tasks)}
    record(by=by, verb="returned", thing=audit, at=now, now=told)
    open_challenge_window(by=by, audit=audit, now=now)
    ask_for_reply(by=by, audit=audit, now=now)
    owe_reaudit(by=by, audit=audit, now=now, today=today)
    return returned


@step
def return_session(*, by: Person, session: Session, now: datetime, today: date) -> list[Return]:
    """Return every submitted audit of the session that has not been returned yet."""
    audits = list(audits_to_return(session, by))
    if not audits:
        raise Refused("No audit of this session waits to be returned.")
    return [return_to_team(by=by, audit=audit, now=now, today=today) for audit in audits]


def _task(returned: Return, asked: Asking) -> Task:
    finding = asked.finding
    return Task(
        authority_id=returned.authority_id, returned=returned, finding=finding, text=finding.action, owner=asked.owner,
        severity=asked.severity.key, scope=asked.scope, agency=finding.agency, first_due_on=asked.due_on,
        due_on=asked.due_on,
    )  # fmt: skip
