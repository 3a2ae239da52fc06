"""Reading one team's year: its files that came back, their grades and themes, its tasks, and what is coming.

Only what was returned to the team is read: a grade is its manager's to see from then on, not before. Files drawn at
random and files chosen for a reason are told apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from goldenthread.act.models import Reaudit, Return, Task
from goldenthread.audit.models import Audit, Finding, Judgement, Moderation
from goldenthread.audit.queries.audits import submitted_in
from goldenthread.audit.queries.drawn import LONG
from goldenthread.framework.models import Theme
from goldenthread.framework.queries import framework_in_force
from goldenthread.learn.queries.team_facts import (
    Coming,
    TeamFigures,
    TeamFile,
    TeamReaudit,
    TeamTasks,
    TeamTheme,
    good_labels,
)
from goldenthread.method.access import Is, may
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period, period_of
from goldenthread.method.refusal import Refused
from goldenthread.method.selecting import RANDOM
from goldenthread.people.models import Person, Team
from goldenthread.people.standing import standings, standings_towards
from goldenthread.plan.models import Session
from goldenthread.select.models import CaseLine, CaseList

AHEAD = timedelta(days=183)  # how far sessions are looked for
SHOWN = 6  # of the coming ones
MODERATED = ("agreed", "challenged", "decided")


# --- whose page ----------------------------------------------------------------------------------------------


def may_read_team(person: Person, team: Team) -> bool:
    """The list form is `teams_readable_by`."""
    held = standings_towards(person, authority=team.authority_id, team=team.pk, service=team.parent_id or team.pk)
    return may("read a team's own page", held)


def teams_readable_by(person: Person) -> QuerySet[Team]:
    """The teams whose own page this person may read; services are no teams here."""
    teams = Team.objects.filter(authority=person.authority_id, parent__isnull=False).select_related("parent")
    everywhere = standings(person) & {Is.QUALITY_ASSURANCE, Is.DIRECTOR}
    if not may("read a team's own page", everywhere):
        teams = teams.filter(Q(pk__in=person.teams_managed) | Q(parent__in=person.services_managed))
    return teams.order_by("parent__name", "name")


def of_team(team: Team, path: str = "") -> Q:
    return Q(**{f"{path}team": team.pk})


def year_of_team(team: Team, today: date) -> Period:
    """The audit year in which the day lies, as the framework in force begins it."""
    framework = framework_in_force(team.authority_id, today).parsed
    return period_of(today, "year", framework.year_starts_month)


# --- the figures ---------------------------------------------------------------------------------------------


def team_figures(team: Team, period: Period, today: date) -> TeamFigures:
    """Read it all, in a fixed number of statements however many files the team has.

    Refused when the team was closed before the period began.
    """
    if team.closed_on and team.closed_on < period.starts_on:
        raise Refused(f"{team.name} was closed before {period.label} began, so there is no page of it.")
    framework = framework_in_force(team.authority_id, min(today, period.ends_on)).parsed
    audits = list(_returned_audits(team, period))
    grades = _grades(audits)
    listed, statuses = _open_cases(team)
    return TeamFigures(
        council_name=team.authority.name, framework=framework, team=team.name, closed_on=team.closed_on,
        period=period, as_of=min(today, period.ends_on), files=tuple(_files(audits, grades, framework)),
        awaiting=_submitted(team, period).exclude(pk__in=_ids_returned(team)).count(),
        council=_council(team.authority_id, period, framework), themes=tuple(_themes(audits, framework)),
        tasks=_tasks(audits, today), reaudits=tuple(_reaudits(audits, framework)),
        shift=_shift(audits, grades, framework), open_cases=sum(statuses.values()),
        listed_on=listed.as_at if listed else None, coming=tuple(_coming(team, statuses, today)),
    )  # fmt: skip


def _submitted(team: Team, period: Period) -> QuerySet[Audit]:
    return Audit.objects.filter(of_team(team), submitted_in(period), state="submitted", authority=team.authority_id)


def _ids_returned(team: Team) -> QuerySet[Any]:
    return Return.objects.filter(audit__team=team.pk).values("audit")


def _returned_audits(team: Team, period: Period) -> QuerySet[Audit]:
    related = ("session__group", "template", "case__draw", "framework")
    large = ("template__source", "framework__source", *LONG)
    returned = Return.objects.filter(audit=OuterRef("pk"))
    found = _submitted(team, period).filter(Exists(returned)).select_related(*related).defer(*large)
    return found.order_by("session__held_on", "pk")


Grades = Mapping[int, Mapping[tuple[str, str], tuple[str, bool]]]
"""Of each audit: (section, stage) → (grade, whether it stands)."""


def _grades(audits: Sequence[Audit]) -> Grades:
    found: dict[int, dict[tuple[str, str], tuple[str, bool]]] = defaultdict(dict)
    rows = Judgement.objects.filter(audit__in=[audit.pk for audit in audits]).order_by("pk")
    for audit, section, stage, grade, stands in rows.values_list("audit", "section", "stage", "grade", "stands"):
        found[audit][section, stage] = (grade, stands)
    return found


def _files(audits: Sequence[Audit], grades: Grades, framework: Framework) -> Iterator[TeamFile]:
    labels = {grade.key: grade.label for grade in framework.grades}
    statuses = {status.key: status.label for status in framework.statuses}
    for audit in audits:
        stands = {section: grade for (section, _), (grade, holds) in grades.get(audit.pk, {}).items() if holds}
        yield TeamFile(
            held_on=audit.session.held_on, group=audit.session.group.name,
            status=statuses.get(audit.status, audit.status), grade=labels.get(stands.get("", ""), stands.get("", "")),
            at_random=audit.case.draw.way in RANDOM,
            sections=tuple(
                (section.label, labels.get(stands[section.name], stands[section.name]))
                for section in audit.template.parsed.sections if section.name in stands
            ),
        )  # fmt: skip


def _council(authority_id: int, period: Period, framework: Framework) -> tuple[int, int]:
    """(Good or better, n) of the whole council's files drawn at random in the period."""
    rows = Judgement.objects.filter(
        submitted_in(period, "audit__"), audit__authority=authority_id, audit__state="submitted",
        audit__case__draw__way__in=RANDOM, section="", stands=True,
    )  # fmt: skip
    counts = dict(rows.order_by().values_list("grade").annotate(Count("pk")))
    good, labels = good_labels(framework), {grade.key: grade.label for grade in framework.grades}
    return sum(count for grade, count in counts.items() if labels.get(grade) in good), sum(counts.values())


def _themes(audits: Sequence[Audit], framework: Framework) -> Iterator[TeamTheme]:
    """Good first, then the commonest; a file counts once for a theme however often it was noted in it."""
    labels = {theme.key: theme.label for theme in framework.themes}
    pks = [audit.pk for audit in audits]
    if audits:
        labels |= dict(Theme.objects.filter(authority=audits[0].authority_id).values_list("key", "label"))
    rows = Finding.objects.filter(part__audit__in=pks, removed=False).order_by()
    counted = Counter(
        (sort, domain, theme)
        for _, sort, domain, theme in rows.values_list("part__audit", "sort", "domain", "theme").distinct()
    )
    order = sorted(counted.items(), key=lambda one: (one[0][0] != "good", -one[1], labels.get(one[0][2], one[0][2])))
    for (sort, domain, theme), files in order:
        yield TeamTheme(labels.get(theme, theme), domain, sort, files)


# --- what followed, and what is coming -----------------------------------------------------------------------


def _tasks(audits: Sequence[Audit], today: date) -> TeamTasks:
    tasks = Task.objects.filter(returned__audit__in=[audit.pk for audit in audits])
    return TeamTasks(
        **tasks.aggregate(
            to_do=Count("pk", filter=Q(state="to do", due_on__gte=today)),
            late=Count("pk", filter=Q(state="to do", due_on__lt=today)),
            challenged=Count("pk", filter=Q(state="challenged")),
            done=Count("pk", filter=Q(state="done")),
            signed_off=Count("pk", filter=Q(state="signed off")),
            dropped=Count("pk", filter=Q(state="dropped")),
        )
    )


def _reaudits(audits: Sequence[Audit], framework: Framework) -> Iterator[TeamReaudit]:
    """Files to be audited again, with the grade before; after it only once that audit is back with the team too."""
    labels = {grade.key: grade.label for grade in framework.grades}
    overall = Judgement.objects.filter(section="", stands=True)
    back = Return.objects.filter(audit=OuterRef("again"))
    rows = (
        Reaudit.objects.filter(audit__in=[audit.pk for audit in audits])
        .exclude(state="excused")
        .annotate(
            before=_grade_of(overall, "audit"), after=_grade_of(overall, "again"), back=Exists(back)
        )
        .order_by("due_on", "pk")
    )  # fmt: skip
    for one in rows:
        after = one.after if one.back else ""
        yield TeamReaudit(one.due_on, one.get_state_display(), labels.get(one.before, ""), labels.get(after, ""))


def _grade_of(overall: QuerySet[Judgement], path: str) -> Any:
    return Subquery(overall.filter(audit=OuterRef(path)).values("grade")[:1])


def _shift(audits: Sequence[Audit], grades: Grades, framework: Framework) -> tuple[int, int, int]:
    """Of the files that went through moderation: how many overall grades were kept, came lower, came higher."""
    places = {grade.key: place for place, grade in enumerate(framework.grades)}
    settled = Moderation.objects.filter(audit__in=[audit.pk for audit in audits], state__in=MODERATED)
    kept = lower = higher = 0
    for audit in set(settled.exclude(stage="challenge").values_list("audit", flat=True)):
        found = grades.get(audit, {})
        first = found.get(("", "auditor"), ("", False))[0]
        last = next((grade for (section, _), (grade, stands) in found.items() if not section and stands), "")
        if first in places and last in places:
            moved = places[last] - places[first]
            kept, lower, higher = kept + (moved == 0), lower + (moved > 0), higher + (moved < 0)
    return kept, lower, higher


def _open_cases(team: Team) -> tuple[CaseList | None, Mapping[str, int]]:
    """The council's last case list, and the team's cases on it by status."""
    lists = CaseList.objects.filter(authority=team.authority_id, kind="case_file", state="loaded")
    last = lists.only("as_at").order_by("-as_at", "-pk").first()
    lines = CaseLine.objects.filter(case_list=last, team=team.pk) if last else CaseLine.objects.none()
    return last, dict(lines.order_by().values_list("status").annotate(Count("pk")))


def _coming(team: Team, statuses: Mapping[str, int], today: date) -> Iterator[Coming]:
    """Published sessions of groups that audit cases such as the team holds; none once it is closed."""
    if team.closed_on and team.closed_on < today:
        return
    sessions = Session.objects.filter(
        authority=team.authority_id, held_on__gte=today, held_on__lte=today + AHEAD, cancelled_at__isnull=True,
        published_at__isnull=False,
    ).select_related("group").order_by("held_on", "pk")  # fmt: skip
    takes = [
        one for one in sessions if not one.group.statuses or not statuses or set(one.group.statuses) & set(statuses)
    ]
    for one in takes[:SHOWN]:
        yield Coming(one.held_on, one.group.name, one.focus)
