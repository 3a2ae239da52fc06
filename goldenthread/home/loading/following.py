"""What became of a return's tasks: taken on, challenged and decided, given more time, done, signed off and accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from goldenthread.act.models import Return, Task
from goldenthread.act.queries import open_return
from goldenthread.act.services import disputing, extending, signing, tasks
from goldenthread.audit.services.findings import Said
from goldenthread.home.demonstration.chance import Chance
from goldenthread.home.demonstration.history import STORIES, PastAudit, PastFinding, PastTask
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.method.deadlines import due_date, is_working_day
from goldenthread.method.following import latest
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.web.wording import day as in_words

URGENT = 0.1  # of the tasks for this child
REACHES = {"": 0.86, "worker": 0.04, "team": 0.07, "agency": 0.03}  # how far a task reaches
AGENCIES = ("Health", "Police", "Education")
LATELY = timedelta(days=75)  # within which owners say that they take a task on
TAKEN_ON, CHALLENGED, KEPT, MORE_TIME = 0.7, 0.05, 0.6, 0.6

NOT_MINE = (
    "This was done before the audit: the record of it stands under documents and not under notes.",
    "The family moved to another team’s area in the week of the audit, and the new worker has it in hand.",
    "The review of last week decided otherwise, with the family there, so this would undo it.",
)
STANDS = "I looked at the record: it is not there yet. Please see to it, and say where it is once it is."
NOT_NEEDED = "That is so: I have seen it in the record. Nothing more is needed."
WHY_LATER = (
    "The parent could not be seen before the clinic’s letter came, and it decides what is written.",
    "The school is closed until the new term, and the task needs its report.",
    "Two emergencies in the team this week; the child was seen meanwhile and is well.",
)


class Following:
    """Follows one return after another, with a stream of chance of its own."""

    def __init__(self, loaded: Loaded, *, today: date) -> None:
        self.loaded, self.today = loaded, today
        self.chance = Chance(loaded.authority.name, "following through")

    def said(self, finding: PastFinding, worker: str) -> Said:
        """The finding as the auditor notes it: how urgent its task is, and how far it reaches.

        The tasks of the two people of the story stay plain tasks of their own.
        """
        plain = Said(
            finding.section,
            finding.sort,
            finding.domain,
            finding.theme,
            finding.text,
            finding.action,
            finding.action_for,
        )
        if not finding.action or worker in STORIES:
            return plain
        reaches = self.chance.weighted(REACHES)
        urgent = "urgent" if not reaches and self.chance.happens(URGENT) else ""
        agency = self.chance.pick(AGENCIES) if reaches == "agency" else ""
        return Said(
            plain.section, plain.sort, plain.domain, plain.theme, plain.text, plain.action, plain.action_for,
            urgent, reaches, agency,
        )  # fmt: skip

    def through(self, returned: Return, past: PastAudit) -> None:
        """Each task as far as it came, then the section signed off and accepted, if it came so far."""
        by_text = {task.text: task for task in Task.objects.filter(returned=returned).select_related("owner")}
        told = [(each, by_text[each.finding.action]) for each in past.tasks if each.finding.action in by_text]
        ended = [self._task(returned, task, each, past) for each, task in told]
        if past.signed_off_on and all(ended):
            self.sign(returned, past.signed_off_on)

    # --- one task ---------------------------------------------------------------------------------------------

    def _task(self, returned: Return, task: Task, told: PastTask, past: PastAudit) -> bool:
        """Whether it has ended: done, or dropped."""
        done_on, first = told.done_on, due_date(past.returned_on, 1)
        if task.severity == "urgent" and done_on:
            done_on = min(done_on, due_date(past.returned_on, self.chance.whole(1, 3)))
        plain = past.worker in STORIES
        lately = self.today - past.returned_on <= LATELY and first <= min(self.today, done_on or self.today)
        if not plain and self.chance.happens(CHALLENGED if done_on else 3 * CHALLENGED):
            state = self._challenge(returned, task, past.returned_on, done_on)
            if state != "to do":
                return state == "dropped"
        elif lately and (plain or self.chance.happens(TAKEN_ON)):
            owner = self._on(task.owner, first)
            tasks.agree_to_task(by=owner, opened=open_return(owner, returned.code), task=task, now=at(first, 15))
        if done_on is None:
            return False
        if done_on > task.due_on and self.chance.happens(MORE_TIME):
            self._extend(returned, task, done_on)
        owner = self._on(task.owner, done_on)
        record = f"Case notes, entry of {in_words(done_on, 'plain')}."
        tasks.complete_task(
            by=owner, opened=open_return(owner, returned.code), task=task, evidence=told.evidence, record=record,
            now=at(done_on, 16),
        )  # fmt: skip
        return True

    def _challenge(self, returned: Return, task: Task, returned_on: date, done_on: date | None) -> str:
        """The state it comes to: still challenged today, to do after all, or dropped. Done before that: to do."""
        on, decided_on = due_date(returned_on, 1), due_date(returned_on, 3)
        if on > self.today or (done_on is not None and done_on <= decided_on):
            return "to do"
        owner = self._on(task.owner, on)
        opened = open_return(owner, returned.code)
        disputing.challenge_task(by=owner, opened=opened, task=task, because=self.chance.pick(NOT_MINE), now=at(on, 11))
        if decided_on > self.today:
            return "challenged"
        keep = self.chance.happens(KEPT)
        decide, why = (disputing.keep_task, STANDS) if keep else (disputing.drop_task, NOT_NEEDED)

        def decided(manager: Person) -> None:
            opened = open_return(manager, returned.code)
            decide(by=manager, opened=opened, task=task, because=why, now=at(decided_on, 12))

        if not self._by_a_manager(returned, decided_on, task, decided):
            return "challenged"
        return "to do" if keep else "dropped"

    def _extend(self, returned: Return, task: Task, done_on: date) -> None:
        """More time until it was done, or as much as is given at most; asked for on the day it was due."""
        on, framework = task.due_on, self.loaded.framework.parsed
        until = min(done_on, latest(framework.tasking, task.first_due_on))
        if until <= on or not is_working_day(until):
            return

        def extended(manager: Person) -> None:
            extending.extend_task(
                by=manager, opened=open_return(manager, returned.code), task=task, until=until,
                because=self.chance.pick(WHY_LATER), asked=True, now=at(on, 9), today=on,
            )  # fmt: skip

        self._by_a_manager(returned, on, task, extended)

    # --- the signature ----------------------------------------------------------------------------------------

    def sign(self, returned: Return, day: date) -> None:
        """By whoever managed the team that day, or her service manager where a task was her own; then accepted."""
        for staff_number in self._managers(returned, day):
            signer = self.loaded.on(staff_number, day)
            opened = open_return(signer, returned.code)
            if not signing.reasons_not_to_sign(signer, opened, day):
                signing.sign_off(
                    by=signer, opened=opened, shown=signing.digest_of(opened.tasks), note="",
                    authenticated=at(day, 17), now=at(day, 17),
                )  # fmt: skip
                unit, back = self.loaded.on(self.loaded.unit.staff_number, day), at(day, 17, 30)
                signing.accept_return(by=unit, opened=open_return(unit, returned.code), now=back)
                return

    def _managers(self, returned: Return, day: date) -> Iterable[str]:
        return (*self.loaded.managers_on(returned.team_id, day), *self.loaded.managers_on(returned.service_id, day))

    def _by_a_manager(self, returned: Return, day: date, task: Task, act: Callable[[Person], None]) -> bool:
        """The first of its managers who may; False where none may."""
        for staff_number in self._managers(returned, day):
            manager = self.loaded.on(staff_number, day)
            if manager.pk == task.owner_id:
                continue
            try:
                act(manager)
            except Refused:
                continue
            task.refresh_from_db()
            return True
        return False

    def _on(self, person: Person, day: date) -> Person:
        return self.loaded.on(person.staff_number, day)
