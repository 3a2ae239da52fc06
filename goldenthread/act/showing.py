"""A returned audit as its pages show it: how it stands in words, what was good, what is asked, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.act.models import SignOff, Task
from goldenthread.act.queries import Managers, OpenReturn, audit_of, managers_on, signed_content, whose_signature
from goldenthread.act.queries.answering import answering
from goldenthread.act.queries.tasks import UNFINISHED
from goldenthread.act.services import MEANING, capacity_for, digest_of, reasons_not_to_sign
from goldenthread.act.signed import Signed, in_words, scope_in_words, severity_in_words
from goldenthread.audit.queries import OpenAudit, written_in
from goldenthread.audit.showing import Found, findings_in
from goldenthread.audit.standing import Overall, overall_as_given, stages_of, what_stands
from goldenthread.method.deadlines import days_until, late_by
from goldenthread.method.following import deciders, givers_of_time, latest
from goldenthread.method.framework import Grade
from goldenthread.method.lifecycles import RETURN, TASK
from goldenthread.people.models import Person
from goldenthread.web.wording import day, plural


@dataclass(frozen=True, slots=True)
class Standing:
    """How something stands today, in words and as the colour of a tag."""

    words: str
    colour: str
    late: int = 0


def due_words(due_on: date, today: date) -> str:
    """How far off a day is, or how long past.

    >>> due_words(date(2026, 10, 8), date(2026, 10, 6)), due_words(date(2026, 10, 5), date(2026, 10, 6))
    ('due in 2 days', '1 day late')
    """
    if late := late_by(due_on, today):
        return f"{plural(late, 'day')} late"
    days = days_until(due_on, today)
    return "due today" if days == 0 else "due tomorrow" if days == 1 else f"due in {days} days"


def standing_of(returned: Any, to_do: int, today: date) -> Standing:
    """How a return stands: what is waited for, and how late it is.

    The task that is due first is the one that counts, where the list has asked for it (`first_due_on`).
    """
    if returned.state == "accepted":
        return Standing("Accepted", "green")
    if returned.state == "signed off":
        return Standing("Signed off, back with the Quality Assurance Unit", "teal")
    first = getattr(returned, "first_due_on", None) or returned.due_on
    what, due_on = ("Tasks", first) if to_do else ("Sign-off", returned.sign_off_due_on)
    late = late_by(due_on, today)
    return Standing(f"{what} {due_words(due_on, today)}", "red" if late else "blue" if to_do else "yellow", late)


DONE = {"done": ("Done", "green"), "signed off": ("Signed off", "green"), "dropped": ("Not needed", "grey")}


def standing_of_task(task: Task, today: date) -> Standing:
    if task.state in DONE:
        return Standing(*DONE[task.state])
    late = late_by(task.due_on, today)
    words = "Challenged" if task.state == "challenged" else "To do"
    colour = "red" if late else "purple" if task.state == "challenged" else "blue"
    return Standing(f"{words}, {due_words(task.due_on, today)}", colour, late)


@dataclass(frozen=True, slots=True)
class Asked:
    """One task, how it stands, in the council's words, and what this person may do with it."""

    task: Task
    standing: Standing
    severity: str
    scope: str
    may_agree: bool
    may_challenge: bool
    may_complete: bool
    may_reopen: bool
    may_decide: bool
    may_extend: bool
    decider: str  # who decides instead of her, by name
    giver: str  # who gives more time instead of her
    last_day: date  # that more time may reach
    no_more_time: str  # why none can be given although she might give it, as a sentence

    @property
    def why_not_decide(self) -> str:
        if self.task.state != "challenged":
            return "This task is not challenged, so there is nothing to decide."
        return f"This is for {self.decider} to decide." if self.decider else "This is not for you to decide."

    @property
    def why_not_extend(self) -> str:
        if self.task.state != "to do":
            return "More time is given only to a task that is to do."
        if self.no_more_time:
            return self.no_more_time
        return f"More time is for {self.giver} to give." if self.giver else "More time is not yours to give."


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on a returned audit's page, for one person on one day."""

    standing: Standing
    audit: OpenAudit
    grade: Grade | None
    rationale: str
    given: Overall | None  # the auditor's own grade, where another stands
    good: Sequence[Found]
    improve: Sequence[Found]
    asked: Sequence[Asked]
    signer: Person | None
    may_sign: bool
    reasons: Sequence[str]
    meaning: str
    sha256: str
    signed: Sequence[Signed]  # what is signed, or was
    capacity: str  # in which she would sign
    sign_off: SignOff | None
    may_accept: bool

    @property
    def done(self) -> int:
        return sum(1 for each in self.asked if each.task.state not in UNFINISHED)


def board(person: Person, opened: OpenReturn, today: date) -> Board:
    """Six statements, however many tasks and findings."""
    returned, audit = opened.returned, audit_of(opened)
    written, stages = written_in(audit.part), stages_of(returned.audit)
    found, overall = findings_in(audit, written), what_stands(stages)
    steps = {row.name for row in RETURN.open_to(returned.state, opened.standings)}
    sign_off = opened.sign_offs[-1] if opened.sign_offs and returned.state != "with the team" else None
    managers = managers_on(returned.authority_id, today)
    unfinished = [task.due_on for task in opened.tasks if task.state in UNFINISHED]
    returned.first_due_on = min(unfinished, default=None)  # type: ignore[attr-defined]
    return Board(
        standing=standing_of(returned, opened.to_do, today),
        audit=audit,
        grade=audit.framework.grade(overall.grade) if overall else None,
        rationale=overall.because if overall else "",
        given=overall_as_given(audit, written, stages),
        good=[each for each in found if each.finding.sort == "good"],
        improve=[each for each in found if each.finding.sort == "improve" and not each.finding.action],
        asked=[asked(person, opened, task, managers, today) for task in opened.tasks],
        signer=whose_signature(opened, managers),
        may_sign="sign off" in steps,
        reasons=reasons_not_to_sign(person, opened, today),
        meaning=MEANING,
        sha256=digest_of(opened.tasks),
        signed=in_words(sign_off.content if sign_off else signed_content(opened.tasks), audit.framework),
        capacity=capacity_for(person, returned),
        sign_off=sign_off,
        may_accept="accept" in steps,
    )


def asked(person: Person, opened: OpenReturn, task: Task, managers: Managers, today: date) -> Asked:
    """One task as this person sees it; no statement."""
    returned, framework = opened.returned, opened.returned.audit.framework.parsed
    with_the_team = returned.state == "with the team"
    open_to = TASK.open_to(task.state, opened.standings_to(task, person)) if with_the_team else ()
    steps = {row.name for row in open_to}
    own = task.owner_id == person.pk
    decides = answering(person, returned, task, deciders(framework), framework, managers)
    gives = answering(person, returned, task, givers_of_time(framework), framework, managers)
    gives_time = "extend" in steps and gives.may and not own
    last_day = latest(framework.tasking, task.first_due_on)
    spent = gives_time and last_day <= max(today, task.due_on)
    no_more_time = (
        f"No more time can be given: this task could be due by {day(last_day)} at the latest." if spent else ""
    )
    return Asked(
        task=task,
        standing=standing_of_task(task, today),
        severity=severity_in_words(framework, task.severity),
        scope=scope_in_words(task.scope, task.agency),
        may_agree="agree" in steps and not task.agreed_at,
        may_challenge="challenge" in steps,
        may_complete="complete" in steps,
        may_reopen="reopen" in steps,
        may_decide="keep" in steps and decides.may and not own,
        may_extend=gives_time and not no_more_time,
        decider=decides.instead,
        giver=gives.instead,
        last_day=last_day,
        no_more_time=no_more_time,
    )
