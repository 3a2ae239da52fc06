"""A word to the auditor; it takes no answer."""

from __future__ import annotations

from goldenthread.method.refusal import Refused
from goldenthread.method.template import Question

KEY = "note"
TEMPLATE = "audit/questions/note.html"
EXAMPLES: tuple[tuple[str, str, str], ...] = ()
REFUSED = ("read", "yes")


def read(raw: str, question: Question) -> str:
    if raw.strip():
        raise Refused(
            f"{question.label} “{raw.strip()[:60]}” answers a note; expected nothing, for a note asks nothing."
        )
    return ""


def shown(value: str, question: Question) -> str:
    return ""
