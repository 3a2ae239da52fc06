"""`goldenthread template check FOLDER_OR_XLSX`: an audit template in plain words, or each fault with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.framework.template_files import template_in
from goldenthread.method.expressions import Expression, in_words
from goldenthread.method.template import UNANSWERED, Question, Section, Template
from goldenthread.web.command import AnswerCommand

KIND_WORDS = {
    "graded": "grade",
    "yes_no": "yes, partly, no or not applicable",
    "choice": "one of a list",
    "choices": "any of a list",
    "date": "date",
    "scaling": "0 to 10",
    "integer": "whole number",
    "decimal": "number",
    "narrative": "own words",
    "note": "note",
    "calculate": "worked out",
    "heading": "heading",
}


class Command(AnswerCommand):
    help = "Check an audit template and say it in plain words."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["check"], help="what to do with the template")
        parser.add_argument("file", metavar="FOLDER_OR_XLSX", help="such as frameworks/templates/case_file")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        return as_data(template_in(Path(options["file"])))

    def words(self, answer: Mapping[str, Any]) -> str:
        return "\n".join(_lines(answer))


def as_data(template: Template) -> dict[str, Any]:
    """A template as the JSON document of the command."""
    asked = [question for question in template.questions.values() if question.answerable]
    return {
        "key": template.key,
        "title": template.title,
        "version": template.version,
        "instrument": template.instrument,
        "digest": template.digest,
        "questions": len(asked),
        "judged": sum(1 for question in asked if question.judged),
        "regional_points": sorted({question.regional_point for question in asked} - {""}),
        "sections": [_section(section) for section in template.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "name": section.name,
        "label": section.label,
        "only_where": _words_of(section.relevant),
        "questions": [_question(question) for question in section.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "number": question.number,
        "name": question.name,
        "kind": question.kind,
        "label": question.label,
        "required": question.required,
        "judged": question.judged,
        "only_where": _words_of(question.relevant),
        "choices": [choice.name for choice in question.choices],
        "outcomes": list(question.outcomes),
        "regional_point": question.regional_point,
        "early_help": question.early_help,
        "role": question.role,
        "accepted_where": _words_of(question.constraint),
        "worked_out_as": _words_of(question.calculation),
        "task": question.task,
        "task_for": question.task_for,
        "task_where": _words_of(question.task_if),
    }


def _words_of(relevant: Expression | None) -> str:
    return in_words(relevant) if relevant is not None else ""


def _lines(answer: Mapping[str, Any]) -> Iterator[str]:
    yield f"{answer['title']} ({answer['key']}), version {answer['version']}, {answer['digest'][:12]}"
    compliance = answer["questions"] - answer["judged"]
    yield f"{answer['questions']} questions: {answer['judged']} judged, {compliance} of compliance."
    if answer["instrument"] == "part":
        yield "For a part of an audit: no grade of the audit is asked."
    for section in answer["sections"]:
        yield ""
        yield f"{section['label']}{_condition(section)}"
        for question in section["questions"]:
            number = f"{question['number']:>3}." if question["number"] else "    "
            yield f"{number} {question['label'] or question['name']} [{_kind(question)}]{_condition(question)}"
            if question["worked_out_as"]:
                yield f"       = {question['worked_out_as']}"
            if question["task"]:
                yield f"       where {question['task_where']}, suggests to {question['task_for']}: {question['task']}"


def _kind(question: Mapping[str, Any]) -> str:
    words = KIND_WORDS.get(question["kind"], question["kind"])
    return words if question["required"] or question["kind"] in UNANSWERED else f"{words}; may stay empty"


def _condition(thing: Mapping[str, Any]) -> str:
    return f" (only where {thing['only_where']})" if thing["only_where"] else ""
