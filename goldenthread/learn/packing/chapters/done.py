"""What was done: returns, tasks, sign-offs, checks and re-audits, counted; each is on its audit's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, QuerySet

from goldenthread.act.models import Reaudit, Return, SignOff, Task, TaskCheck
from goldenthread.learn.packing import html
from goldenthread.learn.packing.hand import Hand, Part
from goldenthread.web.wording import day, plural

NAME = "done.html"


def write(hand: Hand, today: date) -> Part | None:
    tasks = _of(hand, Task.objects.all(), "returned__audit").count()
    hand.page(NAME, "What was done", _body(hand, today))
    hand.tick()
    return Part("What was done", NAME, f"{plural(tasks, 'task')} set, and what became of them.")


def _of(hand: Hand, rows: QuerySet, path: str) -> QuerySet:
    return rows.filter(**{f"{path}__in": hand.scope.audits.order_by().values("pk")})


def _body(hand: Hand, today: date) -> Iterator[str]:
    tasks = _of(hand, Task.objects.all(), "returned__audit")
    yield html.paragraph(
        f"As it stood on {day(today, 'plain')}. Each task is on the page of its audit, with who did what."
    )
    yield from _counted(
        "Returns to the team", "returns", _of(hand, Return.objects.all(), "audit"), "state", Return.STATES
    )
    yield from _counted("Tasks", "tasks", tasks, "state", Task.STATES)
    late = tasks.filter(state__in=("to do", "challenged"), due_on__lt=today).count()
    longer = tasks.filter(extensions__isnull=False).distinct().count()
    yield html.bullets((
        f"{plural(late, 'task')} late on that day.",
        f"{plural(longer, 'task')} given more time.",
        f"{plural(_of(hand, SignOff.objects.all(), 'returned__audit').count(), 'signature')} under completed tasks.",
    ))  # fmt: skip
    checks = _of(hand, TaskCheck.objects.all(), "task__returned__audit")
    outcomes = [("", "not checked yet"), *TaskCheck.OUTCOMES]
    yield from _counted("Signed-off tasks that were checked in the record", "checks", checks, "outcome", outcomes)
    yield from _counted("Re-audits", "re-audits", _of(hand, Reaudit.objects.all(), "audit"), "state", Reaudit.STATES)


def _counted(title: str, what: str, rows: QuerySet, field: str, choices: list[tuple[str, str]]) -> Iterator[str]:
    found = dict(rows.order_by().values_list(field).annotate(Count("pk")))
    if not found:
        yield html.heading(title) + html.paragraph(f"There are no {what}.")
        return
    lines = [(label.capitalize(), str(found[key])) for key, label in choices if key in found]
    yield html.heading(title)
    yield from html.table(title, ("State", "Number"), [*lines, ("Together", str(sum(found.values())))], numeric=(1,))
