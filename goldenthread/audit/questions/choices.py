"""Any number of answers from a list, stored as their names in the list's order with spaces between."""

from __future__ import annotations

from goldenthread.method.refusal import Refused
from goldenthread.method.template import Question

KEY = "choices"
TEMPLATE = "audit/questions/choices.html"
EXAMPLES = (
    ("health", "health", "Health"),
    ("police  health police", "health police", "Health; The police"),
    ("Health; the police", "health police", "Health; The police"),
    ("nobody else", "1", "Nobody else"),
)
REFUSED = ("school", "health school", "Health; school", "health,police", "Health The police")


def read(raw: str, question: Question) -> str:
    """The names chosen, given with spaces between, or the labels, whatever their case, with ; between."""
    labels = {choice.label.casefold(): choice.name for choice in question.choices}
    parts = [part.strip() for part in raw.split(";") if part.strip()]
    if all(part.casefold() in labels for part in parts):
        chosen = {labels[part.casefold()] for part in parts}
    else:
        chosen = set(raw.split())
    known = [choice.name for choice in question.choices]
    for name in sorted(chosen.difference(known)):
        expected = ", ".join(choice.label for choice in question.choices)
        raise Refused(f"{question.label} “{name[:60]}” is not one of the answers; expected some of {expected}.")
    return " ".join(name for name in known if name in chosen)


def shown(value: str, question: Question) -> str:
    """The labels of the answers; the stored name itself for one its template no longer offers."""
    labels = {choice.name: choice.label for choice in question.choices}
    return "; ".join(labels.get(name, name) for name in value.split())
