"""Following tasks through: by when each is due, who may give more time and how much, who is told that it is late.

Source: the framework's [returns], [[severities]], [tasking] and [[escalation]]; the seed gives only the 10 days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goldenthread.method.deadlines import due_date, is_working_day, working_days_between
from goldenthread.method.framework import Framework
from goldenthread.method.framework.acting import Escalation, Severity, Tasking

# How far a task reaches → whose of [returns] it is to bring about, where that is not left to the auditor.
WHOSE = {"team": "signs", "service": "assures", "agency": "signs"}


def severity_of(framework: Framework, key: str) -> Severity:
    """The severity that a finding named; where it named none, the last, which is the least urgent."""
    return framework.severity(key) if key else framework.severities[-1]


def task_due(framework: Framework, severity: Severity, returned_on: date) -> date:
    """By when a task of this severity is due, its clock starting with the return."""
    if severity.days:
        return due_date(returned_on, severity.days, severity.day_kind)
    return due_date(returned_on, framework.returns.days, framework.returns.day_kind)


def sign_off_due(framework: Framework, last_task: date) -> date:
    """By when the section is signed off, once its last task was due."""
    extra = framework.returns.signs_extra_days
    return due_date(last_task, extra, framework.returns.day_kind) if extra else last_task


def givers_of_time(framework: Framework) -> tuple[str, ...]:
    """The posts that may give a task more time: whoever signs and whoever stands above her, if nothing is said."""
    return framework.tasking.extended_by or (framework.returns.signs, framework.returns.assures)


def deciders(framework: Framework) -> tuple[str, ...]:
    """The posts that decide when an owner says that a task is not hers: whoever signs, if nothing is said."""
    return framework.tasking.challenged_to or (framework.returns.signs,)


def too_long(rule: Tasking, due_on: date, first_due_on: date, until: date, today: date) -> str:
    """Why a task may not have until this day, as a sentence; "" where it may.

    All that was given together is counted, from the day it was due at first, so that no rule is stretched in steps.
    """
    if until <= due_on:
        return "More time ends after the day the task is due already: choose a later day."
    if until <= today:
        return "More time ends after today: choose a later day."
    if not is_working_day(until):
        return "That is not a working day: choose one."
    given = working_days_between(first_due_on, until)
    if given > rule.extension_days:
        days = "1 working day" if rule.extension_days == 1 else f"{rule.extension_days} working days"
        return f"At most {days} may be added to the day it was due at first; that would be {given}."
    return ""


def latest(rule: Tasking, first_due_on: date) -> date:
    """The last day that more time may reach."""
    return due_date(first_due_on, rule.extension_days)


def rungs(
    ladder: Sequence[Escalation], due_on: date, today: date, told_on: date | None = None
) -> tuple[Escalation, ...]:
    """The rungs of the ladder that are climbed today: each is told of once, on the first working day it holds.

    `told_on`: the last day on which anybody was told, where days were missed since; their rungs are climbed today.

    >>> ladder = (Escalation(1, "team_manager"), Escalation(5, "service_manager"))
    >>> [each.to for day in range(1, 15) for each in rungs(ladder, date(2026, 10, 1), date(2026, 10, day))]
    ['team_manager', 'service_manager']
    >>> [each.to for each in rungs(ladder, date(2026, 10, 1), date(2026, 10, 14), told_on=date(2026, 10, 1))]
    ['team_manager', 'service_manager']
    """
    if not is_working_day(today):
        return ()
    late = working_days_between(due_on, today)
    before = late - 1 if told_on is None else min(late - 1, working_days_between(due_on, told_on))
    return tuple(each for each in ladder if before < each.after_days <= late)
