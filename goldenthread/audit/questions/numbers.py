"""What the kinds share that take a number."""

from __future__ import annotations

from goldenthread.method.refusal import Refused
from goldenthread.method.template import Question


def no_number(raw: str, question: Question, expected: str) -> Refused:
    return Refused(f"{question.label} “{raw.strip()[:60]}” is not a number we can keep; expected {expected}.")
