"""Counting what a period found, in SQL: a fixed number of statements, however many audits there are.

One module for every report of a period, so that a number is the same wherever it stands. Judgements are those that
stand today; an audit belongs to the day it was submitted on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from goldenthread.act.models import Concern, Task, TaskCheck
from goldenthread.audit.models import Audit, Finding, Inspection, Judgement, Moderation
from goldenthread.audit.queries.agreement import SETTLED
from goldenthread.audit.queries.audits import submitted_in
from goldenthread.audit.queries.challenge import DECIDED
from goldenthread.audit.queries.moderation import OPEN, UNMODERATED
from goldenthread.audit.queries.owed import ledger
from goldenthread.framework.models import TemplateVersion, Theme
from goldenthread.framework.queries import framework_in_force
from goldenthread.learn.queries.period_facts import (
    CASE_FILE,
    Checked,
    Files,
    Graded,
    Moved,
    Open,
    PeriodFigures,
    Quota,
    Reading,
    Tasks,
    Themed,
    label_of,
)
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period, period_of
from goldenthread.method.refusal import Refused
from goldenthread.method.selecting import RANDOM
from goldenthread.people.models import Authority, Team
from goldenthread.plan.queries.owed import months_back
from goldenthread.select.models import CaseLine, Draw
from goldenthread.web.clock import midnight

NO_TEAM, NO_SERVICE = "No team", "No service"


def period_figures(
    authority: Authority,
    period: Period,
    today: date,
    *,
    points: Sequence[Period] = (),
    circulated: bool = False,
    body: str = "",
) -> PeriodFigures:
    """Everything counted. `points` are the periods of the trend; `body` is whose edition it is, a key, or "".

    Refused: a period in which no audit was submitted.
    """
    framework = framework_in_force(authority.pk, min(today, period.ends_on)).parsed
    year = period_of(period.ends_on, "year", framework.year_starts_month)
    files = _files(authority.pk, period, year, framework)
    if not any(row.within for row in files):
        raise Refused(f"No audit was submitted in {label_of(period)}, so there is nothing to report.")
    listed, held = _open(authority.pk, period, framework)
    readers = framework.body(body) if body else None
    inspected, to_inspect = _inspections(authority.pk, period)
    return PeriodFigures(
        council=authority.name,
        framework=framework,
        period=period,
        year=year,
        as_of=today,
        circulated=circulated,
        detail=readers.detail if readers else "team",
        audience=readers.label if readers else framework.word("quality_assurance"),
        files=files,
        open=held,
        listed_on=listed,
        sections=_sections(authority.pk, period),
        readings=_readings(authority.pk, points, framework),
        themes=_themes(authority.pk, period, framework),
        tasks=_tasks(authority.pk, period, today),
        moved=_moved(authority.pk, period),
        checked=_checked(authority.pk, period),
        quotas=_quotas(authority.pk, period, today),
        inspected=inspected,
        to_inspect=to_inspect,
        concerns=Concern.objects.filter(
            authority=authority, raised_at__gte=midnight(period.starts_on), raised_at__lt=_after(period)
        ).count(),
    )


def audits_in(authority_id: int, spans: Sequence[Period]) -> list[int]:
    """How many audits were submitted in each of these periods, one after the other; one statement."""
    if not spans:
        return []
    whole = Period(spans[0].starts_on, spans[-1].ends_on)
    audits = Audit.objects.filter(submitted_in(whole), authority=authority_id, state="submitted")
    place = Case(
        *(When(submitted_at__lt=_after(each), then=Value(number)) for number, each in enumerate(spans)),
        output_field=IntegerField(),
    )
    counts = dict(audits.annotate(place=place).order_by().values_list("place").annotate(Count("pk")))
    return [counts.get(number, 0) for number in range(len(spans))]


# --- files and their grades --------------------------------------------------------------------------------


def _files(authority_id: int, period: Period, year: Period, framework: Framework) -> tuple[Files, ...]:
    """The year's audits up to the period's end, counted by all that a report tells them apart by; one statement."""
    span = Period(min(year.starts_on, period.starts_on), period.ends_on)
    audits = Audit.objects.filter(submitted_in(span), authority=authority_id, state="submitted")
    rows = (
        audits.annotate(
            overall=FilteredRelation("judgements", condition=Q(judgements__section="", judgements__stands=True)),
            graded=F("overall__grade"),
            of_team=Coalesce("team__name", "team_name"),
            by_chance=_truth(Q(case__draw__way__in=RANDOM)),
            within=_truth(Q(submitted_at__gte=midnight(period.starts_on))),
        )
        .order_by()
        .values_list("kind", "status", "of_team", "service__name", "by_chance", "within", "graded")
        .annotate(Count("pk"))
    )
    labels = {status.key: status.label for status in framework.statuses}
    return tuple(
        sorted(
            Files(kind, labels.get(status, status), team or NO_TEAM, service or NO_SERVICE, bool(random), bool(within),
                  grade or "", files)
            for kind, status, team, service, random, within, grade, files in rows
        )
    )  # fmt: skip


def _truth(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _sections(authority_id: int, period: Period) -> tuple[Graded, ...]:
    """The sections' grades, in the order of the newest template; two statements."""
    judged = Judgement.objects.filter(
        submitted_in(period, "audit__"), authority=authority_id, audit__state="submitted", audit__kind=CASE_FILE,
        audit__case__draw__way__in=RANDOM, stands=True,
    ).exclude(section="")  # fmt: skip
    rows = list(judged.order_by().values_list("section", "grade").annotate(Count("pk")))
    used = Audit.objects.filter(submitted_in(period), authority=authority_id, state="submitted", kind=CASE_FILE)
    versions = TemplateVersion.objects.filter(pk__in=used.values("template")).order_by("pk")
    labels = {section.name: section.label for version in versions for section in version.parsed.sections}
    order = {name: place for place, name in enumerate(labels)}
    rows.sort(key=lambda row: (order.get(row[0], len(order)), row[0], row[1]))
    return tuple(Graded(labels.get(section, section), grade, files) for section, grade, files in rows)


def _readings(authority_id: int, points: Sequence[Period], framework: Framework) -> tuple[Reading, ...]:
    """The random case files of each period, and those good or better: one statement for all of them."""
    if not points:
        return ()
    whole = Period(points[0].starts_on, points[-1].ends_on)
    rows = Judgement.objects.filter(
        submitted_in(whole, "audit__"), authority=authority_id, audit__state="submitted", audit__kind=CASE_FILE,
        audit__case__draw__way__in=RANDOM, stands=True, section="",
    )  # fmt: skip
    place = Case(
        *(When(audit__submitted_at__lt=_after(each), then=Value(number)) for number, each in enumerate(points)),
        output_field=IntegerField(),
    )
    found = rows.annotate(place=place).order_by().values_list("place", "grade").annotate(Count("pk"))
    keys = [grade.key for grade in framework.grades]
    good_from = framework.grading.good_from
    good = set(keys[: keys.index(good_from) + 1] if good_from in keys else keys[:1])
    counts = {(number, grade in good): 0 for number in range(len(points)) for grade in keys}
    for number, grade, files in found:
        counts[number, grade in good] += files
    return tuple(
        Reading(each, counts[number, True], counts[number, True] + counts[number, False])
        for number, each in enumerate(points)
    )


# --- the cases they were drawn from ------------------------------------------------------------------------


def _open(authority_id: int, period: Period, framework: Framework) -> tuple[date | None, tuple[Open, ...]]:
    """The day of the newest case list that the period's random files came from, and its open cases; three."""
    audited = Audit.objects.filter(submitted_in(period), authority=authority_id, state="submitted", kind=CASE_FILE)
    draws = Draw.objects.filter(pk__in=audited.values("case__draw"), way__in=RANDOM, case_list__kind=CASE_FILE)
    newest = draws.order_by("-case_list__as_at", "-case_list").values_list("case_list", "case_list__as_at").first()
    case_list, as_at = newest or (None, None)
    rows = CaseLine.objects.filter(case_list=case_list or 0, restricted=False).order_by()
    teams = {key: names for key, *names in Team.objects.filter(authority=authority_id).values_list(
        "pk", "name", "parent__name")}  # fmt: skip
    labels = {status.key: status.label for status in framework.statuses}
    held = Counter[tuple[str, str, str]]()
    for status, key, typed, cases in rows.values_list("status", "team", "team_name").annotate(Count("pk")):
        team, service = teams.get(key, (typed, None))
        held[labels.get(status, status), team or NO_TEAM, service or NO_SERVICE] += cases
    return as_at, tuple(sorted(Open(*where, cases) for where, cases in held.items()))


# --- what was found, and what followed ---------------------------------------------------------------------


def _themes(authority_id: int, period: Period, framework: Framework) -> tuple[Themed, ...]:
    """In how many random files each theme was found; two statements. A file counts once for a theme."""
    found = Finding.objects.filter(
        submitted_in(period, "part__audit__"), authority=authority_id, part__audit__state="submitted",
        part__audit__kind=CASE_FILE, part__audit__case__draw__way__in=RANDOM, removed=False,
    )  # fmt: skip
    rows = found.order_by().values_list("domain", "sort", "theme").annotate(Count("part__audit", distinct=True))
    labels = {theme.key: theme.label for theme in framework.themes}
    labels |= dict(Theme.objects.filter(authority=authority_id).order_by().values_list("key", "label"))
    return tuple(
        sorted(
            (Themed(domain, sort, labels.get(theme, theme), files) for domain, sort, theme, files in rows),
            key=lambda each: (each.domain, each.sort, -each.files, each.theme),
        )
    )


def _tasks(authority_id: int, period: Period, today: date) -> tuple[Tasks, ...]:
    """How the tasks set by the period's audits stand, by team; one statement."""
    undone = Q(state="to do")
    rows = (
        Task.objects.filter(submitted_in(period, "returned__audit__"), authority=authority_id)
        .order_by()
        .values_list("returned__team__name", "returned__service__name")
        .annotate(
            signed_off=Count("pk", filter=Q(state="signed off")),
            waiting=Count("pk", filter=Q(state="done")),
            to_do=Count("pk", filter=undone & Q(due_on__gte=today)),
            late=Count("pk", filter=undone & Q(due_on__lt=today)),
            disputed=Count("pk", filter=Q(state="challenged")),
            dropped=Count("pk", filter=Q(state="dropped")),
        )
    )
    return tuple(sorted(Tasks(team or NO_TEAM, service or NO_SERVICE, *counts) for team, service, *counts in rows))


def _moved(authority_id: int, period: Period) -> tuple[Moved, ...]:
    """The auditors' overall grade and the last one moderation set, of what is through all its stages; one statement.

    Only files that went to moderation for a reason of the framework's or by chance; what a challenge decided is not
    moderation's.
    """
    of_it = Moderation.objects.filter(audit=OuterRef("audit"))
    real = of_it.filter(state__in=SETTLED).exclude(stage=UNMODERATED)
    later = Judgement.objects.filter(audit=OuterRef("audit"), section="").exclude(stage__in=("auditor", DECIDED))
    rows = Judgement.objects.filter(
        Exists(real), ~Exists(of_it.filter(state__in=OPEN)), submitted_in(period, "audit__"), authority=authority_id,
        stage="auditor", section="",
    )  # fmt: skip
    named = rows.annotate(last=Coalesce(Subquery(later.order_by("-pk").values("grade")[:1]), "grade"))
    return tuple(sorted(Moved(*row) for row in named.order_by().values_list("grade", "last").annotate(Count("pk"))))


def _checked(authority_id: int, period: Period) -> Checked:
    """The checks made in the period of tasks that had been signed off; one statement."""
    made = TaskCheck.objects.filter(
        authority=authority_id, checked_at__gte=midnight(period.starts_on), checked_at__lt=_after(period)
    )
    found = made.aggregate(
        done=Count("pk", filter=Q(outcome="done")), partly=Count("pk", filter=Q(outcome="partly")),
        not_done=Count("pk", filter=Q(outcome="not")),
    )  # fmt: skip
    return Checked(**found)


def _inspections(authority_id: int, period: Period) -> tuple[int, int]:
    """Supervision notes inspected, and shared out, for quarters that begin in the period; one statement."""
    allotted = Inspection.objects.filter(
        authority=authority_id, period_starts_on__gte=period.starts_on, period_starts_on__lte=period.ends_on
    )
    found = allotted.aggregate(done=Count("pk", filter=Q(inspected_at__isnull=False)), every=Count("pk"))
    return found["done"], found["every"]


def _quotas(authority_id: int, period: Period, today: date) -> tuple[Quota, ...]:
    """What holders of posts owed in the period's months and what came, by post; six statements.

    Accounts are kept open for a year: of a period before that there is nothing to say.
    """
    if period.starts_on < months_back(today).starts_on:
        return ()
    found = ledger(authority_id, today)
    posts = {post.key: post.plural for post in found.framework.posts}
    by_post: dict[str, list[int]] = {}
    for line in found.ending_in(period):
        account, sums = line.account, by_post.setdefault(line.holder.post, [0, 0, 0, 0])
        for place, number in enumerate((account.owed, account.submitted, account.late, account.exempt)):
            sums[place] += number
    return tuple(Quota(posts.get(post, post), *sums) for post, sums in by_post.items())


# --- days --------------------------------------------------------------------------------------------------


def _after(period: Period) -> datetime:
    return midnight(period.ends_on + timedelta(days=1))
