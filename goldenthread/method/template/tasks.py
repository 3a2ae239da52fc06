"""What an audit's answers suggest should be put right: the task rules of its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.method.expressions import ITSELF, holds
from goldenthread.method.template.progress import settled
from goldenthread.method.template.values import Question, Section, Template


@dataclass(frozen=True, slots=True)
class SuggestedTask:
    """A task an answer suggests: `text` in the template's words, for `owner` (a post's key, or "practitioner")."""

    section: Section
    question: Question
    text: str
    owner: str


def suggested_tasks(
    template: Template, facts: Mapping[str, str], answers: Mapping[str, str]
) -> tuple[SuggestedTask, ...]:
    """The tasks whose rule holds, in the order of the questions. A person decides whether each is given.

    Only what applies to the child and is answered (or worked out) suggests anything.
    """
    sections, values = settled(template, facts, answers)
    applying = {section.name: section for section in sections}
    return tuple(
        SuggestedTask(applying[question.section], question, question.task, question.task_for)
        for question in template.questions.values()
        if question.task_if is not None
        and values.get(question.name)
        and holds(question.task_if, {**values, ITSELF: values[question.name]})
    )
