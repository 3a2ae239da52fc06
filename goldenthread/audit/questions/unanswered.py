"""What the kinds share that take no answer."""

from __future__ import annotations

from goldenthread.method.refusal import Refused
from goldenthread.method.template import Question


def read_nothing(raw: str, question: Question, why: str) -> str:
    if raw.strip():
        raise Refused(f"{question.label} “{raw.strip()[:60]}” {why}")
    return ""


def shown_as_nothing(value: str, question: Question) -> str:
    return ""
