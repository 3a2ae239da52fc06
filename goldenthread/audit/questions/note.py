"""A word to the auditor; it takes no answer."""

from __future__ import annotations

from goldenthread.audit.questions.unanswered import read_nothing
from goldenthread.audit.questions.unanswered import shown_as_nothing as shown
from goldenthread.method.template import Question

__all__ = ["EXAMPLES", "KEY", "REFUSED", "TEMPLATE", "read", "shown"]

KEY = "note"
TEMPLATE = "audit/questions/note.html"
EXAMPLES: tuple[tuple[str, str, str], ...] = ()
REFUSED = ("read", "yes")


def read(raw: str, question: Question) -> str:
    return read_nothing(raw, question, "answers a note; expected nothing, for a note asks nothing.")
