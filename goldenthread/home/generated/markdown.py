"""The few shapes of Markdown that the generated documents are made of."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence

WARNING = "<!-- Written by `goldenthread docs` from the code. Edit the code, then run it again. -->"


def page(title: str, *blocks: str) -> str:
    """A whole document: title, warning, blocks."""
    return "\n\n".join([f"# {title}", WARNING, *blocks]) + "\n"


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of text; a cell may hold anything.

    >>> print(table(["act", "open to"], [["read | write", "auditors"]]))
    | act | open to |
    | --- | --- |
    | read \\| write | auditors |
    """
    return "\n".join(line(row) for row in [headers, ["---"] * len(headers), *rows])


def line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(words: str) -> str:
    return f"`{words}`" if words else ""


def first_paragraph(thing: object) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())
