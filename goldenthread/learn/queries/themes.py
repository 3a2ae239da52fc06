"""Reading how often each theme was found, month by month or quarter by quarter, and the findings behind each number.

As in a period's report, an audit belongs to the day it was submitted on, a file counts once for a theme, and only case
files that chance chose stand in the trend: those chosen for a reason, or of another kind, are counted beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Count, ExpressionWrapper, IntegerField, Q, QuerySet, Value, When

from goldenthread.audit.models import Audit, Finding
from goldenthread.audit.queries import audits_visible_to
from goldenthread.audit.queries.audits import submitted_in
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.framework.models import Theme
from goldenthread.framework.queries import framework_in_force, theme_words
from goldenthread.learn.models import Briefing
from goldenthread.learn.queries.period_facts import CASE_FILE
from goldenthread.method.access import Is, may
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Every, Period, period_of
from goldenthread.method.selecting import RANDOM
from goldenthread.people.models import Person
from goldenthread.people.queries import teams_of
from goldenthread.people.standing import standings

BACK: Mapping[Every, int] = {"month": 12, "quarter": 8}  # periods shown, this one among them
PAGE = 50
SORTS, DOMAINS = ("improve", "good"), ("practice", "process")


def may_see_themes(person: Person) -> bool:
    return may("see the themes", standings(person))


def reads_every_audit(person: Person) -> bool:
    """Whether the findings behind each number are hers to read."""
    return may("read an audit", standings(person) & {Is.QUALITY_ASSURANCE, Is.DIRECTOR})


def teams_to_narrow_by(person: Person, today: date) -> list[tuple[str, str]]:
    """The teams whose figures alone this person may see: all of them, those of her services, or her own."""
    teams = teams_of(person.authority_id, today).filter(parent__isnull=False)
    if not reads_every_audit(person):
        teams = teams.filter(Q(pk__in=person.teams_managed) | Q(parent__in=person.services_managed))
    return [(str(team.pk), team.name) for team in teams]


def spans_until(today: date, every: Every, framework: Framework) -> list[Period]:
    """The last months or quarters of the council's year, this one last."""
    found = [period_of(today, every, framework.year_starts_month)]
    while len(found) < BACK[every]:
        found.append(period_of(found[-1].starts_on - timedelta(days=1), every, framework.year_starts_month))
    return found[::-1]


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A briefing that took up a theme."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One theme: in how many random files of each period it was found, and in how many other files."""

    key: str
    label: str
    files: tuple[int, ...]
    beside: int
    briefings: tuple[TakenUp, ...]

    @property
    def total(self) -> int:
        return sum(self.files)


@dataclass(frozen=True, slots=True)
class ThemeTrends:
    """The lines of each (sort, domain), the commonest first, with how many files each number is out of."""

    spans: tuple[Period, ...]
    files: tuple[int, ...]
    beside: int
    lines: Mapping[tuple[str, str], tuple[ThemeLine, ...]]
    team_minimum: int

    @property
    def total(self) -> int:
        return sum(self.files)

    @property
    def heads(self) -> list[str]:
        """The periods in few words, as heads of narrow columns: "Oct 2026", "Jul to Sep 2026"."""
        return [
            f"{each.ends_on:%b %Y}" if each.starts_on.month == each.ends_on.month
            else f"{each.starts_on:%b} to {each.ends_on:%b %Y}"
            for each in self.spans
        ]  # fmt: skip


def theme_trends(person: Person, every: Every, today: date, team: int | None = None) -> ThemeTrends:
    """Five statements, however many audits; nothing of a file that this person is grading blind."""
    framework = framework_in_force(person.authority_id, today).parsed
    spans = spans_until(today, every, framework)
    audits = _audits(person, spans, team)
    sizes = _numbers(audits, spans, Count("pk"), "", ())
    counted = _numbers(_found(person, spans, team), spans, Count("part__audit", distinct=True), "part__audit__", (
        "sort", "domain", "theme",
    ))  # fmt: skip
    labels = dict(Theme.objects.filter(authority=person.authority_id).order_by().values_list("key", "label"))
    briefings = _briefings(person.authority_id, spans)
    lines: dict[tuple[str, str], list[ThemeLine]] = defaultdict(list)
    for (sort, domain, key), numbers in counted.items():
        label = theme_words(labels.get(key), key, framework)
        lines[sort, domain].append(ThemeLine(key, label, *numbers, tuple(briefings.get(key, ()))))
    files, beside = sizes.get((), ((0,) * len(spans), 0))
    ordered = {which: tuple(sorted(rows, key=lambda row: (-row.total, row.label))) for which, rows in lines.items()}
    return ThemeTrends(tuple(spans), files, beside, ordered, framework.protection.team_minimum)


def _audits(person: Person, spans: Sequence[Period], team: int | None) -> QuerySet[Audit]:
    whole = Period(spans[0].starts_on, spans[-1].ends_on)
    audits = Audit.objects.filter(
        submitted_in(whole), ~blind_to(person.pk), authority=person.authority_id, state="submitted"
    )
    return audits.filter(team=team) if team else audits


def _found(person: Person, spans: Sequence[Period], team: int | None) -> QuerySet[Finding]:
    whole = Period(spans[0].starts_on, spans[-1].ends_on)
    found = Finding.objects.filter(
        submitted_in(whole, "part__audit__"), ~blind_to(person.pk, "part__audit"), authority=person.authority_id,
        part__audit__state="submitted", removed=False,
    )  # fmt: skip
    return found.filter(part__audit__team=team) if team else found


Numbers = tuple[tuple[int, ...], int]


def _numbers(
    rows: QuerySet[Any], spans: Sequence[Period], counted: Count, path: str, by: tuple[str, ...]
) -> dict[tuple[str, ...], Numbers]:
    """By each of `by`: the number of each period among the random files, and that of all others. One statement."""
    place = Case(
        *(When(submitted_in(each, path), then=Value(at)) for at, each in enumerate(spans)),
        output_field=IntegerField(),
    )
    trend = {f"{path}case__draw__way__in": RANDOM, f"{path}kind": CASE_FILE}
    by_chance = ExpressionWrapper(Q(**trend), output_field=BooleanField())
    grouped = rows.order_by().annotate(place=place, by_chance=by_chance).values_list(*by, "place", "by_chance")
    files: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(spans))
    beside: dict[tuple[str, ...], int] = defaultdict(int)
    for *which, at, random, number in grouped.annotate(number=counted):
        files[tuple(which)]  # a theme of no random file has its line of noughts too
        if random:
            files[tuple(which)][at] += number
        else:
            beside[tuple(which)] += number
    return {which: (tuple(each), beside[which]) for which, each in files.items()}


def _briefings(authority_id: int, spans: Sequence[Period]) -> dict[str, list[TakenUp]]:
    """The briefings on these periods that took each theme up, the newest first; one statement."""
    briefings = Briefing.objects.filter(
        authority=authority_id, period_ends_on__gte=spans[0].starts_on, period_starts_on__lte=spans[-1].ends_on,
        themes__isnull=False,
    )  # fmt: skip
    rows = briefings.order_by("-period_ends_on", "-pk").values_list("themes__key", "code", "title")
    taken: dict[str, list[TakenUp]] = defaultdict(list)
    for key, code, title in rows:
        taken[key].append(TakenUp(code, title))
    return taken


# --- the findings behind a number -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings of a theme: of one sort and domain, submitted in this period, of the random files or the others,
    of one team."""

    theme: str
    sort: str
    domain: str
    period: Period
    random: bool = True
    team: int | None = None


@dataclass(frozen=True, slots=True)
class FindingPage:
    """One page of findings with their audits, the newest first, and the key that the next page begins after."""

    label: str
    findings: tuple[Finding, ...]
    older: int | None


def findings_behind(person: Person, wanted: FindingFilter, today: date, *, below: int | None = None) -> FindingPage:
    """Those of audits that this person may read; two statements, and the framework's."""
    found = Finding.objects.filter(
        submitted_in(wanted.period, "part__audit__"), part__audit__in=audits_visible_to(person),
        part__audit__state="submitted", theme=wanted.theme, sort=wanted.sort, domain=wanted.domain, removed=False,
    )  # fmt: skip
    trend = Q(part__audit__case__draw__way__in=RANDOM, part__audit__kind=CASE_FILE)
    found = found.filter(trend if wanted.random else ~trend)
    if wanted.team:
        found = found.filter(part__audit__team=wanted.team)
    if below is not None:
        found = found.filter(pk__lt=below)
    rows = list(found.select_related("part__audit").order_by("-pk")[: PAGE + 1])
    framework = framework_in_force(person.authority_id, today).parsed
    own = Theme.objects.filter(authority=person.authority_id, key=wanted.theme).values_list("label", flat=True).first()
    shown = rows[:PAGE]
    return FindingPage(
        theme_words(own, wanted.theme, framework), tuple(shown), shown[-1].pk if len(rows) > PAGE else None
    )
