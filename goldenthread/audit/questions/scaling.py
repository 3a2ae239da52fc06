"""A whole number from 0 to 10: how things are for the child, as solution-focused work asks it."""

from __future__ import annotations

from goldenthread.method.refusal import Refused
from goldenthread.method.template import Question

KEY = "scaling"
TEMPLATE = "audit/questions/scaling.html"
EXAMPLES = (("0", "0", "0 out of 10"), (" 7 ", "7", "7 out of 10"), ("10", "10", "10 out of 10"))
REFUSED = ("11", "-1", "7.5", "seven", "07", "٣")

STEPS = tuple(str(step) for step in range(11))


def read(raw: str, question: Question) -> str:
    said = raw.strip()
    if said and said not in STEPS:
        raise Refused(f"{question.label} “{said[:60]}” is not on the scale; expected a whole number from 0 to 10.")
    return said


def shown(value: str, question: Question) -> str:
    return f"{value} out of 10" if value else ""
