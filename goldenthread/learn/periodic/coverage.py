"""What was reached: open cases and files by kind, the teams of which no file was read, what posts owed and gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from goldenthread.learn.periodic.wording import in_words, rounded, said
from goldenthread.learn.queries.period_facts import CASE_FILE, PeriodFigures, total
from goldenthread.learn.rendering.model import Block, Table, Text, day_in_words
from goldenthread.web.wording import listed, plural

MOST = 8  # teams named one by one


def coverage_words(figures: PeriodFigures) -> str:
    """How many audits, and how far the year has come."""
    audited = rounded(figures, total(row for row in figures.files if row.within))
    so_far = rounded(figures, total(figures.files))
    if audited is None:
        return f"Audits were submitted in {figures.label}; how many is not shown."
    were = "audit was" if audited == 1 else "audits were"
    start = f"{said(figures, audited).capitalize()} {were} submitted in {figures.label}"
    if figures.period == figures.year:
        return f"{start}."
    return f"{start}, and {said(figures, so_far)} since {day_in_words(figures.year.starts_on)}."


def coverage_blocks(figures: PeriodFigures) -> Iterator[Block]:
    yield Text((coverage_words(figures), *_teams_not_reached(figures)))
    held: dict[str, int] = defaultdict(int)
    for one in figures.open:
        held[one.status] += one.cases
    if figures.circulated:
        kept = tuple((each.label, in_words(rounded(figures, held[each.label]))) for each in figures.framework.statuses)
        yield Table("Open cases by kind", ("Kind of case", _as_at(figures)), kept, (1,))
        return
    files = [row for row in figures.files if row.kind == CASE_FILE]
    rows = tuple(
        (
            status.label,
            f"{held[status.label]:,}",
            f"{total(row for row in files if row.within and row.status == status.label):,}",
            f"{total(row for row in files if row.status == status.label):,}",
        )
        for status in figures.framework.statuses
    )
    head = ("Kind of case", _as_at(figures), "Case files audited", "This year so far")
    yield Table("Coverage by kind of case", head, rows, (1, 2, 3))
    yield from _kinds(figures)
    yield from _quotas(figures)


def _as_at(figures: PeriodFigures) -> str:
    return f"Open cases on {day_in_words(figures.listed_on)}" if figures.listed_on else "Open cases"


def _teams_not_reached(figures: PeriodFigures) -> tuple[str, ...]:
    """Teams with open cases of which no file was audited this year; within the service only."""
    if figures.circulated or not figures.open:
        return ()
    reached = {row.team for row in figures.files if row.kind == CASE_FILE}
    missed = sorted({one.team for one in figures.open if one.cases} - reached, key=str.casefold)
    if not missed:
        return ("A file of every team that holds cases has been audited this year.",)
    named = listed(missed[:MOST]) if len(missed) <= MOST else f"{listed(missed[:MOST], 'or')} and others"
    return (f"No file has been audited this year of {plural(len(missed), 'team')} that hold cases: {named}.",)


def _kinds(figures: PeriodFigures) -> Iterator[Block]:
    """The audits by kind, and how they were chosen."""
    labels = {kind.key: kind.plural for kind in figures.framework.kinds}
    found: dict[str, list[int]] = {}
    for row in figures.files:
        if row.within:
            found.setdefault(labels.get(row.kind, row.kind), [0, 0])[not row.random] += row.files
    rows = tuple((kind, f"{random}", f"{chosen}") for kind, (random, chosen) in sorted(found.items()))
    yield Table("Audits by kind", ("Kind of audit", "Drawn at random", "Chosen for a reason"), rows, (1, 2))


def _quotas(figures: PeriodFigures) -> Iterator[Block]:
    """Records done against owed, by post. It is of those who audit, so it stays within the service."""
    if not figures.quotas:
        return
    rows = tuple(
        (each.post, f"{each.owed}", f"{each.done}", f"{each.late}", f"{each.excused}") for each in figures.quotas
    )
    head = ("Post", "Records owed", "Submitted", "Of these late", "Excused")
    yield Table("Records done against owed", head, rows, (1, 2, 3, 4))
    if figures.to_inspect:
        yield Text(
            (
                f"Senior managers inspected the supervision notes of {figures.inspected} of "
                f"{plural(figures.to_inspect, 'practitioner')} shared out to them.",
            )
        )
