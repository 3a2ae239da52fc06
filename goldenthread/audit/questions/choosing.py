"""What the kinds share that offer a list to choose one answer from."""

from __future__ import annotations

from goldenthread.method.refusal import Refused
from goldenthread.method.template import Question


def read_choice(raw: str, question: Question) -> str:
    """The name of the choice taken, given by its name or, whatever the case, by its label."""
    said = raw.strip()
    for choice in question.choices:
        if said == choice.name or said.casefold() == choice.label.casefold():
            return choice.name
    if not said:
        return ""
    labels = ", ".join(choice.label for choice in question.choices)
    raise Refused(f"{question.label} “{said[:60]}” is not one of the answers; expected one of {labels}.")


def shown_choice(value: str, question: Question) -> str:
    """The label of a choice; the stored name itself should its template no longer offer it."""
    return next((choice.label for choice in question.choices if choice.name == value), value)
