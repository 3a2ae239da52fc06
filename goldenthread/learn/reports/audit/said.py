"""What was said in an audit: each part's answers, the findings, the grades and what moderation made of them."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.queries.whole_audit_facts import GivenPart, Noted, WholeAudit
from goldenthread.learn.rendering.model import Block, Finding, Points, Section, Table, Text
from goldenthread.web.wording import listed, when

GOOD = "good practice"


def part_sections(figures: WholeAudit) -> Iterator[Section]:
    """A section of the document for each part, with a table for each section of its questions."""
    for part in figures.parts:
        blocks: list[Block] = [Text((_whose(part),))]
        for label, answers in part.sections:
            blocks.append(Table(label, ("Question", "Answer"), answers))
        if not part.sections:
            blocks.append(Text(("No question of this part was answered.",)))
        yield Section(f"Answers: {part.label}", tuple(blocks))


def _whose(part: GivenPart) -> str:
    by = f" by {listed(list(part.by))}" if part.by else ""
    return f"Given{by}{f', {when(part.at)}' if part.at else ''}."


def finding_blocks(figures: WholeAudit) -> Iterator[Block]:
    found = [one for part in figures.parts for one in part.findings]
    good = [one for one in found if one.sort == GOOD]
    if not found:
        yield Text(("No finding was noted.",))
    if good:
        yield Points("Good practice", tuple(map(_as_point, good)))
    if len(good) < len(found):
        yield Points("To be improved", tuple(_as_point(one) for one in found if one.sort != GOOD))


def _as_point(one: Noted) -> Finding:
    asked = f" To be put right: {one.action}" if one.action else ""
    return Finding(f"{one.text}{asked}", one.domain, f"{one.theme}, {one.section}")


def grade_blocks(figures: WholeAudit) -> Iterator[Block]:
    if not figures.judged:
        yield Text(("No grade was given.",))
        return
    rows = tuple(
        (one.section, one.stage, one.grade, one.by or "not kept", "yes" if one.stands else "no", one.because)
        for one in figures.judged
    )
    note = "A grade that does not stand was changed by a later one of the same section."
    yield Table("Each grade that was given", ("Section", "Given by", "Grade", "Who", "Stands", "Why"), rows, note=note)


def moderation_blocks(figures: WholeAudit) -> Iterator[Block]:
    for one in figures.moderated:
        yield Text((f"{one.stage}, {one.reason}: {one.state}.",))
        if one.quality:
            yield Text((f"The audit itself: {one.quality}",))
        if one.events:
            rows = tuple((when(at), by, what, said) for at, by, what, said in one.events)
            yield Table(f"What happened in: {one.stage}", ("When", "Who", "What", "In which words"), rows)
