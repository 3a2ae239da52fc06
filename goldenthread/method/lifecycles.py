"""The tables of a DRAW, an AUDIT, a TASK and a RETURN: one row a step. Facts and needs stand below their table."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.method.access import Is
from goldenthread.method.workflow import Lifecycle, step

QA = {Is.QUALITY_ASSURANCE}


# --- a draw: the list is frozen first, the seed comes after, and only once ------------------------------


DRAW = Lifecycle(
    "draw",
    (
        step("draw", "frozen", "drawn", QA),
        step("abandon", "frozen", "abandoned", QA),
    ),
)


# --- an audit: of one child's file -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AuditFacts:
    missing: int = 0
    clashes: int = 0
    why_not: str | None = None


def independent(facts: AuditFacts) -> str | None:
    return f"You may not audit this file: you are someone who {facts.why_not}." if facts.why_not else None


def complete(facts: AuditFacts) -> str | None:
    if facts.missing == 1:
        return "One question still needs an answer."
    return f"{facts.missing} questions still need an answer." if facts.missing else None


def settled(facts: AuditFacts) -> str | None:
    if facts.clashes:
        return "Two people wrote different answers to the same question; choose which to keep first."
    return None


AUDIT = Lifecycle(
    "audit",
    (
        step("write in", "allotted", "in progress", {Is.AUDITOR}, independent),
        step("write in", "in progress", "in progress", {Is.AUDITOR}, independent),
        step("submit", "in progress", "submitted", {Is.AUDITOR}, independent, settled, complete),
        step("withdraw", "allotted", "withdrawn", QA),
        step("withdraw", "in progress", "withdrawn", QA),
    ),
)


# --- a task: one owner, one due date -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TaskFacts:
    evidence: str = ""
    reason: str = ""


def says_what_was_done(facts: TaskFacts) -> str | None:
    return None if facts.evidence.strip() else "Say what was done and where the record shows it."


def says_why(facts: TaskFacts) -> str | None:
    return None if facts.reason.strip() else "Say why, so that the person whose task it is knows what is asked."


TASK = Lifecycle(
    "task",
    (
        step("complete", "to do", "done", {Is.OWNER}, says_what_was_done),
        step("reopen", "done", "to do", {Is.TEAM_MANAGER, Is.SERVICE_MANAGER}, says_why),
        step("sign off", "done", "signed off", {Is.TEAM_MANAGER, Is.SERVICE_MANAGER, Is.DIRECTOR}),
    ),
)


# --- a return: the audit is with the team until its completed tasks are signed off and accepted -----------------


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    to_do: int = 0
    own_work: bool = False
    shown: str = ""
    current: str = ""
    reason: str = ""
    nearer: str = ""


def all_tasks_done(facts: ReturnFacts) -> str | None:
    if facts.to_do == 1:
        return "One task is still to do, so the section cannot be signed off."
    return f"{facts.to_do} tasks are still to do, so the section cannot be signed off." if facts.to_do else None


def not_their_own_work(facts: ReturnFacts) -> str | None:
    if facts.own_work:
        return "You did one of these tasks yourself, so someone above you signs off this section."
    return None


def nobody_nearer(facts: ReturnFacts) -> str | None:
    return f"{facts.nearer} manages this team or its service, and signs off this section." if facts.nearer else None


def as_it_was_shown(facts: ReturnFacts) -> str | None:
    if facts.shown != facts.current:
        return "The tasks have changed since this page was shown to you. Read them again, then sign off."
    return None


RETURN = Lifecycle(
    "return",
    (
        step(
            "sign off",
            "with the team",
            "signed off",
            {Is.TEAM_MANAGER, Is.SERVICE_MANAGER, Is.DIRECTOR},
            all_tasks_done,
            not_their_own_work,
            nobody_nearer,
            as_it_was_shown,
        ),
        step("accept", "signed off", "accepted", QA),
        step("send back", "signed off", "with the team", QA, says_why),
    ),
)
