"""What is worked out from other answers; nobody types it, and it is not kept."""

from __future__ import annotations

from goldenthread.audit.questions.unanswered import read_nothing
from goldenthread.method.template import Question

KEY = "calculate"
TEMPLATE = "audit/questions/calculate.html"
EXAMPLES: tuple[tuple[str, str, str], ...] = ()
REFUSED = ("3", "yes")

_TRUTHS = {"true": "Yes", "false": "No"}


def read(raw: str, question: Question) -> str:
    return read_nothing(raw, question, "is typed where a value is worked out; expected nothing.")


def shown(value: str, question: Question) -> str:
    return _TRUTHS.get(value, value)
