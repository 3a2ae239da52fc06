"""One session that went all the way: ten files audited, returned, their tasks begun. Small enough to count by hand."""

from __future__ import annotations

from goldenthread.plan.models import Session
from goldenthread.select.models import DrawnCase
from goldenthread.select.services.draws import replace
from tests import make

GRADES = ("good", "good", "good", "requires_improvement", "requires_improvement", "requires_improvement")
LATER = make.DAY.replace(day=30)  # when the tasks, due ten working days on, are late


def audited_session() -> Session:
    """Six files of twelve, three a team, one replaced; one has a task done and one task to do, and nothing is late yet.

    The first three are good. Of these the first has a chronology, the others only partly; life rose in the first.
    """
    held = make.drawn_session(6)
    unreadable = DrawnCase.objects.filter(draw__session=held).order_by("ref")[0]
    replace(by=make.council().maya, case=unreadable, because="The file is with the court", now=make.NOW)
    for place, (audit, grade) in enumerate(zip(make.audits(held), GRADES, strict=True)):
        answers = {
            "chronology": "yes" if place == 0 else "partly",
            "early_help_evidence": "no" if place < 2 else "yes",
            "life_at_start": "3",
            "life_now": "7" if place == 0 else "3",
            "plan_grade": "inadequate" if place == 5 else grade,
        }
        make.answered_audit(audit, grade=grade, answers=answers)
        if place == 0:
            make.finding(audit, "The plan is in the family's words.", sort="good")
        if place > 3:
            make.finding(audit, f"Plan {place} has no dates.", action="Set dates." if place == 4 else "")
            make.finding(audit, f"Copy {place} was lost.", domain="process", theme="recording", section="record",
                         action="Find it." if place == 4 else "")  # fmt: skip
        make.auditing.submit(by=make.auditor_of(audit), opened=make.opened(audit), now=make.NOW)
    returned = make.returned_audit(make.audits(held)[4])
    make.completed_task(returned.tasks.all()[0])
    return held
