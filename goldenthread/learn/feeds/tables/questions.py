"""Questions: what each version of each template asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from goldenthread.framework.models import TemplateVersion
from goldenthread.learn.feeds.model import Asked, Column, Table


def asked_in(asked: Asked) -> Iterator[Sequence[Any]]:
    """Every question somebody answers, in the order they are asked."""
    for pk, template in asked.templates.items():
        labels = {section.name: section.label for section in template.sections}
        for each in template.questions.values():
            if each.answerable:
                where = (each.section, labels[each.section])
                yield (pk, template.key, template.version, each.name, each.number, *where, each.label, each.kind,
                       each.judged, each.role == "overall_grade")  # fmt: skip


def _column(name: str, kind: str, meaning: str) -> Column:
    return Column(name, kind, meaning, (name,), "public")


COLUMNS = (
    _column("template_id", "id", "The version of the questions."),
    _column("template", "text", "The template, a key of the framework."),
    _column("template_version", "text", "Its version."),
    _column("question", "text", "The question's name, as answers has it."),
    _column("number", "whole", "Its number."),
    _column("section", "text", "Its section."),
    _column("section_label", "text", "The section's words."),
    _column("label", "text", "The question's words."),
    _column("kind", "text", "What kind of answer: graded, yes_no, choice, scaling, narrative and others."),
    _column("is_judged", "yes_no", "Whether it asks for a judgement rather than whether something is there."),
    _column("is_overall_grade", "yes_no", "Whether it is the grade of the whole file."),
)

TABLE = Table(
    "questions",
    "Questions",
    "One row for each question of each version of each template. Always whole.",
    TemplateVersion,
    COLUMNS,
    worked_out={column.name: "framework.TemplateVersion.source, read" for column in COLUMNS},
    rows=asked_in,
)
