"""Drawing the questions of a form. What never changes of a question is drawn once per template version, and kept.

A form of sixty questions has some thousand pieces, nearly all of them alike for every audit. So each question is drawn
once with marks where an audit's own words go, cut at the marks, and put together from the pieces thereafter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.template.loader import render_to_string
from markupsafe import Markup, escape

from goldenthread.audit.showing import Asked

MARK = "\x00"  # can stand in no template and in no answer
VALUE, VERSION, STATE = f"{MARK}value{MARK}", f"{MARK}version{MARK}", f"{MARK}state{MARK}"
HOLES: dict[str, Callable[[Asked], str | int]] = {
    "value": lambda asked: asked.typed,
    "version": lambda asked: asked.version,
    "state": lambda asked: asked.state,
}


def drawn(asked: Asked, digest: str, settle: str) -> Markup:
    """The question with its control, as HTML. `digest` is its template's; `settle`: where two answers are settled."""
    if asked.fault or asked.rivals:
        return _whole(asked, asked.state, asked.version, settle)
    chosen = asked.value if asked.choices else VALUE
    pieces = _pieces(_Fixed(digest, asked.question.name, chosen, asked))
    words = (piece if place % 2 == 0 else escape(HOLES[piece](asked)) for place, piece in enumerate(pieces))
    return Markup("".join(words))  # noqa: S704 - pieces come from our templates, all else is escaped


def _whole(asked: Asked, state: str, version: int | str, settle: str) -> Markup:
    context = {"asked": asked, "state": state, "version": version, "settle": settle}
    return Markup(render_to_string("audit/questions/_question.html", context))  # noqa: S704 - our own template


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A question of one template version, with the choice taken where it offers any."""

    digest: str
    name: str
    value: str
    asked: Asked = field(compare=False)


@lru_cache(maxsize=20_000)
def _pieces(fixed: _Fixed) -> tuple[str, ...]:
    """Text and the names of holes, in turns."""
    blank = replace(fixed.asked, value=fixed.value, answer=None)
    return tuple(_whole(blank, STATE, VERSION, "").split(MARK))
