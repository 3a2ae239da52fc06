"""A returned audit as its pages show it: how it stands in words, what was good, what is asked, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.act.models import Return, SignOff, Task
from goldenthread.act.queries import OpenReturn, audit_of, managers_on, overall_judgement, whose_signature
from goldenthread.act.services import MEANING, digest_of, reasons_not_to_sign
from goldenthread.audit.queries import OpenAudit, written_in
from goldenthread.audit.showing import Found, findings_in
from goldenthread.method.access import Is
from goldenthread.method.deadlines import days_until, late_by
from goldenthread.method.framework import Grade
from goldenthread.method.lifecycles import RETURN, TASK
from goldenthread.people.models import Person
from goldenthread.web.wording import plural


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


def standing_of(returned: Return, to_do: int, today: date) -> Standing:
    """How a return stands: what is waited for, and how late it is."""
    if returned.state == "accepted":
        return Standing("Accepted", "green")
    if returned.state == "signed off":
        return Standing("Signed off, back with the Quality Assurance Unit", "teal")
    what, due_on = ("Tasks", returned.due_on) if to_do else ("Sign-off", returned.sign_off_due_on)
    late = late_by(due_on, today)
    return Standing(f"{what} {due_words(due_on, today)}", "red" if late else "blue" if to_do else "yellow", late)


def standing_of_task(task: Task, today: date) -> Standing:
    if task.state == "to do":
        late = late_by(task.due_on, today)
        return Standing(f"To do, {due_words(task.due_on, today)}", "red" if late else "blue", late)
    return Standing("Done", "green") if task.state == "done" else Standing("Signed off", "green")


@dataclass(frozen=True, slots=True)
class Asked:
    """One task, how it stands, and what this person may do with it."""

    task: Task
    standing: Standing
    may_complete: bool
    may_reopen: bool


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on a returned audit's page, for one person on one day."""

    standing: Standing
    audit: OpenAudit
    grade: Grade | None
    rationale: str
    good: Sequence[Found]
    improve: Sequence[Found]
    asked: Sequence[Asked]
    signer: Person | None
    may_sign: bool
    reasons: Sequence[str]
    meaning: str
    sha256: str
    sign_off: SignOff | None
    may_accept: bool

    @property
    def done(self) -> int:
        return sum(1 for each in self.asked if each.task.state != "to do")


def board(person: Person, opened: OpenReturn, today: date) -> Board:
    """Six statements, however many tasks and findings."""
    returned, audit = opened.returned, audit_of(opened)
    found = findings_in(audit, written_in(audit.part))
    judgement = overall_judgement(returned.audit)
    steps = {row.name for row in RETURN.open_to(returned.state, opened.standings)}
    return Board(
        standing=standing_of(returned, opened.to_do, today),
        audit=audit,
        grade=audit.framework.grade(judgement.grade) if judgement else None,
        rationale=judgement.rationale if judgement else "",
        good=[each for each in found if each.finding.sort == "good"],
        improve=[each for each in found if each.finding.sort == "improve" and not each.finding.action],
        asked=[asked(person, opened, task, today) for task in opened.tasks],
        signer=whose_signature(opened, managers_on(returned.authority_id, today)),
        may_sign="sign off" in steps,
        reasons=reasons_not_to_sign(person, opened, today),
        meaning=MEANING,
        sha256=digest_of(opened.tasks),
        sign_off=opened.sign_offs[-1] if opened.sign_offs and returned.state != "with the team" else None,
        may_accept="accept" in steps,
    )


def asked(person: Person, opened: OpenReturn, task: Task, today: date) -> Asked:
    """One task as this person sees it."""
    with_the_team = opened.returned.state == "with the team"
    theirs = opened.standings - {Is.OWNER} | ({Is.OWNER} if task.owner_id == person.pk else set())
    steps = {row.name for row in TASK.open_to(task.state, theirs)} if with_the_team else set()
    return Asked(task, standing_of_task(task, today), "complete" in steps, "reopen" in steps)
