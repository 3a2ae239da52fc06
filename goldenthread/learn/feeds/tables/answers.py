"""Answers: one row for each question answered, in any part of an audit."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from goldenthread.audit.models import Answer
from goldenthread.learn.feeds.model import Asked, Column, Made, Table
from goldenthread.method.parts import AUDITORS

# Kinds of question whose answer is one of a list, or a number: they say nothing that the list does not. Dates, like
# what somebody wrote, may lead to a child.
CLOSED = ("graded", "yes_no", "choice", "choices", "scaling", "integer", "decimal")
NUMBERS = ("scaling", "integer", "decimal")
PATHS = ("part__template", "part__audit__template", "question", "value")


def given() -> QuerySet[Any]:
    """What the auditors write, and what others gave: nobody reads a moderator's or a family's part as it is written."""
    return Answer.objects.filter(Q(part__kind__in=AUDITORS) | Q(part__frozen=True))


def _kinds(asked: Asked) -> dict[tuple[int, str], str]:
    every = ((key, question) for key, template in asked.templates.items() for question in template.questions.values())
    return {(key, question.name): question.kind for key, question in every}


def closed(asked: Asked) -> Made:
    chosen = {place for place, kind in _kinds(asked).items() if kind in CLOSED}
    return lambda own, audits, question, value: value if (own or audits, question) in chosen else None


def written(asked: Asked) -> Made:
    chosen = {place for place, kind in _kinds(asked).items() if kind in CLOSED}
    return lambda own, audits, question, value: None if (own or audits, question) in chosen else value


def number(asked: Asked) -> Made:
    numbers = {place for place, kind in _kinds(asked).items() if kind in NUMBERS}

    def made(own: int | None, audits: int, question: str, value: str) -> float | None:
        return _number(value) if (own or audits, question) in numbers else None

    return made


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def template(asked: Asked) -> Made:
    return lambda own, audits: own or audits


def _column(name: str, kind: str, meaning: str, make: Any, protection: str = "operational") -> Column:
    return Column(name, kind, meaning, PATHS, protection, make)


TABLE = Table(
    "answers",
    "Answers",
    "One row for each question answered. What it asks is in questions, by template_id and question.",
    Answer,
    (
        Column("answer_id", "id", "The answer.", ("pk",)),
        Column("audit_id", "key", "Its audit: a row of audits.", ("part__audit__code",)),
        Column("part", "text", "Whose part of the audit: auditor, moderator, family and others.", ("part__kind",)),
        Column("template_id", "id", "The version of the questions.", PATHS[:2], make=template),
        Column("question", "text", "The question's name: a row of questions.", ("question",)),
        _column("value", "text", "The answer, where it is chosen from a list or is a number; else empty.", closed),
        _column("number", "number", "The same as a number, where it is one.", number),
        _column("written", "text", "The answer in somebody's words, or a date from the file.", written, "sensitive"),
        Column("saved_at", "moment", "When it was last saved.", ("saved_at",)),
    ),
    audit="part__audit",
    day="saved_at",
    at=True,
    query=given,
)
