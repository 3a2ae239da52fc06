"""Coverage: each year's ledger, what of each team, status, locality and worker's team was audited and is owed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from goldenthread.learn.feeds.model import Asked, Column, Table
from goldenthread.plan.models import Year
from goldenthread.select.queries.ledger import ledger


def lines(asked: Asked) -> Iterator[Sequence[Any]]:
    """As the page of coverage has them; as many statements for each year, however many files."""
    for year in Year.objects.filter(authority=asked.authority).select_related("framework").order_by("starts_on"):
        if (asked.since and year.ends_on < asked.since) or (asked.until and year.starts_on > asked.until):
            continue
        found = ledger(year, year.ends_on)
        for line in found.lines if found else ():
            counts = (line.needed, line.held, line.random, line.purposive, line.waiting, line.owed)
            yield (year.code, year.starts_on, year.ends_on, line.what, line.key, line.name, *counts)


def _column(name: str, kind: str, meaning: str) -> Column:
    return Column(name, kind, meaning, (name,))


COLUMNS = (
    _column("year_id", "key", "The audit year."),
    _column("year_starts_on", "date", "Its first day."),
    _column("year_ends_on", "date", "Its last day."),
    _column("what", "text", "What the line counts: a team, a status, a locality, the workers of a team."),
    _column("key", "text", "Which one."),
    _column("name", "text", "Its name."),
    _column("needed", "whole", "Files (or workers) the year needs."),
    _column("held", "whole", "Open cases (or workers who hold any)."),
    _column("audited_at_random", "whole", "Audited, chosen by chance."),
    _column("audited_otherwise", "whole", "Audited, chosen otherwise."),
    _column("waiting", "whole", "Drawn and not audited yet."),
    _column("owed", "whole", "Still owed."),
)

TABLE = Table(
    "coverage",
    "Coverage",
    "One row for each line of each year's ledger of coverage.",
    Year,
    COLUMNS,
    worked_out={column.name: "the ledger of coverage (select/queries/ledger.py)" for column in COLUMNS},
    may="see the coverage",
    rows=lines,
)
