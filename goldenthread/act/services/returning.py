"""Returning an audit to the practitioner, her team manager and her service manager, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from goldenthread.act.models import Return, Task
from goldenthread.act.queries import Managers, actions_in, audits_to_return, managers_on
from goldenthread.audit.models import Audit, Finding
from goldenthread.method.access import may
from goldenthread.method.deadlines import due_date
from goldenthread.method.framework import Returns
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Session
from goldenthread.trail.services import record, step


@dataclass(frozen=True, slots=True)
class Planned:
    """What a return would be: each task with its owner, and the two days."""

    audit: Audit
    tasks: tuple[tuple[Finding, Person], ...]
    due_on: date
    sign_off_due_on: date


def planned_returns(*, by: Person, audits: Sequence[Audit], today: date) -> list[Planned]:
    """What returning these audits today would ask of whom; three statements at most, and nothing is changed."""
    managers = managers_on(by.authority_id, today)
    asked = actions_in(audits)
    return [_planned(audit, asked[audit.pk], managers, by, today) for audit in audits]


def _planned(audit: Audit, asked: Sequence[Finding], managers: Managers, by: Person, today: date) -> Planned:
    rule = audit.framework.parsed.returns
    due_on = due_date(today, rule.days, rule.day_kind)
    extra = rule.signs_extra_days
    return Planned(
        audit=audit,
        tasks=tuple((finding, _owner(audit, finding, rule, managers) or by) for finding in asked),
        due_on=due_on,
        sign_off_due_on=due_date(due_on, extra, rule.day_kind) if extra else due_on,
    )


def _owner(audit: Audit, finding: Finding, rule: Returns, managers: Managers) -> Person | None:
    """Whoever the task is for; where nobody holds that post, the next one up, so that no task is without an owner."""
    wanted = finding.action_for or rule.does
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
    Task.objects.bulk_create(_task(returned, finding, owner) for finding, owner in planned.tasks)
    told = {"due_on": planned.due_on.isoformat(), "tasks": len(planned.tasks)}
    record(by=by, verb="returned", thing=audit, at=now, now=told)
    return returned


@step
def return_session(*, by: Person, session: Session, now: datetime, today: date) -> list[Return]:
    """Return every submitted audit of the session that has not been returned yet."""
    audits = list(audits_to_return(session))
    if not audits:
        raise Refused("No audit of this session waits to be returned.")
    return [return_to_team(by=by, audit=audit, now=now, today=today) for audit in audits]


def _task(returned: Return, finding: Finding, owner: Person) -> Task:
    return Task(
        authority_id=returned.authority_id, returned=returned, finding=finding, text=finding.action, owner=owner,
        due_on=returned.due_on,
    )  # fmt: skip
