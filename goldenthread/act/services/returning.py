"""Returning an audit to the practitioner, her team manager and her service manager, in one act."""

from __future__ import annotations

from datetime import date, datetime

from goldenthread.act.models import Return, Task
from goldenthread.act.queries import audits_to_return
from goldenthread.audit.models import Audit, Finding
from goldenthread.method.access import may
from goldenthread.method.deadlines import due_date
from goldenthread.method.framework import PRACTITIONER, Framework
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.queries import manager_of_team, people_in_post
from goldenthread.people.standing import standings
from goldenthread.plan.models import Session
from goldenthread.trail.services import record, step


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
    framework = audit.framework.parsed
    rule = framework.returns
    due_on = due_date(today, rule.days, rule.day_kind)
    returned = Return.objects.create(
        authority_id=audit.authority_id, audit=audit, team=audit.team, service_id=audit.service_id,
        practitioner=audit.worker, due_on=due_on,
        sign_off_due_on=due_date(due_on, rule.signs_extra_days, rule.day_kind) if rule.signs_extra_days else due_on,
        returned_at=now, returned_by=by,
    )  # fmt: skip
    tasks = [_task(returned, finding, _owner(audit, finding, framework, by, today)) for finding in _actions(audit)]
    Task.objects.bulk_create(tasks)
    record(by=by, verb="returned", thing=audit, at=now, now={"due_on": due_on.isoformat(), "tasks": len(tasks)})
    return returned


@step
def return_session(*, by: Person, session: Session, now: datetime, today: date) -> list[Return]:
    """Return every submitted audit of the session that has not been returned yet."""
    audits = list(audits_to_return(session))
    if not audits:
        raise Refused("No audit of this session waits to be returned.")
    return [return_to_team(by=by, audit=audit, now=now, today=today) for audit in audits]


def _actions(audit: Audit) -> list[Finding]:
    findings = Finding.objects.filter(part__audit=audit, removed=False, sort="improve").exclude(action="")
    return list(findings.order_by("pk"))


def _task(returned: Return, finding: Finding, owner: Person) -> Task:
    return Task(
        authority_id=returned.authority_id, returned=returned, finding=finding, text=finding.action, owner=owner,
        due_on=returned.due_on,
    )  # fmt: skip


def _owner(audit: Audit, finding: Finding, framework: Framework, by: Person, today: date) -> Person:
    """Whoever the task is for; where nobody holds that post, the next one up, so that no task is without an owner."""
    wanted = finding.action_for or framework.returns.does
    if wanted in {PRACTITIONER, framework.returns.does} and audit.worker and audit.worker.is_active:
        return audit.worker
    if wanted != framework.returns.assures and (manager := manager_of_team(audit.team_id, today)):
        return manager
    return manager_of_team(audit.service_id, today, "service") or _whoever_assures(audit, framework, today) or by


def _whoever_assures(audit: Audit, framework: Framework, today: date) -> Person | None:
    post = people_in_post(audit.authority_id, today, [framework.returns.assures]).first()
    return post.person if post else None
