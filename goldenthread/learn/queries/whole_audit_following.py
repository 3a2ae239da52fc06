"""Reading what followed one audit: moderation and challenge, its return and tasks, the audit after it, a concern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from goldenthread.act.models import Concern, Reaudit, Return, SignOff, Task, TaskCheck
from goldenthread.audit.models import Audit, Judgement, Moderation
from goldenthread.audit.queries.moderation import UNMODERATED, stage_of
from goldenthread.learn.queries.whole_audit_facts import Again, Moderated, SignedOff, TaskKept, Unsafe
from goldenthread.method.framework import Framework
from goldenthread.method.moderation import REASONS
from goldenthread.web.wording import day

ONLY_THAT = "What was said of the concern is left out: that one was raised, and answered, is all you may read here."


@dataclass(frozen=True, slots=True)
class Followed:
    """`facts`: the fields of a `WholeAudit` that this fills; the rows are those whose trail belongs to it."""

    facts: dict[str, Any]
    left_out: tuple[str, ...]
    returned: Return | None
    tasks: tuple[Task, ...]
    moderations: tuple[Moderation, ...]
    concerns: tuple[Concern, ...]
    reaudits: tuple[Reaudit, ...]


def followed(audit: Audit, today: date, *, following: bool, moderation: bool, concerns: bool) -> Followed:
    """A fixed number of statements. What the reader may not see is not read; `concerns`: what was said of them is."""
    framework = audit.framework.parsed
    returned = Return.objects.filter(audit=audit.pk).select_related("returned_by").first() if following else None
    tasks = _tasks(audit) if following else ()
    signed = SignOff.objects.filter(returned__audit=audit.pk).select_related("signed_by") if following else ()
    again = tuple(
        Reaudit.objects.filter(Q(audit=audit.pk) | Q(again=audit.pk)).select_related("audit", "again").order_by("pk")
    )
    moderated = _moderations(audit) if moderation else ()
    raised = tuple(Concern.objects.filter(audit=audit.pk).order_by("pk"))
    facts = {
        "moderated": tuple(_moderated(each, framework) for each in moderated),
        "return_state": returned.state if returned else "",
        "returned_at": returned.returned_at if returned else None,
        "returned_by": returned.returned_by.name if returned else "",
        "due_on": returned.due_on if returned else None,
        "sign_off_due_on": returned.sign_off_due_on if returned else None,
        "accepted_at": returned.accepted_at if returned else None,
        "tasks": tuple(_kept(tasks, framework, today)),
        "signed_off": tuple(
            SignedOff(one.signed_by.name, one.capacity, one.signed_at, one.meaning, one.note, one.sha256)
            for one in signed
        ),
        "again": tuple(_again([one for one in again if one.audit_id == audit.pk], framework)),
        "again_of": next((one.audit.submitted_at.date() for one in again
                          if one.again_id == audit.pk and one.audit.submitted_at), None),
        "concerns": tuple(_unsafe(one, concerns) for one in raised),
    }  # fmt: skip
    left_out = () if following else ("Tasks are left out: they are read by the team they were given to and the unit.",)
    if raised and not concerns:
        left_out = (*left_out, ONLY_THAT)
    mine = tuple(one for one in again if one.audit_id == audit.pk)
    return Followed(facts, left_out, returned, tasks, moderated, raised, mine)


# --- moderation and challenge -----------------------------------------------------------------------------------


def _moderations(audit: Audit) -> tuple[Moderation, ...]:
    """Every stage that was one: what only waits to be challenged is none."""
    found = Moderation.objects.filter(audit=audit.pk).exclude(stage=UNMODERATED, challenged_at=None)
    return tuple(found.select_related("agreed_by", "challenged_by", "decided_by").order_by("pk"))


def _moderated(one: Moderation, framework: Framework) -> Moderated:
    stage, quality = stage_of(one, framework), {grade.key: grade.label for grade in framework.audit_grades}
    said = quality.get(one.quality, one.quality)
    return Moderated(
        stage=stage.label if stage else "Challenge",
        reason=REASONS.get(one.reason, one.reason),
        state=one.get_state_display(),
        quality=f"{said}. {one.quality_because}".strip() if said else "",
        events=tuple(_steps(one)),
    )


def _steps(one: Moderation) -> Iterator[tuple[datetime, str, str, str]]:
    if one.agreed_at and one.agreed_by:
        yield one.agreed_at, one.agreed_by.name, "agreed the grades", one.agreed_because
    if one.challenged_at and one.challenged_by:
        yield one.challenged_at, one.challenged_by.name, "challenged a grade", one.challenge
    if one.decided_at and one.decided_by:
        yield one.decided_at, one.decided_by.name, "decided the challenge", one.decision


# --- tasks ------------------------------------------------------------------------------------------------------


def _tasks(audit: Audit) -> tuple[Task, ...]:
    found = Task.objects.filter(returned__audit=audit.pk).select_related("owner").prefetch_related("extensions")
    return tuple(found.order_by("due_on", "pk"))


def _kept(tasks: Sequence[Task], framework: Framework, today: date) -> Iterator[TaskKept]:
    severities = {severity.key: severity.label for severity in framework.severities}
    checks = {check.task_id: check for check in TaskCheck.objects.filter(task__in=[task.pk for task in tasks])}
    for task in tasks:
        check = checks.get(task.pk)
        yield TaskKept(
            text=task.text, owner=task.owner.name,
            scope=f"{task.get_scope_display()}{f', {task.agency}' if task.agency else ''}",
            severity=severities.get(task.severity, task.severity), first_due_on=task.first_due_on, due_on=task.due_on,
            state=task.get_state_display(), late=task.state in ("to do", "challenged") and task.due_on < today,
            evidence=task.evidence, record=task.record, done_at=task.done_at, challenge=task.challenge,
            decision=task.decision, extensions=tuple(
                f"To {day(one.due_on, 'plain')}: {one.because}" for one in task.extensions.all()
            ),
            checked=_checked(check),
        )  # fmt: skip


def _checked(check: TaskCheck | None) -> str:
    if check is None:
        return ""
    if not check.outcome:
        return "In the sample to be checked; not checked yet"
    return f"{check.get_outcome_display().capitalize()}. {check.note}".strip()


# --- audited again, and concerns --------------------------------------------------------------------------------


def _again(reaudits: Sequence[Reaudit], framework: Framework) -> Iterator[Again]:
    """With the overall grades of both audits, in one statement."""
    grades = {grade.key: grade.label for grade in framework.grades}
    audits = [pk for one in reaudits for pk in (one.audit_id, one.again_id) if pk]
    rows = Judgement.objects.filter(audit__in=audits, section="", stands=True).values_list("audit_id", "grade")
    stands = {audit: grades.get(grade, grade) for audit, grade in rows}
    for one in reaudits:
        done = one.again is not None and one.again.state == "submitted"
        after = stands.get(one.again_id or 0, "") if done else ""
        yield Again(
            one.get_reason_display(),
            one.because,
            one.due_on,
            one.get_state_display(),
            stands.get(one.audit_id, ""),
            after,
        )


def _unsafe(one: Concern, all_of_it: bool) -> Unsafe:
    return Unsafe(
        one.raised_at, one.acknowledged_at, one.closed_at, one.get_state_display(),
        one.text if all_of_it else "", one.outcome if all_of_it else "",
    )  # fmt: skip
