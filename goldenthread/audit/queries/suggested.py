"""What the answers of an audit suggest should be put right, and nobody has taken up yet."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.audit.queries.audits import OpenAudit, Written
from goldenthread.method.framework import PRACTITIONER
from goldenthread.method.template import Question, Section, suggested_tasks
from goldenthread.trail.models import Event


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A task that an answer suggests. `owner` and `whose`: who would be asked, of those the framework lets be asked,
    as a key and in words."""

    section: Section
    question: Question
    answer: str
    text: str
    owner: str
    whose: str


def suggestions(opened: OpenAudit, written: Written) -> list[Suggestion]:
    """The tasks that the template suggests and no finding takes up, in the order of the questions.

    A finding takes one up when it was added from it, whatever was made of its words since, or when it asks for the
    same in the same words. Taken out of the audit, it leaves the suggestion there again. One statement where there is
    anything to suggest, else none; nothing for whom may not write.
    """
    found = suggested_tasks(opened.template, opened.audit.facts, written.values) if opened.may_write else ()
    if not found:
        return []
    taken, asked = _taken_up(opened, written), {finding.action.strip() for finding in written.findings}
    may_be_asked = dict(opened.framework.may_be_asked)
    return [
        Suggestion(task.section, task.question, written.values.get(task.question.name, ""), task.text, owner, whose)
        for task in found
        if task.question.name not in taken and task.text.strip() not in asked
        for owner in [task.owner if task.owner in may_be_asked else PRACTITIONER]
        for whose in [may_be_asked[owner]]
    ]


def _taken_up(opened: OpenAudit, written: Written) -> set[str]:
    """The questions from whose suggestion one of these findings was added: the trail says it."""
    noted = Event.objects.filter(thing="audit", thing_id=opened.audit.pk, verb="noted").values_list("now", flat=True)
    standing = {finding.code for finding in written.findings}
    return {now["suggested"] for now in noted if now and now.get("suggested") and now.get("finding") in standing}
