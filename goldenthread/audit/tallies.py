"""What many owe, counted: by post, by team, month by month, and who is late time and again. Never by merit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.audit.queries.owed import Ledger, Line
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period, periods
from goldenthread.plan.queries.owed import Holder

OFTEN, OF_THE_LAST = 3, 6  # late in so many of the last so many months (quarters …): worth a talk
NO_TEAM = "No team"


@dataclass(frozen=True, slots=True)
class Tally:
    """Records of several lines together. `late` came after their day, `overdue` have not come and are late."""

    owed: int = 0
    exempt: int = 0
    submitted: int = 0
    late: int = 0
    overdue: int = 0
    extended: int = 0

    @property
    def asked(self) -> int:
        """Owed and not exempt."""
        return self.owed - self.exempt


def tally(lines: Iterable[Line], today: date) -> Tally:
    accounts = [line.account for line in lines]
    return Tally(
        owed=sum([each.owed for each in accounts]),
        exempt=sum([each.exempt for each in accounts]),
        submitted=sum([each.submitted for each in accounts]),
        late=sum([each.late for each in accounts]),
        overdue=sum([each.overdue(today) for each in accounts]),
        extended=sum([each.extended for each in accounts]),
    )


def by_post(lines: Iterable[Line], framework: Framework, today: date) -> list[tuple[str, Tally]]:
    """In the order of the framework's posts."""
    held = _grouped(lines, lambda line: line.holder.post)
    known = [(post.plural, held[post.key]) for post in framework.posts if post.key in held]
    return [(label, tally(each, today)) for label, each in known]


def by_team(lines: Iterable[Line], today: date) -> list[tuple[str, Tally]]:
    """By name; those in no team at the end."""
    held = _grouped(lines, lambda line: line.holder.team_name)
    return [(name or NO_TEAM, tally(held[name], today)) for name in sorted(held, key=lambda name: (not name, name))]


def by_month(found: Ledger, lines: Iterable[Line], today: date) -> list[tuple[Period, Tally]]:
    """Each month with the records that fell due in it, the oldest first."""
    due = _grouped(lines, lambda line: line.account.due.period.ends_on)
    months = periods("month", found.months.starts_on, found.months.ends_on, 1)
    return [(month, tally(due.get(month.ends_on, ()), today)) for month in months]


def often_late(lines: Iterable[Line], today: date) -> list[tuple[Holder, int]]:
    """Who was late, or is, in three or more of her last six months (quarters …) that are over; by name."""
    found = []
    for (holder, _), hers in _grouped(lines, lambda line: (line.holder, line.account.due.post)).items():
        over = [line.account for line in hers if line.account.due.due_on < today][-OF_THE_LAST:]
        if (times := sum(1 for account in over if account.behind(today))) >= OFTEN:
            found.append((holder, times))
    return found


def _grouped(lines: Iterable[Line], key: Callable[[Line], Any]) -> dict[Any, list[Line]]:
    groups = defaultdict[Any, list[Line]](list)
    for line in lines:
        groups[key(line)].append(line)
    return groups
