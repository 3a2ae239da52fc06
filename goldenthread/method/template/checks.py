"""What must hold of a template as a whole, once every row has been read."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.method.template.faults import Faults
from goldenthread.method.template.survey import Survey
from goldenthread.method.template.values import Question, Section

LONGEST_GRADE = 30  # characters of the name a judgement is kept under


def check_whole(survey: Survey, instrument: str, faults: Faults) -> None:
    """A grade and its reasons for every section, one overall, and early help asked of every child.

    What is a part of an audit gives no grade that stands: it needs none of these, and has no role.
    """
    if instrument == "part":
        for question in survey.asked.values():
            if question.role and question.name in survey.lines:
                survey.lines[question.name].fault(
                    "role", "stands in a part of an audit; only the audit itself is graded."
                )
        if not any(question.answerable for question in survey.asked.values()):
            faults.add("survey", "asks nothing; expected a question between begin_group and end_group.")
        return
    for section in survey.sections:
        _check_section(section, survey)
        for question in section.questions:
            _check_role(question, section, survey)
            _check_early_help(question, section, survey)
    for role, words in (("overall_grade", "overall grade"), ("overall_rationale", "rationale of the overall grade")):
        bearers = [question for question in survey.asked.values() if question.role == role]
        if not bearers:
            faults.add("survey", f"has no {words}; expected one question with role {role}.")
        for second in bearers[1:]:
            survey.lines[second.name].fault("role", f"is on “{bearers[0].name}” already; expected once.")


def _check_section(section: Section, survey: Survey) -> None:
    """One grade and one rationale; the section of the overall grade needs no other."""
    roles = [question.role for question in section.questions]
    if "overall_grade" in roles and "section_grade" not in roles:
        return
    for role in ("section_grade", "section_rationale"):
        _check_count(roles, role, section, survey)


def _check_count(roles: Sequence[str], role: str, section: Section, survey: Survey) -> None:
    count = roles.count(role)
    if count != 1 and section.name in survey.lines:
        problem = f"is a section with {count or 'no'} questions of role {role}; expected one."
        survey.lines[section.name].fault("name", problem)


def _check_role(question: Question, section: Section, survey: Survey) -> None:
    if not question.role or question.name not in survey.lines:
        return
    line = survey.lines[question.name]
    kind = "graded" if question.role.endswith("grade") else "narrative"
    if question.kind != kind:
        line.fault("role", f"needs a {kind} question, and this is “{line['type']}”.")
    elif any(len(choice.name) > LONGEST_GRADE for choice in question.choices):
        line.fault("type", f"has a grade with a name of more than {LONGEST_GRADE} characters.")
    if question.relevant is not None:
        line.fault("relevant", "stands on a grade or its rationale, which are asked wherever their section is.")
    if question.role.startswith("overall") and section.relevant is not None:
        line.fault("role", f"stands in “{section.name}”, a section not asked of every child.")


def _check_early_help(question: Question, section: Section, survey: Survey) -> None:
    """The seed: "Evidence of CAF input on all cases should be highlighted"."""
    if not question.early_help or question.name not in survey.lines:
        return
    if not question.required or question.relevant is not None or section.relevant is not None:
        problem = "is asked of every child and required: it takes no relevant, nor does its section."
        survey.lines[question.name].fault("early_help", problem)
