"""Reading what practitioners are told of a half-year: themes counted, beside those of the half-year before.

Every number is as the tables that are published have it: rounded, hidden where it is small, held against whatever was
published before. What auditors wrote is no part of these facts: it may hold details of a child. `material` gives it to
the unit alone, beside the form in which it writes its own words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from goldenthread.audit.models import Finding
from goldenthread.audit.queries.audits import submitted_in
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.framework.queries import theme_label
from goldenthread.learn.periodic.tables import Drafting, drafting, theme_name
from goldenthread.learn.queries.editions import released_before
from goldenthread.learn.queries.period import period_figures
from goldenthread.learn.queries.period_facts import total
from goldenthread.method.disclosure import Released
from goldenthread.method.effect import Count
from goldenthread.method.framework import Framework
from goldenthread.method.parts import AUDITORS
from goldenthread.method.periods import Period, period_of, periods
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority, Person

MOST = 60  # findings shown as material


@dataclass(frozen=True, slots=True)
class Told:
    """One theme as readers have it: in about how many of the random files it was noted, and of those of the half-year
    before; None where the number is too small to show, or nothing is known."""

    domain: str
    sort: str
    theme: str
    files: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class BriefingFigures:
    """What a briefing says, before it is said. `of`, `of_before`: about how many random case files there were in this
    half-year and the one before (None: not to be shown); `good`, `good_before`: about how many of how many were good or
    better. `files`, `further`: exactly how many were random, and how many were not; these are shown to nobody.
    """

    council: str
    framework: Framework
    period: Period
    before: Period
    good_label: str
    files: int
    further: int
    of: int | None
    of_before: int | None
    good: Count | None
    good_before: Count | None
    told: tuple[Told, ...]
    tables: tuple[Released, ...]

    def themes(self, sort: str, domain: str) -> tuple[Told, ...]:
        """Those of this kind that may be shown, the commonest first."""
        found = [one for one in self.told if (one.sort, one.domain) == (sort, domain) and one.files]
        return tuple(sorted(found, key=lambda one: (-(one.files or 0), one.theme)))

    @property
    def held_back(self) -> bool:
        return any(one.files is None for one in self.told)


def briefing_figures(authority: Authority, period: Period, today: date) -> BriefingFigures:
    """A fixed number of statements. Refused: a half-year in which no audit was submitted."""
    earlier = released_before(authority.pk)
    now = _drafted(authority, period, today, earlier)
    found = now.figures
    every, month = found.framework.briefing.every, found.framework.year_starts_month
    before = period_of(period.starts_on - timedelta(days=1), every, month)
    last = _or_none(authority, before, today, earlier)
    shown, shown_before = _shown(now), _shown(last) if last else {}
    return BriefingFigures(
        council=authority.name,
        framework=found.framework,
        period=period,
        before=before,
        good_label=found.good_label,
        files=total(found.random),
        further=total(found.others),
        of=now.own[1],
        of_before=last.own[1] if last else None,
        good=_good(now),
        good_before=_good(last) if last else None,
        told=tuple(Told(*key, files, shown_before.get(key)) for key, files in shown.items()),
        tables=(*_tables(now), *(_tables(last) if last else ())),
    )


def _drafted(authority: Authority, period: Period, today: date, earlier: Sequence[Released]) -> Drafting:
    """The half-year counted and protected; its quarters beside it, as what was told of them tells of their sum."""
    month = period.starts_on.month
    quarters = list(periods("quarter", period.starts_on, period.ends_on, month))
    return drafting(period_figures(authority, period, today, points=quarters, circulated=True), earlier)


def _or_none(authority: Authority, period: Period, today: date, earlier: Sequence[Released]) -> Drafting | None:
    try:
        return _drafted(authority, period, today, earlier)
    except Refused:  # no audit was submitted, or no framework was in force
        return None


Key = tuple[str, str, str]
"""(domain, sort, theme)."""


def _shown(drafted: Drafting) -> Mapping[Key, int | None]:
    """Each theme's number of files as it may be shown."""
    rows = [(row.domain, row.sort, row.theme) for row in drafted.figures.themes]
    tables = {key: drafted.alone.get(theme_name(*key)) for key in rows}
    return {key: table.cells[0][0] if table else None for key, table in tables.items()}


def _good(drafted: Drafting) -> Count | None:
    """From the numbers that are published, so that nothing more can be worked out of what is said of them."""
    good, of = drafted.own
    return Count(good, of) if good is not None and of else None


def _tables(drafted: Drafting) -> tuple[Released, ...]:
    """What the briefing tells: the half-year's grades, and its themes."""
    names = {theme_name(row.domain, row.sort, row.theme) for row in drafted.figures.themes}
    themes = (table for name, table in drafted.alone.items() if name in names)
    return tuple(table for table in (drafted.whole, *themes) if table.rows)


def material(person: Person, period: Period) -> QuerySet[Any]:
    """What auditors wrote as good practice in the period, with `words` for its theme: to be told anew in the unit's own
    words, never to be passed on. Nothing of a file that she is grading blind."""
    found = Finding.objects.filter(
        ~blind_to(person.pk, "part__audit"), submitted_in(period, "part__audit__"), authority=person.authority_id,
        part__audit__state="submitted", part__kind__in=AUDITORS, sort="good", removed=False,
    )  # fmt: skip
    return found.annotate(words=theme_label()).order_by("words", "-pk")[:MOST]
