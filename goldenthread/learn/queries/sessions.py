"""Reading what one session found, counted, for its report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from statistics import mean

from django.db.models import Count, Q

from goldenthread.act.models import Return, Task
from goldenthread.audit.models import Answer, Audit, Finding, Judgement
from goldenthread.audit.queries.drawn import LONG
from goldenthread.framework.queries import framework_in_force, theme_label, theme_words
from goldenthread.learn.queries.session_facts import (
    Answered,
    AuditedFile,
    Change,
    Chosen,
    Noted,
    SessionFigures,
    TasksSet,
)
from goldenthread.method.case_list import read_list
from goldenthread.method.framework import Framework
from goldenthread.method.selecting import RANDOM
from goldenthread.method.template import Question, Template
from goldenthread.plan.models import Session
from goldenthread.select.models import Draw, DrawnCase

UNREAD = ("framework__source", "template__source", *LONG)  # long, and not asked
BEFORE, NOW = "_at_start", "_now"  # how a template names the two scaling questions that are a before and an after


def session_figures(session: Session, today: date, *, circulated: bool = False) -> SessionFigures:
    """Read it all, in nine statements however many files there are. `today` decides which tasks are late.

    Where files were drawn by chance, those that were chosen for a reason beside them are in no figure.
    """
    related = ("framework", "template", "case__draw")
    audits = list(Audit.objects.filter(session=session).select_related(*related).defer(*UNREAD).order_by("pk"))
    draws = Draw.objects.filter(session=session, state="drawn", way__in=RANDOM)
    draw = draws.select_related("framework", "case_list").first()
    beside = [audit for audit in audits if draw and audit.case.draw.way not in RANDOM]
    audits = [audit for audit in audits if audit not in beside]
    submitted = [audit for audit in audits if audit.state == "submitted"]
    version = draw.framework if draw else framework_in_force(session.authority_id, session.held_on)
    answers = _answers(submitted)
    returns = Counter(Return.objects.filter(audit__in=submitted).values_list("state", flat=True))
    return SessionFigures(
        council=session.authority.name,
        framework=version.parsed,
        group=session.group.name,
        held_on=session.held_on,
        venue=session.venue,
        focus=session.focus,
        as_of=today,
        circulated=circulated,
        templates=tuple(sorted({str(audit.template) for audit in submitted})),
        chosen=_chosen(draw) if draw else None,
        files=_files(submitted, version.parsed),
        unfinished=sum(audit.state in {"allotted", "in progress"} for audit in audits),
        withdrawn=sum(audit.state == "withdrawn" for audit in audits),
        beside=sum(audit.state == "submitted" for audit in beside),
        findings=_findings(submitted, version.parsed),
        outcomes=_by_outcome(answers, version.parsed),
        early_help=_count(version.parsed.early_help.label, answers, lambda question: question.early_help),
        regional_points=_by_regional_point(answers, version.parsed),
        change=_change(answers),
        returned=returns.total(),
        awaiting=returns["with the team"],
        accepted=returns["accepted"],
        tasks=_tasks(submitted, today),
    )


# --- how the files were chosen, and their grades -----------------------------------------------------------


def _chosen(draw: Draw) -> Chosen:
    cases = list(DrawnCase.objects.filter(draw=draw).values_list("standing", "replaced_because"))
    sizes = Counter(stratum for _, stratum in read_list(draw.frame.encode(), name="the frozen list"))
    return Chosen(
        draw_id=draw.draw_id,
        source=draw.source,
        seed=draw.seed,
        list_sha256=draw.frame_sha256,
        listed_on=draw.case_list.as_at,
        population=sum(sizes[stratum] for stratum in draw.quotas),
        strata=len(draw.quotas),
        drawn=sum(draw.quotas.values()),
        left_out=_counted(exclusion["reason"] for exclusion in draw.exclusions),
        replaced=_counted(because for standing, because in cases if standing == "replaced"),
    )


def _counted(reasons: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Each reason with how often it was given, the commonest first."""
    return tuple(sorted(Counter(reasons).items(), key=lambda pair: (-pair[1], pair[0])))


def _files(submitted: list[Audit], framework: Framework) -> tuple[AuditedFile, ...]:
    labels = {grade.key: grade.label for grade in framework.grades}
    statuses = {status.key: status.label for status in framework.statuses}
    judged: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Judgement.objects.filter(audit__in=submitted, stands=True)
    for audit_id, section, grade in rows.values_list("audit_id", "section", "grade"):
        judged[audit_id][section] = labels.get(grade, grade)
    return tuple(
        AuditedFile(
            status=statuses.get(audit.status, audit.status),
            team=audit.team_name or "No team",
            grade=judged[audit.pk].get("", ""),
            sections=tuple(
                (section.label, judged[audit.pk][section.name])
                for section in audit.template.parsed.sections
                if section.name in judged[audit.pk]
            ),
        )
        for audit in submitted
    )


# --- findings and answers ----------------------------------------------------------------------------------


def _findings(submitted: list[Audit], framework: Framework) -> tuple[Noted, ...]:
    rows = Finding.objects.filter(part__audit__in=submitted, removed=False).annotate(theme_label=theme_label())
    found = rows.order_by("pk").values_list("part__audit_id", "sort", "domain", "theme", "theme_label", "text")
    return tuple(
        Noted(file, sort, domain, theme_words(label, theme, framework), text)
        for file, sort, domain, theme, label, text in found
    )


Given = list[tuple[int, Question, str]]
"""Answers as (audit, its own template's question, what was answered); only those that a report counts."""


def _answers(submitted: list[Audit]) -> Given:
    templates = {audit.pk: audit.template.parsed for audit in submitted}
    wanted = {name for template in templates.values() for name in _counted_questions(template)}
    rows = Answer.objects.filter(part__audit__in=submitted, part__kind="auditor", question__in=wanted)
    found = rows.exclude(value="").order_by("pk").values_list("part__audit_id", "question", "value")
    return [
        (audit, question, value)
        for audit, name, value in found
        if (question := templates[audit].questions.get(name)) is not None
    ]


def _counted_questions(template: Template) -> Iterator[str]:
    """The questions that are linked to an outcome, a regional point or early help, and those on a scale."""
    for question in template.questions.values():
        linked = question.outcomes or question.regional_point or question.early_help
        if (question.kind == "yes_no" and linked) or question.kind == "scaling":
            yield question.name


def _count(label: str, answers: Given, counts: Callable[[Question], bool]) -> Answered:
    """How often the questions that count for this were answered which way."""
    said = Counter(value for _, question, value in answers if question.kind == "yes_no" and counts(question))
    return Answered(label, said["yes"], said["partly"], said["no"], said["not_applicable"])


def _by_outcome(answers: Given, framework: Framework) -> tuple[Answered, ...]:
    return tuple(
        _count(outcome.label, answers, lambda question, key=outcome.key: key in question.outcomes)  # type: ignore[misc]
        for outcome in framework.outcomes
    )


def _by_regional_point(answers: Given, framework: Framework) -> tuple[Answered, ...]:
    return tuple(
        _count(point.label, answers, lambda question, key=point.key: question.regional_point == key)  # type: ignore[misc]
        for point in framework.regional_points
    )


def _change(answers: Given) -> Change | None:
    """The files whose scale was given both at the start and now; None when there is none."""
    scales: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for audit, question, value in answers:
        for side in (BEFORE, NOW):
            if question.kind == "scaling" and question.name.endswith(side):
                scales[audit, question.name.removesuffix(side)][side] = int(value)
    pairs = [(scale[BEFORE], scale[NOW]) for scale in scales.values() if len(scale) == 2]
    if not pairs:
        return None
    return Change(
        n=len(pairs),
        before=mean(before for before, _ in pairs),
        now=mean(now for _, now in pairs),
        rose=sum(now > before for before, now in pairs),
        stayed=sum(now == before for before, now in pairs),
        fell=sum(now < before for before, now in pairs),
    )


# --- what followed -----------------------------------------------------------------------------------------


def _tasks(submitted: list[Audit], today: date) -> TasksSet:
    tasks = Task.objects.filter(returned__audit__in=submitted)
    undone = Q(state="to do")
    return TasksSet(
        **tasks.aggregate(
            signed_off=Count("pk", filter=Q(state="signed off")),
            done=Count("pk", filter=Q(state="done")),
            to_do=Count("pk", filter=undone & Q(due_on__gte=today)),
            late=Count("pk", filter=undone & Q(due_on__lt=today)),
        )
    )
