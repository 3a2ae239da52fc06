"""A whole number."""

from __future__ import annotations

import re

from goldenthread.audit.questions.numbers import no_number
from goldenthread.method.template import Question

KEY = "integer"
TEMPLATE = "audit/questions/integer.html"
EXAMPLES = (
    ("0", "0", "0"),
    (" 007 ", "7", "7"),
    ("-3", "-3", "-3"),
    ("-0", "0", "0"),
    ("999999999", "999999999", "999999999"),
)
REFUSED = ("7.5", "7.0", "seven", "1,000", "1e3", "٣", "1234567890", "- 3", "7 8")

_WHOLE = re.compile(r"-?[0-9]{1,9}")


def read(raw: str, question: Question) -> str:
    said = raw.strip()
    if said and not _WHOLE.fullmatch(said):
        raise no_number(raw, question, "a whole number of at most nine digits, like 12")
    return str(int(said)) if said else ""


def shown(value: str, question: Question) -> str:
    return value
