"""The tables of grades that a report of a period publishes: whole within the service, protected outside it.

Everything said of grades is said from these tables, so that nothing hidden in one place stands in another. Outside the
service counts are rounded and small ones hidden, in sight of every table published before; a quarter that was published
is shown again as it was, not counted anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from goldenthread.learn.queries.period_facts import PeriodFigures, label_of, split, total
from goldenthread.method.disclosure import Released, protect
from goldenthread.method.refusal import Refused

Counts = Mapping[str, Mapping[str, int]]

POPULATION = "case_file:random:overall"
PERIOD, GRADE = "period", "grade"
NO_FILE = ("No file",)
FEW_FILES = "Teams with fewer files, together"


@dataclass(frozen=True, slots=True)
class Drafting:
    """What a report of a period is composed from: its figures, and its tables as its readers may have them.

    `trend` has a row for each period of the trend, `whole` one for the report's own; the others have its groups.
    `alone` has, outside the service, a table of one row for each section and each theme, by what it counts.
    """

    figures: PeriodFigures
    trend: Released
    whole: Released
    status: Released
    service: Released | None = None
    team: Released | None = None
    alone: Mapping[str, Released] = field(default_factory=dict)

    @property
    def unfinished(self) -> int:
        return 0

    @property
    def released(self) -> tuple[Released, ...]:
        """The tables that leave the service, for the attacker."""
        tables = (self.trend, self.whole, self.status, self.service, *self.alone.values())
        return tuple(each for each in tables if each is not None and each.rows and each.rows != NO_FILE)

    @property
    def own(self) -> tuple[int | None, int | None]:
        """Files good or better in the period itself, and all of them, as they may be shown."""
        return self.whole.cells[0][0], self.whole.cells[0][-1]


def drafting(figures: PeriodFigures, earlier: Sequence[Released] = ()) -> Drafting:
    """The figures with their tables. `earlier`: every table that was published outside the service before."""
    known = list(earlier)
    trend = _trend(figures, known)
    known += [trend] if trend.rows else []
    whole = _whole(figures, trend, known)
    known.append(whole)
    status = _grouped(figures, "status", split(figures, figures.random, lambda row: row.status), known)
    known += [status] if status.rows not in ((), NO_FILE) else []
    service = team = None
    if figures.detail in ("service", "team"):
        service = _grouped(figures, "service", split(figures, figures.random, lambda row: row.service), known)
    if figures.detail == "team" and not figures.circulated:
        teams = large_enough(figures, split(figures, figures.random, lambda row: row.team))
        team = _grouped(figures, "team", teams, known)
    counted = _counted_alone(figures)
    alone = {name: one for name, hit, of in counted if (one := _alone(figures, name, hit, of, earlier))}
    return Drafting(figures, trend, whole, status, service, team, alone)


def as_shown(drafted: Drafting, name: str, hit: int, of: int) -> tuple[int | None, int | None]:
    """A count that stands by itself and what it is of, as their readers may have them."""
    if not drafted.figures.circulated:
        return hit, of
    table = drafted.alone.get(name)
    return (table.cells[0][0], table.cells[0][-1]) if table else (None, None)


def section_name(section: str) -> str:
    return f"case_file:random:section:{section}"


def theme_name(domain: str, sort: str, theme: str) -> str:
    return f"case_file:random:theme:{domain}:{sort}:{theme}"


def sections_of(figures: PeriodFigures) -> dict[str, tuple[int, int]]:
    """Each section, in the template's order: files that were good or better, and all it applies to."""
    counts: dict[str, list[int]] = {}
    for row in figures.sections:
        found = counts.setdefault(row.section, [0, 0])
        found[0] += row.files * (row.grade in figures.good)
        found[1] += row.files
    return {section: (good, of) for section, (good, of) in counts.items()}


def _counted_alone(figures: PeriodFigures) -> Iterator[tuple[str, int, int]]:
    if not figures.circulated:
        return
    for section, (good, of) in sections_of(figures).items():
        yield section_name(section), good, of
    of = total(figures.random)
    for row in figures.themes:
        yield theme_name(row.domain, row.sort, row.theme), row.files, of


def _alone(figures: PeriodFigures, name: str, hit: int, of: int, earlier: Sequence[Released]) -> Released | None:
    counts = {figures.label: {"counted": hit, "not counted": of - hit}}
    rule = figures.framework.protection
    try:
        return protect(
            counts, rule.suppress_below, population=name, by=(PERIOD, "found"), parts=_quarters_within(figures),
            round_to=rule.round_to, earlier=earlier,
        )  # fmt: skip
    except Refused:  # beside what was published before, not even a hidden count may be told
        return None


def _quarters_within(figures: PeriodFigures) -> dict[str, tuple[str, ...]]:
    """A year is made of its quarters: what they add up to is told to the attacker."""
    within = tuple(
        label_of(each.period)
        for each in figures.readings
        if each.files and each.period != figures.period and each.period.within(figures.period)
    )
    return {figures.label: within} if within else {}


def large_enough(figures: PeriodFigures, counts: Counts) -> dict[str, Mapping[str, int]]:
    """Teams with as many files as the framework asks for, alphabetical; all the others together, last."""
    least = figures.framework.protection.team_minimum
    shown = {name: row for name, row in counts.items() if sum(row.values()) >= least}
    few = [row for name, row in counts.items() if name not in shown]
    if few:
        shown[FEW_FILES] = {column: sum(row[column] for row in few) for column in few[0]}
    return shown


def _grouped(figures: PeriodFigures, by: str, counts: Counts, earlier: Sequence[Released]) -> Released:
    scope = {PERIOD: figures.label}
    if not counts:
        counts = {NO_FILE[0]: {figures.good_label: 0, figures.below_label: 0}}
    return _fit(figures, counts, (by, GRADE), scope, earlier)


def _trend(figures: PeriodFigures, earlier: Sequence[Released]) -> Released:
    """One row a period. Outside the service a period that was published already keeps the numbers it was given."""
    counts = {
        label_of(each.period): {figures.good_label: each.good, figures.below_label: each.files - each.good}
        for each in figures.readings
        if each.files
    }
    if not counts:
        return Released(POPULATION, (), (figures.good_label, figures.below_label), ((None,) * 3,), by=(PERIOD, GRADE))
    if not figures.circulated:
        return _fit(figures, counts, (PERIOD, GRADE), {}, ())
    said = _said_before(earlier)
    new = {label: row for label, row in counts.items() if label not in said}
    lines = dict(said)
    if new:
        fit = _fit(figures, new, (PERIOD, GRADE), {}, earlier)
        lines |= dict(zip(fit.rows, fit.cells, strict=False))
    # A period's own total may be told; what all of them come to may not, since no reader needs it.
    cells = (*(lines[label] for label in counts), (None,) * 3)
    return Released(
        POPULATION, tuple(counts), (figures.good_label, figures.below_label), cells, by=(PERIOD, GRADE),
        round_to=figures.framework.protection.round_to,
    )  # fmt: skip


def _whole(figures: PeriodFigures, trend: Released, earlier: Sequence[Released]) -> Released:
    """The period itself: its line of the trend where it has one; a year's is made of its quarters'."""
    label = figures.label
    columns = (figures.good_label, figures.below_label)
    if label in trend.rows:
        line = trend.cells[trend.rows.index(label)]
        return Released(POPULATION, (label,), columns, (line, line), by=(PERIOD, GRADE), round_to=trend.round_to)
    counts = split(figures, figures.random, lambda row: label) or {label: dict.fromkeys(columns, 0)}
    return _fit(figures, counts, (PERIOD, GRADE), {}, earlier, _quarters_within(figures))


def _said_before(earlier: Sequence[Released]) -> dict[str, tuple[int | None, ...]]:
    tables = [each for each in earlier if each.population == POPULATION and each.by == (PERIOD, GRADE)]
    return {label: line for table in tables for label, line in zip(table.rows, table.cells, strict=False)}


def _fit(
    figures: PeriodFigures,
    counts: Counts,
    by: tuple[str, str],
    scope: Mapping[str, str],
    earlier: Sequence[Released],
    parts: Mapping[str, tuple[str, ...]] | None = None,
) -> Released:
    rule = figures.framework.protection
    if figures.circulated:
        fit = partial(
            protect, counts, rule.suppress_below, population=POPULATION, by=by, scope=scope, parts=parts,
            round_to=rule.round_to,
        )  # fmt: skip
        try:
            return fit(earlier=earlier)
        except Refused:  # nothing fits beside what is out: the attacker says why, and the edition is not published
            return fit()
    columns = tuple(next(iter(counts.values())))
    lines = [(*row.values(), sum(row.values())) for row in counts.values()]
    sums = tuple(sum(column) for column in zip(*lines, strict=True))
    return Released(POPULATION, tuple(counts), columns, (*lines, sums), by=by, scope=dict(scope))
