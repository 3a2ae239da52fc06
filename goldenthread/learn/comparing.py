"""Two editions side by side: the words and the figures that are not the same in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from goldenthread.learn.rendering.model import Block, Chart, Figures, Points, Report, Table, Text, Words

NONE = "not there"
ABOUT = "About this report"
DATED = re.compile(r" on \d{1,2} \w+ \d{4}")  # "Tasks on 12 October 2026" is the same table a day later


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: what it is, as the earlier edition has it and as this one does."""

    what: str
    earlier: str
    now: str


@dataclass(frozen=True, slots=True)
class ChangedPart:
    title: str
    changes: tuple[Change, ...]


def changes(earlier: Report, now: Report) -> tuple[ChangedPart, ...]:
    """What changed, part by part in the order of this edition; a part that only one of them has is all change."""
    before, after = _by_part(earlier), _by_part(now)
    # What a report rests on names its day, so it always differs and says nothing.
    for parts in (before, after):
        parts.pop(ABOUT, None)
    titles = [*after, *(title for title in before if title not in after)]
    found = (ChangedPart(title, tuple(_changed(before.get(title, {}), after.get(title, {})))) for title in titles)
    return tuple(part for part in found if part.changes)


def _changed(before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for what in [*after, *(each for each in before if each not in after)]:
        old, new = before.get(what, NONE), after.get(what, NONE)
        if old != new:
            yield Change(what, old, new)


def _by_part(report: Report) -> dict[str, dict[str, str]]:
    return {part.title: dict(_said(part.blocks)) for part in report.parts}


def _said(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Everything a part says, each under a name that the same thing has in another edition."""
    paragraph = 0
    for block in blocks:
        if isinstance(block, Text):
            paragraph += 1
            yield f"Paragraph {paragraph}", " ".join(block.sentences)
        elif isinstance(block, Words):
            yield f"In the words of {block.by}", block.text
        elif isinstance(block, Figures):
            yield from ((figure.label, f"{figure.number} {figure.detail}".strip()) for figure in block.items)
        elif isinstance(block, Table):
            yield from _of_table(block)
        elif isinstance(block, Chart):
            yield f"What “{block.title}” shows", block.alt
            yield from _of_table(block.table)
        elif isinstance(block, Points):
            yield block.title, "; ".join(finding.text for finding in block.items)


def _of_table(table: Table) -> Iterator[tuple[str, str]]:
    """A cell a line: its row and its column name it, whatever place they have in the other edition."""
    title = DATED.sub("", table.caption.partition(":")[0])
    for row in table.rows:
        for column, cell in zip_longest(table.head[1:], row[1:], fillvalue=""):
            yield f"{title}: {row[0]}, {column}", cell
