"""A file held by Ffion in Duty 2, which Rafiq manages, under Bridget's service: audited, and returned on `make.DAY`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from goldenthread.act.models import Return, Task
from goldenthread.act.queries import open_return
from goldenthread.act.services import complete_task, digest_of, sign_off
from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit
from goldenthread.people.models import Person
from tests import make

CHRONOLOGY = "Write the chronology."
ASKED: Mapping[str, str] = {CHRONOLOGY: "practitioner"}


def submitted(asked: Mapping[str, str] = ASKED, *, files: int = 1) -> Audit:
    """The first of a session's files; all of them submitted with these actions, each for this post."""
    cases = [make.Line(f"C{place:03}") for place in range(1, 7)]
    audits = make.audits(make.drawn_session(files, cases=cases))
    for audit in audits:
        make.answered_audit(audit)
        for action, post in asked.items():
            make.finding(audit, f"Not yet: {action}", action=action, action_for=post)
        auditing.submit(by=make.auditor_of(audit), opened=make.opened(audit), now=make.NOW)
        audit.refresh_from_db()
    return audits[0]


def returned(asked: Mapping[str, str] = ASKED) -> Return:
    return make.returned_audit(submitted(asked))


def complete(
    of: Return, task: Task | None = None, evidence: str = "Done.", record: str = "Case note of 7 October."
) -> Task:
    """The task (the first one if none is given) marked done by its owner."""
    task = task or of.tasks.all()[0]
    opened = open_return(task.owner, of.code)
    return complete_task(by=task.owner, opened=opened, task=task, evidence=evidence, record=record, now=make.NOW)


def sign(of: Return, by: Person, shown: str | None = None, authenticated: datetime | None = make.NOW):
    """This person's signature on what stands there, or on what `shown` says she saw."""
    opened = open_return(by, of.code)
    shown = digest_of(opened.tasks) if shown is None else shown
    return sign_off(by=by, opened=opened, shown=shown, note="", authenticated=authenticated, now=make.NOW)
