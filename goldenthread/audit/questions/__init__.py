"""One file per kind of question. A new kind is one new file here; see docs/how/add-a-kind-of-question.md.

Each file answers the same few questions about its kind (`Kind` below), knows no Django, and is found because it is
here. `read_answer` and `shown_answer` are the doors the rest of the product uses.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Protocol, cast

from goldenthread.method.expressions import ITSELF, holds
from goldenthread.method.refusal import Refused
from goldenthread.method.template import Question


class Kind(Protocol):
    """What a file in this folder says about its kind of question.

    `EXAMPLES` gives what may come in, what is then stored and what people see; `REFUSED` what may not come in. The
    conformance test tries them all on the first question of the kind in the template we ship.
    """

    KEY: str
    TEMPLATE: str  # the Jinja macro that renders it, in audit/templates
    EXAMPLES: tuple[tuple[str, str, str], ...]
    REFUSED: tuple[str, ...]

    def read(self, raw: str, question: Question) -> str:
        """The canonical text to store; "" for no answer. Raises Refused, in a sentence that names the question."""

    def shown(self, value: str, question: Question) -> str:
        """A stored value as people and reports see it; "" for no answer."""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind in this folder, by its key."""
    found = [import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    return MappingProxyType({module.KEY: cast(Kind, module) for module in found if hasattr(module, "KEY")})


def kind(key: str) -> Kind:
    """The kind of that key. Raises Refused for a key no file here has."""
    try:
        return kinds()[key]
    except KeyError:
        raise Refused(f"“{key}” is no kind of question; expected one of {', '.join(sorted(kinds()))}.") from None


def read_answer(raw: str, question: Question) -> str:
    """What was typed, as the text to store, held against the question's own constraint too.

    Raises Refused with one sentence that names the question, the value and what was expected.
    """
    value = kind(question.kind).read(raw, question)
    if value and question.constraint is not None and not holds(question.constraint, {ITSELF: value}):
        expected = question.constraint_message or "That is not an answer this question takes."
        raise Refused(f"{question.label} “{shown_answer(value, question)}” cannot be kept. {expected}")
    return value


def posted_answer(posted: Mapping[str, str], field: str, otherwise: str = "") -> str:
    """What a form sent under a field: the one text, or of several boxes ticked all, with spaces between."""
    if field not in posted:
        return otherwise
    several = getattr(posted, "getlist", None)  # a form's data as Django has it
    return " ".join(filter(None, several(field))) if several else posted[field]


def shown_answer(value: str, question: Question) -> str:
    """A stored answer in words; "" where there is none."""
    return kind(question.kind).shown(value, question)
