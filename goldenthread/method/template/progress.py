"""What of a template one audit has to answer, and how far it has come. Runs on every page of an audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from goldenthread.method.expressions import holds, worked_out
from goldenthread.method.template.values import Question, Section, Template


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How far one applicable section has come: `answered` of its `total` answerable questions.

    `required` is how many of them must be answered; `complete` says that all of those are.
    """

    section: Section
    answered: int
    required: int
    total: int
    complete: bool


def applicable_sections(
    template: Template, facts: Mapping[str, str], answers: Mapping[str, str]
) -> tuple[Section, ...]:
    """The sections that apply to this child, each with only the questions that apply.

    `facts` are the case list's (CASE_FACTS), `answers` stored values by question name. As in XLSForm, the answer
    to a question that no longer applies counts as blank, so nothing may hang on it; it is kept, not deleted.
    What is worked out is among them where it has a label.
    """
    return settled(template, facts, answers)[0]


def settled(
    template: Template, facts: Mapping[str, str], answers: Mapping[str, str]
) -> tuple[tuple[Section, ...], dict[str, str]]:
    """The sections that apply, and every value that counts: facts, applicable answers and what is worked out.

    A condition may only look back (`read_template` sees to that), so one pass in order settles everything.
    """
    values = dict(facts)
    applicable = []
    for section in template.sections:
        if section.relevant is not None and not holds(section.relevant, values):
            continue
        questions = []
        for question in section.questions:
            if question.relevant is not None and not holds(question.relevant, values):
                continue
            if question.calculation is None:
                values[question.name] = answers.get(question.name, "")
                questions.append(question)
            else:
                values[question.name] = worked_out(question.calculation, values)
                if question.label:
                    questions.append(question)
        if len(questions) < len(section.questions):
            section = replace(section, questions=tuple(questions))
        applicable.append(section)
    return tuple(applicable), values


def calculated(template: Template, facts: Mapping[str, str], answers: Mapping[str, str]) -> dict[str, str]:
    """What is worked out from these answers, by question; nothing where the template works nothing out."""
    asked = (question for section in template.sections for question in section.questions)
    names = [question.name for question in asked if question.calculation is not None]
    values = settled(template, facts, answers)[1] if names else {}
    return {name: values.get(name, "") for name in names}


def missing(template: Template, facts: Mapping[str, str], answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions that stand between this audit and its submission: applicable, required and unanswered."""
    return tuple(
        question
        for section in applicable_sections(template, facts, answers)
        for question in section.questions
        if question.required and not answers.get(question.name)
    )


def progress(template: Template, facts: Mapping[str, str], answers: Mapping[str, str]) -> tuple[SectionProgress, ...]:
    """One line for each applicable section, in order."""
    return tuple(_progress_of(section, answers) for section in applicable_sections(template, facts, answers))


def _progress_of(section: Section, answers: Mapping[str, str]) -> SectionProgress:
    asked = [question for question in section.questions if question.number]  # what nobody answers has none
    required = [question for question in asked if question.required]
    return SectionProgress(
        section=section,
        answered=sum(1 for question in asked if answers.get(question.name)),
        required=len(required),
        total=len(asked),
        complete=all(answers.get(question.name) for question in required),
    )
