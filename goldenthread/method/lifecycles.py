"""The tables of a DRAW, an AUDIT, a PART, a TASK and a RETURN: one row a step. Facts and needs stand beside them."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.method.access import Is
from goldenthread.method.parts import WRITERS
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
    awaited: tuple[str, ...] = ()  # parts the framework asks for before an audit is submitted, by their labels


def independent(facts: AuditFacts) -> str | None:
    return f"You may not audit this file: you are someone who {facts.why_not}." if facts.why_not else None


def complete(facts: AuditFacts | PartFacts) -> str | None:
    if facts.missing == 1:
        return "One question still needs an answer."
    return f"{facts.missing} questions still need an answer." if facts.missing else None


def settled(facts: AuditFacts | PartFacts) -> str | None:
    if facts.clashes:
        return "Two people wrote different answers to the same question; choose which to keep first."
    return None


def parts_given(facts: AuditFacts) -> str | None:
    if not facts.awaited:
        return None
    named = " and ".join(f"“{label}”" for label in facts.awaited)
    return f"{named} {'has' if len(facts.awaited) == 1 else 'have'} to be given first: this council asks for it."


AUDIT = Lifecycle(
    "audit",
    (
        step("write in", "allotted", "in progress", {Is.AUDITOR}, independent),
        step("write in", "in progress", "in progress", {Is.AUDITOR}, independent),
        step("submit", "in progress", "submitted", {Is.AUDITOR}, independent, settled, complete, parts_given),
        step("withdraw", "allotted", "withdrawn", QA),
        step("withdraw", "in progress", "withdrawn", QA),
    ),
)


# --- a part beside the auditors': who writes which, and when, is the table in method/parts.py --------------


@dataclass(frozen=True, slots=True)
class PartFacts:
    missing: int = 0
    clashes: int = 0
    why_not: str | None = None


def as_the_table_of_parts_says(facts: PartFacts) -> str | None:
    return facts.why_not


PART = Lifecycle(
    "part",
    (
        step("write in", "open", "open", WRITERS, as_the_table_of_parts_says),
        step("submit", "open", "submitted", WRITERS, as_the_table_of_parts_says, settled, complete),
    ),
)


# --- a task: one owner, one due date -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TaskFacts:
    evidence: str = ""
    record: str = ""  # where the council's own record shows it
    reason: str = ""
    own: bool = False  # the decider is the one who challenged it, or whose task it is
    nearer: str = ""  # who decides this instead, by name, or ""
    too_long: str = ""  # why this much more time may not be given, or ""


def says_what_was_done(facts: TaskFacts | ConcernFacts) -> str | None:
    return None if facts.evidence.strip() else "Say what was done."


def says_where_the_record_shows_it(facts: TaskFacts) -> str | None:
    return None if facts.record.strip() else "Say where the record shows it, so that whoever looks finds it."


def says_why(facts: TaskFacts) -> str | None:
    return None if facts.reason.strip() else "Say why, so that the person whose task it is knows what is asked."


def says_why_it_is_not_hers(facts: TaskFacts) -> str | None:
    return None if facts.reason.strip() else "Say why this task is not yours, or not needed."


def says_why_more_time(facts: TaskFacts) -> str | None:
    return None if facts.reason.strip() else "Say why more time is needed: it stays on record with who allowed it."


def somebody_elses_task(facts: TaskFacts) -> str | None:
    return "This is your own task, so somebody else decides." if facts.own else None


def hers_to_decide(facts: TaskFacts) -> str | None:
    return f"This is for {facts.nearer} to decide." if facts.nearer else None


def no_longer_than_allowed(facts: TaskFacts) -> str | None:
    return facts.too_long or None


DECIDES = {Is.TEAM_MANAGER, Is.SERVICE_MANAGER, Is.DIRECTOR} | QA

TASK = Lifecycle(
    "task",
    (
        step("agree", "to do", "to do", {Is.OWNER}),
        step("challenge", "to do", "challenged", {Is.OWNER}, says_why_it_is_not_hers),
        step("keep", "challenged", "to do", DECIDES, somebody_elses_task, hers_to_decide, says_why),
        step("drop", "challenged", "dropped", DECIDES, somebody_elses_task, hers_to_decide, says_why),
        step(
            "extend",
            "to do",
            "to do",
            DECIDES,
            somebody_elses_task,
            hers_to_decide,
            says_why_more_time,
            no_longer_than_allowed,
        ),
        step("complete", "to do", "done", {Is.OWNER}, says_what_was_done, says_where_the_record_shows_it),
        step("reopen", "done", "to do", {Is.TEAM_MANAGER, Is.SERVICE_MANAGER}, says_why),
        step("sign off", "done", "signed off", {Is.TEAM_MANAGER, Is.SERVICE_MANAGER, Is.DIRECTOR}),
    ),
)


# --- a return: the audit is with the team until its completed tasks are signed off and accepted -----------------


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    """`confirmed`: whoever signs has said who she is once more, moments ago."""

    confirmed: bool = False
    to_do: int = 0
    challenged: int = 0
    own_work: bool = False
    shown: str = ""
    current: str = ""
    reason: str = ""
    nearer: str = ""


def all_tasks_done(facts: ReturnFacts) -> str | None:
    if facts.to_do == 1:
        return "One task is still to do, so the section cannot be signed off."
    return f"{facts.to_do} tasks are still to do, so the section cannot be signed off." if facts.to_do else None


def nothing_disputed(facts: ReturnFacts) -> str | None:
    if facts.challenged == 1:
        return "One task is challenged and not decided yet, so the section cannot be signed off."
    if facts.challenged:
        return f"{facts.challenged} tasks are challenged and not decided yet, so the section cannot be signed off."
    return None


def not_their_own_work(facts: ReturnFacts) -> str | None:
    if facts.own_work:
        return "You did one of these tasks yourself, so someone above you signs off this section."
    return None


def nobody_nearer(facts: ReturnFacts) -> str | None:
    return f"{facts.nearer} manages this team or its service, and signs off this section." if facts.nearer else None


def she_herself(facts: ReturnFacts) -> str | None:
    return None if facts.confirmed else "Confirm that it is you: a signature is given by you alone, at this moment."


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
            nothing_disputed,
            not_their_own_work,
            nobody_nearer,
            as_it_was_shown,
            she_herself,
        ),
        step("accept", "signed off", "accepted", QA),
        step("send back", "signed off", "with the team", QA, says_why),
    ),
)


# --- a file audited again: by somebody else, within its time -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReauditFacts:
    reason: str = ""
    why_not: str = ""  # why this person may not audit it again, or ""


def says_why_excused(facts: ReauditFacts) -> str | None:
    return None if facts.reason.strip() else "Say why this file is not audited again: it stays on record."


def by_somebody_else(facts: ReauditFacts) -> str | None:
    return facts.why_not or None


REAUDIT = Lifecycle(
    "reaudit",
    (
        step("arrange", "owed", "arranged", QA, by_somebody_else),
        step("give back", "arranged", "owed", QA),
        step("finish", "arranged", "done", {Is.AUDITOR} | QA),
        step("excuse", "owed", "excused", QA, says_why_excused),
    ),
)


# --- an immediate concern: a child may be unsafe now ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConcernFacts:
    evidence: str = ""


CONCERN = Lifecycle(
    "concern",
    (
        step("acknowledge", "raised", "acknowledged", {Is.TOLD}),
        step("close", "acknowledged", "closed", {Is.TOLD}, says_what_was_done),
    ),
)


# --- a moderation: an audit's grades looked at again, at one stage ------------------------------------------------


@dataclass(frozen=True, slots=True)
class ModerationFacts:
    """`blind`: its stage is. `unexplained`: labels of grades that were changed without saying why. `ungraded`: how
    many grades a moderator has still to give. The others are sentences that refuse, or ""."""

    blind: bool = True
    why_not: str = ""
    ungraded: int = 0
    unexplained: tuple[str, ...] = ()
    too_late: str = ""
    not_hers: str = ""
    reason: str = ""


def graded_blind(facts: ModerationFacts) -> str | None:
    return None if facts.blind else "This stage is not blind: its moderator sees the auditor's grades from the start."


def graded_with_sight(facts: ModerationFacts) -> str | None:
    return "This stage is blind: its moderator gives her grades before she sees the auditor's." if facts.blind else None


def independent_moderator(facts: ModerationFacts) -> str | None:
    return facts.why_not or None


def every_grade_given(facts: ModerationFacts) -> str | None:
    if facts.ungraded == 1:
        return "One grade, or the reason for it, is still missing."
    return f"{facts.ungraded} grades, or the reasons for them, are still missing." if facts.ungraded else None


def every_change_explained(facts: ModerationFacts) -> str | None:
    if not facts.unexplained:
        return None
    return f"Say why the grade was changed: {', '.join(facts.unexplained)}."


def in_time(facts: ModerationFacts) -> str | None:
    return facts.too_late or None


def neither_auditor_nor_moderator(facts: ModerationFacts) -> str | None:
    return facts.not_hers or None


def says_why_it_is_wrong(facts: ModerationFacts) -> str | None:
    return None if facts.reason.strip() else "Say which grade is wrong, and why."


def says_why_so(facts: ModerationFacts) -> str | None:
    return None if facts.reason.strip() else "Say why you decide so: the team reads it."


MODERATION = Lifecycle(
    "moderation",
    (
        step("allot blind", "waiting", "grading", QA, graded_blind, independent_moderator),
        step("allot blind", "grading", "grading", QA, graded_blind, independent_moderator),
        step("allot", "waiting", "to agree", QA, graded_with_sight, independent_moderator),
        step("allot", "to agree", "to agree", QA, graded_with_sight, independent_moderator),
        step("save grades", "grading", "grading", {Is.MODERATOR}),
        step("submit grades", "grading", "to agree", {Is.MODERATOR}, every_grade_given),
        step("agree", "to agree", "agreed", {Is.MODERATOR} | QA, every_change_explained),
        step("challenge", "agreed", "challenged", {Is.CHALLENGER}, in_time, says_why_it_is_wrong),
        step("decide", "challenged", "decided", {Is.DECIDER}, neither_auditor_nor_moderator, says_why_so),
    ),
)
