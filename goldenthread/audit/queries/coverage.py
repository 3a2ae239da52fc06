"""The year's coverage as its page shows it: the ledger of teams and kinds of case, and each senior manager's share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.audit.queries.inspections import CASE_FILE, Cell, Row, register
from goldenthread.method.periods import periods
from goldenthread.plan.models import Year
from goldenthread.plan.queries.years import year_now, years_of
from goldenthread.select.queries.frames import SUPERVISION
from goldenthread.select.queries.ledger import Ledger, ledger
from goldenthread.web.wording import day, listed

NAMED = {CASE_FILE: "a case file", SUPERVISION: "supervision notes"}


@dataclass(frozen=True, slots=True)
class Share:
    """What a senior manager inspects in the year by recommendation 30: each kind of file in each quarter is one thing.

    `missed`: of quarters that are over; `owed`: of the quarter that is on, each kind with its last day.
    """

    name: str
    post: str
    asked: int
    done: int
    missed: int
    owed: tuple[str, ...]
    by: date | None

    @property
    def words(self) -> str:
        """What is owed now and by when; nothing where nothing is."""
        if not self.owed:
            return ""
        said = listed(self.owed)
        return f"{said[0].upper()}{said[1:]} by {day(self.by, 'plain')}."


@dataclass(frozen=True, slots=True)
class YearCovered:
    """`ledger`: None before any case list is loaded."""

    year: Year
    years: Sequence[Year]
    ledger: Ledger | None
    shares: Sequence[Share]


def coverage_of(authority_id: int, today: date, code: str = "") -> YearCovered | None:
    """A year's coverage, or that of the year that is on; None where there is no such year. Eleven statements."""
    years = list(years_of(authority_id))
    year = next((each for each in years if each.code == code), None) if code else year_now(years, today)
    return YearCovered(year, years, ledger(year, today), shares_of(year, today)) if year else None


def shares_of(year: Year, today: date) -> list[Share]:
    """Each senior manager's, by name; three statements."""
    framework = year.framework.parsed
    every = framework.recommendation_30.every
    quarters = list(periods(every, year.starts_on, year.ends_on, framework.year_starts_month))
    return [_share(row, today) for row in register(year.authority_id, framework, quarters, today)]


def _share(row: Row, today: date) -> Share:
    cells = [cell for cell in row.cells if cell]
    missing = [(cell, kind) for cell in cells for kind in cell.kinds if not _inspected(cell, kind)]
    now = [(cell, kind) for cell, kind in missing if cell.begun and cell.last >= today]
    asked = sum(len(cell.kinds) for cell in cells)
    return Share(
        row.person.name,
        row.title,
        asked,
        done=asked - len(missing),
        missed=sum(cell.last < today for cell, _ in missing),
        owed=tuple(NAMED.get(kind, kind) for _, kind in now),
        by=now[0][0].last if now else None,
    )


def _inspected(cell: Cell, kind: str) -> bool:
    return bool(cell.case_files if kind == CASE_FILE else cell.notes)
