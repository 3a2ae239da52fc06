"""What practice looks like today, for those who answer for it: read from counts that are kept, so it counts no files.

Ten statements, however many audits and tasks there are. Nobody who grades a file blind learns its grade here: what
such a file counts under is taken off for her.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, F, Q, QuerySet, Sum

from goldenthread.act.queries.assurance import late_on, tasks_assured_by
from goldenthread.act.queries.concerns import concerns_visible_to
from goldenthread.act.queries.reaudits import reaudits_visible_to
from goldenthread.audit.models import FileCount
from goldenthread.audit.queries.blindness import hidden_from
from goldenthread.audit.queries.counting import counted_in
from goldenthread.framework.queries import framework_in_force, theme_words, themes_of
from goldenthread.method.framework import Framework
from goldenthread.method.marks import GRADE, MOVED, THEME
from goldenthread.method.periods import Period, period_of, periods
from goldenthread.people.models import Person
from goldenthread.people.queries import teams_of
from goldenthread.plan.models import Year
from goldenthread.plan.queries.years import year_on

QUARTERS = 12  # looked back on
THEMES_SHOWN = 5  # of each sort
CASE_FILE = "case_file"
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Graded:
    """The random case files of one period by grade."""

    period: Period
    grades: Counter[str]

    @property
    def files(self) -> int:
        return self.grades.total()

    def of(self, grades: Iterable[str]) -> int:
        return sum(self.grades[grade] for grade in grades)


@dataclass(frozen=True, slots=True)
class Found:
    """A theme, and in how many random files of the year it was found as good practice or for improvement (`sort`)."""

    key: str
    label: str
    sort: str
    domain: str
    files: int


@dataclass(frozen=True, slots=True)
class ServiceTasks:
    """How the tasks of one service stand today."""

    key: int | None
    name: str
    open: int
    late: int
    soon: int
    to_sign: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`beside`: the year's files chosen for a reason, in no grade here. `audited`: teams with a random one."""

    framework: Framework
    year: Period
    planned: Year | None
    quarters: Sequence[Graded]
    this_year: Graded
    beside: int
    moved: Counter[str]
    themes: Sequence[Found]
    teams: int
    audited: int
    tasks: Sequence[ServiceTasks]
    reaudits_late: int
    reaudits_owed: int
    concerns: int
    counting: bool  # whether anything is counted yet

    @property
    def good(self) -> tuple[str, ...]:
        """The grades that are good or better."""
        keys = [grade.key for grade in self.framework.grades]
        return tuple(keys[: keys.index(self.framework.grading.good_from) + 1])


def overview_of(person: Person, today: date) -> Overview:
    """What she may see of it: all of the council for the unit and the directors, else her services."""
    framework = framework_in_force(person.authority_id, today).parsed
    year = period_of(today, "year", framework.year_starts_month)
    spans = tuple(
        periods("quarter", today - relativedelta(months=3 * (QUARTERS - 1)), today, framework.year_starts_month)
    )
    first = min(spans[0].starts_on, year.starts_on)
    counts = _counts(person, first)
    quarters = [Graded(span, _summed(counts, span, GRADE)) for span in spans]
    owed = reaudits_visible_to(person).filter(state__in=["owed", "arranged"])
    again = owed.order_by().aggregate(owed=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    teams = [team for team in teams_of(person.authority_id, today) if team.parent_id and _hers(person, team.parent_id)]
    return Overview(
        framework=framework,
        year=year,
        planned=year_on(person.authority_id, today),
        quarters=quarters,
        this_year=Graded(year, _summed(counts, year, GRADE)),
        beside=sum(n for key, n in counts.items() if key[0] in year and not key[1] and key[2] == GRADE),
        moved=_summed(counts, year, MOVED),
        themes=_themes(person, counts, year, framework),
        teams=len(teams),
        audited=_teams_audited(person, year, {team.pk for team in teams}),
        tasks=_tasks(person, today),
        reaudits_owed=again["owed"],
        reaudits_late=again["late"],
        concerns=concerns_visible_to(person).exclude(state="closed").count(),
        counting=bool(counts),
    )


# --- the counts that are kept --------------------------------------------------------------------------------

Key = tuple[date, bool, str, str]  # month, by chance, measure, value


def _here(person: Person) -> QuerySet[FileCount]:
    rows = FileCount.objects.filter(authority=person.authority_id, kind=CASE_FILE)
    return rows if _everywhere(person) else rows.filter(service__in=person.services_managed)


def _everywhere(person: Person) -> bool:
    return person.is_quality_assurance or person.is_director


def _hers(person: Person, service: int | None) -> bool:
    return _everywhere(person) or service in person.services_managed


def _counts(person: Person, first: date) -> Counter[Key]:
    """The marks since then, summed over places, less those of files she is grading blind; three statements at most."""
    wanted = Q(measure__in=[GRADE, MOVED]) | Q(measure__startswith=f"{THEME}:")
    rows = _here(person).filter(wanted, month__gte=first.replace(day=1), files__gt=0).order_by()
    found: Counter[Key] = Counter()
    for month, random, measure, value, files in rows.values_list("month", "random", "measure", "value").annotate(
        Sum("files")
    ):
        found[month, random, measure, value] = files
    hidden = counted_in(hidden_from(person).filter(state="submitted", kind=CASE_FILE))
    for (month, _, service, _, _, random, measure, value), files in hidden.items():
        if _hers(person, service):
            found[month, random, measure, value] -= files
    return +found


def _summed(counts: Counter[Key], period: Period, measure: str) -> Counter[str]:
    summed: Counter[str] = Counter()
    for (month, random, measured, value), files in counts.items():
        if random and measured == measure and month in period:
            summed[value] += files
    return summed


def _themes(person: Person, counts: Counter[Key], year: Period, framework: Framework) -> list[Found]:
    """The commonest of the year, good practice and for improvement apart; one statement for their words."""
    summed: Counter[tuple[str, str, str]] = Counter()
    for (month, random, measure, value), files in counts.items():
        if random and measure.startswith(f"{THEME}:") and month in year:
            _, sort, domain = measure.split(":")
            summed[sort, domain, value] += files
    labels = dict(themes_of(person.authority_id).order_by().values_list("key", "label"))
    found = [
        Found(theme, theme_words(labels.get(theme), theme, framework), sort, domain, files)
        for (sort, domain, theme), files in summed.items()
    ]
    found.sort(key=lambda each: (-each.files, each.label, each.domain))
    return [each for sort in ("good", "improve") for each in [one for one in found if one.sort == sort][:THEMES_SHOWN]]


def _teams_audited(person: Person, year: Period, teams: set[int]) -> int:
    rows = _here(person).filter(
        month__gte=year.starts_on, month__lte=year.ends_on, random=True, measure=GRADE, files__gt=0, team__in=teams
    )
    return rows.order_by().values("team").distinct().count()


# --- what is live ---------------------------------------------------------------------------------------------


def _tasks(person: Person, today: date) -> list[ServiceTasks]:
    """What is not signed off, by service; one statement over the open tasks alone."""
    rows = tasks_assured_by(person).filter(state__in=["to do", "challenged", "done"]).order_by()
    of_each = rows.values(key=F("returned__service"), name=F("returned__service__name"))
    found: Any = of_each.annotate(
        open=Count("pk", filter=Q(state__in=["to do", "challenged"])), late=Count("pk", filter=late_on(today)),
        soon=Count("pk", filter=Q(state="to do", due_on__gte=today, due_on__lte=today + SOON)),
        to_sign=Count("pk", filter=Q(state="done")),
    )  # fmt: skip
    tasks = [ServiceTasks(**row | {"name": row["name"] or "No service"}) for row in found]
    return sorted(tasks, key=lambda each: (each.key is None, each.name))
