"""A team's half-year for tests: files of Duty 2 audited, most of them returned, with tasks in several states."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.people.models import Team
from tests import make

GRADES = ("good", "good", "inadequate", "requires_improvement")


def duty_two() -> Team:
    make.council()
    return Team.objects.select_related("authority", "parent").get(name="Duty 2")


def audited(grades: Sequence[str] = GRADES, *, kept_back: int = 1) -> Team:
    """So many files of Duty 2 drawn at random and graded, in the order of their references; all returned but the last.

    The first has a good finding and a task done; the others each a task to do.
    """
    cases = [make.Line(f"D{place:03}") for place in range(1, len(grades) + 1)]
    held = make.drawn_session(len(grades), cases=cases)
    for place, (audit, grade) in enumerate(zip(make.audits(held), grades, strict=True)):
        make.answered_audit(audit, grade=grade)
        if place == 0:
            make.finding(audit, "The plan is in the family's words.", sort="good")
        make.finding(audit, f"Copy {place} was lost.", domain="process", theme="recording", section="record",
                     action="Find it.")  # fmt: skip
        make.auditing.submit(by=make.auditor_of(audit), opened=make.opened(audit), now=make.NOW)
        if place < len(grades) - kept_back:
            returned = make.returned_audit(audit)
            if place == 0:
                make.completed_task(returned.tasks.all()[0])
    return duty_two()
