"""What each person owes, gathered into one e-mail a working day. Whoever owes nothing hears nothing.

A source is a function of another stage, `(authority_id, today) -> Iterable[Reminder]`: it says what is owed, and stops
saying it when it is done. It joins `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time

from goldenthread.act.queries.following import late_escalations, task_reminders
from goldenthread.act.queries.reaudits import reaudit_reminders
from goldenthread.audit.queries.inspections import gaps_foretold
from goldenthread.audit.queries.moderation import moderation_reminders
from goldenthread.audit.queries.owed import escalations_due, reminders_due
from goldenthread.audit.queries.parts import part_reminders
from goldenthread.method.deadlines import is_working_day
from goldenthread.notices.reminder import REMIND, Reminder
from goldenthread.notices.services import link, tell, withdraw_earlier
from goldenthread.people.models import Authority
from goldenthread.web.wording import LONDON, day, plural

JOB = REMIND
KIND = "reminder"
MORNING = time(7, 0)  # nobody's telephone rings at two


Source = Callable[[int, date], Iterable[Reminder]]
SOURCES: tuple[Source, ...] = (
    reminders_due, escalations_due, gaps_foretold, part_reminders, moderation_reminders, task_reminders,
    late_escalations, reaudit_reminders,
)  # fmt: skip


def run(*, now: datetime, today: date) -> str:
    if not is_working_day(today):
        return "Not a working day: nobody is reminded."
    # Yesterday’s, where it never went out, would only say it again.
    withdraw_earlier(kind=KIND, before=datetime.combine(today, time.min, LONDON))
    councils = Authority.objects.values_list("pk", flat=True)
    told = sum(remind(authority, SOURCES, now=now, today=today) for authority in councils)
    return f"{plural(told, 'person', 'people')} reminded."


def remind(authority: int, sources: Sequence[Source], *, now: datetime, today: date) -> int:
    """Write to everybody in the council who owes anything; to how many."""
    owed: dict[int, list[Reminder]] = {}
    for source in sources:
        for reminder in source(authority, today):
            owed.setdefault(reminder.person.pk, []).append(reminder)
    for reminders in owed.values():
        _write(reminders, now, today)
    return len(owed)


def _write(reminders: Sequence[Reminder], now: datetime, today: date) -> None:
    """One person's e-mail: each thing once, with where to do it."""
    person = reminders[0].person
    things = list(dict.fromkeys(f"{each.sentence}\n{link(each.path)}" for each in reminders))
    lines = [f"{person.name},", f"On {day(today)} this waits for you:", *things, f"All your work: {link()}"]
    tell(
        key=f"reminders:{today.isoformat()}:{person.pk}",
        to=person,
        kind=KIND,
        subject=f"{plural(len(things), 'thing')} from Goldenthread",
        body="\n\n".join(lines) + "\n",
        now=now,
        not_before=datetime.combine(today, MORNING, LONDON),
    )
