"""The auditor's own words."""

from __future__ import annotations

import re

from goldenthread.method.refusal import Refused
from goldenthread.method.template import Question

KEY = "narrative"
TEMPLATE = "audit/questions/narrative.html"
LONGEST = 20_000  # characters: some seven pages
EXAMPLES = (
    ("Seen alone on each visit.", "Seen alone on each visit.", "Seen alone on each visit."),
    ("Two\r\nlines\rand\ta tab", "Two\nlines\nand\ta tab", "Two\nlines\nand\ta tab"),
    ("A bell\x07 rings\x00", "A bell rings", "A bell rings"),
    ("still typing ", "still typing ", "still typing "),
    (" \n ", "", ""),
)
REFUSED = ("x" * (LONGEST + 1),)

# What neither a database nor a Word document can hold: control characters but tab and new line, halves of surrogate
# pairs, and the two code points XML leaves out.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def read(raw: str, question: Question) -> str:
    """The text as typed, its line ends made one kind and what cannot be printed left out.

    Blanks at either end stay: it is saved while it is being typed.
    """
    text = _UNPRINTABLE.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > LONGEST:
        raise Refused(f"{question.label} The {len(text):,} characters do not fit; expected at most {LONGEST:,}.")
    return text if text.strip() else ""


def shown(value: str, question: Question) -> str:
    return value
