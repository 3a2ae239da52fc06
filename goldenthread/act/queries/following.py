"""What is told of tasks and signatures each working day: to whom they fall, before they are due and after, and up the
ladder of those who answer for it. Numbers and days only: no child's, and no file's, so that whoever grades one blind
learns nothing of it here.

Sources of `home.nightly.reminders`. A person hears of all that is hers in one line; a rung of the ladder is climbed
once for each task, on the day it is so many working days late, however many people are on it; one that was reached in
a night that was missed is climbed in the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from goldenthread.act.models import Return, Task
from goldenthread.act.queries.lists import UNDONE
from goldenthread.act.queries.tasks import UNFINISHED, with_framework
from goldenthread.method.following import rungs
from goldenthread.method.framework import Framework
from goldenthread.method.owed import reminded
from goldenthread.notices.queries import last_working_day_of
from goldenthread.notices.reminder import REMIND, Reminder
from goldenthread.people.models import Person, Post
from goldenthread.people.queries import people_in_post
from goldenthread.web.wording import day, plural

MINE = "?mine=on"


@dataclass(slots=True)
class Due:
    """What one person is told today: days things were or will be due, tasks and signatures apart."""

    person: Person
    tasks: list[date] = field(default_factory=list)
    sections: list[date] = field(default_factory=list)


def task_reminders(authority_id: int, today: date) -> Iterator[Reminder]:
    """Owners of tasks to do, so many working days before each is due, and every so many after; two statements."""
    due: dict[int, Due] = {}
    for task in open_tasks(authority_id):
        rule = task.returned.audit.framework.parsed.tasking
        if reminded(task.due_on, today, before=rule.remind_before_days, after=rule.remind_every_days):
            due.setdefault(task.owner_id, Due(task.owner)).tasks.append(task.due_on)
    for each in due.values():
        yield Reminder(each.person, f"{_said('task', each.tasks, today)} to do", reverse("tasks") + MINE)


def late_escalations(authority_id: int, today: date) -> Iterator[Reminder]:
    """Those on a rung of the ladder that a late task or signature reaches today; five statements at most."""
    ladder = Ladder(authority_id, today)
    for task in open_tasks(authority_id, UNFINISHED).filter(due_on__lt=today):
        for person in ladder.told(task.returned, task.due_on):
            ladder.due.setdefault(person.pk, Due(person)).tasks.append(task.due_on)
    for returned in unsigned(authority_id).filter(sign_off_due_on__lt=today):
        for person in ladder.told(returned, returned.sign_off_due_on):
            ladder.due.setdefault(person.pk, Due(person)).sections.append(returned.sign_off_due_on)
    for each in ladder.due.values():
        if each.tasks:
            yield Reminder(each.person, _said("task", each.tasks, today), reverse("tasks") + "?due=late")
        if each.sections:
            said = _said("section", each.sections, today)
            yield Reminder(
                each.person, f"{said} without a signature of tasks completed", reverse("returns") + "?late=on"
            )


def open_tasks(authority_id: int, states: Iterable[str] = ("to do",)) -> QuerySet[Task]:
    """What is with the teams and not done, with whose it is and the rules it was asked under; one statement."""
    tasks = Task.objects.filter(
        authority=authority_id, state__in=tuple(states), returned__state="with the team", owner__is_active=True
    )
    return with_framework(tasks.select_related("owner")).order_by("due_on", "pk")


def unsigned(authority_id: int) -> QuerySet[Return]:
    """Sections whose tasks are all seen to and that nobody has signed yet."""
    returns = Return.objects.filter(~UNDONE, authority=authority_id, state="with the team")
    found = returns.select_related("audit__framework").defer("audit__framework__source")
    return found.order_by("sign_off_due_on", "pk")


class Ladder:
    """Who stands on which rung today, and what each is told; the holders of posts are read once."""

    def __init__(self, authority_id: int, today: date) -> None:
        self.today, self.told_on = today, last_working_day_of(REMIND, today)
        self.due: dict[int, Due] = {}
        self.holders: dict[str, list[Post]] = {}
        for post in people_in_post(authority_id, today):
            self.holders.setdefault(post.kind, []).append(post)

    def told(self, returned: Return, due_on: date) -> list[Person]:
        """Whoever hears today that something of this return was due on that day."""
        framework = returned.audit.framework.parsed
        climbed = rungs(framework.escalation, due_on, self.today, self.told_on)
        hears = (post for each in climbed for post in self._posts(framework, each.to, returned))
        return list({post.person_id: post.person for post in hears}.values())

    def _posts(self, framework: Framework, kind: str, returned: Return) -> Iterator[Post]:
        """Those of this kind who answer for the return's team or service, or for everything."""
        oversees = framework.post(kind).oversees
        places = {"team": returned.team_id, "service": returned.service_id}
        posts = self.holders.get(kind, ())
        return (post for post in posts if oversees not in places or post.team_id == places[oversees])


def _said(noun: str, due: Sequence[date], today: date) -> str:
    """How many, and by when.

    >>> _said("task", [date(2026, 10, 1), date(2026, 10, 6)], date(2026, 10, 5))
    '2 tasks, 1 late since 1 October 2026,'
    """
    late = [each for each in due if each < today]
    counted = plural(len(due), noun)
    if not late:
        return f"{counted}, due by {day(min(due), 'plain')},"
    since = day(min(late), "plain")
    return f"{counted}, late since {since}," if len(late) == len(due) else f"{counted}, {len(late)} late since {since},"
