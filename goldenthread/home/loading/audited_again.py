"""Files of the past that were audited again: at the next session that could take them, better than the first time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta

from goldenthread.act.models import Reaudit
from goldenthread.act.services import reaudits, returning
from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit
from goldenthread.audit.queries import open_audit_or_none
from goldenthread.audit.services.answers import Change
from goldenthread.home.demonstration.answers import Auditor
from goldenthread.home.demonstration.chance import Chance
from goldenthread.home.demonstration.files import PastFile
from goldenthread.home.demonstration.history import LIFT
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.following import Following
from goldenthread.home.loading.moments import at
from goldenthread.method.deadlines import due_date
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.plan.models import Session

BETTER = 0.9  # latent quality that being asked to put things right has added
ONE, SEVERAL = 1, 3  # at a session, in a month's round
COMING, EXCUSED = 3, 1  # arranged at the sessions to come; excused
CLOSED = "The case was closed and the family moved away, so there is no work to look at again."


class Again:
    """Takes what is owed into one past session after another."""

    def __init__(self, loaded: Loaded, following: Following) -> None:
        self.loaded, self.following = loaded, following
        self.chance = Chance(loaded.authority.name, "audited again")

    def at(
        self, session: Session, seats: tuple[str, ...], file_of: Callable[[str], PastFile], known: Collection[str]
    ) -> int:
        """How many of those owed, of cases that can be found, were audited again at this session."""
        day, done, most = session.held_on, 0, ONE if session.group.meets else SEVERAL
        owed = Reaudit.objects.filter(authority=self.loaded.authority, state="owed", chosen_at__date__lt=day)
        fitting = [each for each in owed.select_related("audit").order_by("due_on", "pk") if each.audit.ref in known]
        for reaudit in fitting:
            if done < most and (again := arranged(self.loaded, reaudit, session, seats, day - timedelta(days=2))):
                self._audited(again, file_of(again.ref), day)
                done += 1
        return done

    def _audited(self, audit: Audit, file: PastFile, day: date) -> None:
        """Audited on the day, given back two days later and signed: nothing is left to do."""
        auditor = self.loaded.on(_auditor_of(audit).staff_number, day)
        opened = open_audit_or_none(auditor, audit.code)
        assert opened is not None
        answers = Auditor(self.chance, opened.template, file, held_on=day, lift=LIFT + BETTER).audit()
        changes = [Change(name, value, 0) for name, value in answers.items() if value]
        auditing.submit(by=auditor, opened=opened, changes=changes, now=at(day, 15, 40))
        audit.refresh_from_db()
        back = due_date(day, 2)
        unit = self.loaded.on(self.loaded.unit.staff_number, back)
        returned = returning.return_to_team(by=unit, audit=audit, now=at(back, 10), today=back)
        signed = due_date(back, 2)
        if signed <= self.following.today:
            self.following.sign(returned, signed)


def arrange_some(loaded: Loaded, *, today: date) -> None:
    """A few of those owed are arranged for sessions to come, and one is excused; the rest waits for a visitor."""
    unit = loaded.on(loaded.unit.staff_number, today)
    rows = Reaudit.objects.filter(authority=loaded.authority, state="owed").select_related("audit")
    owed = list(rows.order_by("due_on", "pk"))
    if len(owed) > COMING + EXCUSED:
        reaudits.excuse_reaudit(by=unit, reaudit=owed.pop(0), because=CLOSED, now=at(today, 8, 5))
    coming = Session.objects.filter(authority=loaded.authority, held_on__gt=today, cancelled_at__isnull=True)
    sessions = coming.filter(group__meets=True, published_at__isnull=False).order_by("held_on", "pk")[:COMING]
    for session, reaudit in zip(sessions, owed, strict=False):
        seats = session.seats.select_related("person").order_by("pk")
        arranged(loaded, reaudit, session, [seat.person.staff_number for seat in seats], today)


def arranged(loaded: Loaded, reaudit: Reaudit, session: Session, seats: Iterable[str], day: date) -> Audit | None:
    """Given to the first of those who sit there who may audit it again; None where none of them may."""
    unit = loaded.on(loaded.unit.staff_number, day)
    for staff_number in seats:
        auditor = loaded.on(staff_number, session.held_on)
        try:
            return reaudits.arrange_reaudit(
                by=unit, reaudit=reaudit, session=session, auditor=auditor, now=at(day, 8, 10)
            )
        except Refused:
            continue
    return None


def _auditor_of(audit: Audit) -> Person:
    return audit.parts.get(kind="auditor").people.get()
