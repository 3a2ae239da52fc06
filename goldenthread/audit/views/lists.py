"""Reading audits: the list, one audit whole, the blank form on paper, its history."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.audit import services
from goldenthread.audit.forms import AuditFilterForm
from goldenthread.audit.history import history_of
from goldenthread.audit.queries import NOTHING_WRITTEN, page_of_audits, removed_findings, written_in
from goldenthread.audit.queries.chosen import how_it_was_chosen
from goldenthread.audit.queries.moderation import moderations_of
from goldenthread.audit.showing import findings_in, still_missing, whole
from goldenthread.audit.standing import may_know_why, stages_of, with_what_stands
from goldenthread.audit.views.parts import parts_panel
from goldenthread.audit.views.writing import opened_or_404
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.periods import Period, period_of, periods
from goldenthread.people.queries import teams_of
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import page

STATES = [("allotted", "Not started"), ("in progress", "In progress"), ("submitted", "Submitted")]


@page(may="signed in")
def audits(request: PersonRequest) -> HttpResponse:
    """The audits this person may see, newest first, fifty a page."""
    today = clock.today()
    framework = framework_in_force(request.user.authority_id, today).parsed
    statuses = [(status.key, status.label) for status in framework.statuses]
    teams = [(str(team.pk), team.name) for team in teams_of(request.user.authority_id, today) if team.parent_id]
    grades = [(grade.key, grade.label) for grade in framework.grades]
    choices = {"state": STATES, "status": statuses, "team": teams, "grade": grades}
    form = AuditFilterForm(choices, periods_to_look_in(framework.year_starts_month, today), request.GET)
    shown = page_of_audits(request.user, form.narrowed(), below=_key(request, "below"), above=_key(request, "above"))
    context = {"form": form, "page": shown, "framework": framework, "address": _address(request)}
    return render(request, "audit/audits.html", context)


def periods_to_look_in(year_starts_month: int, today: date) -> list[Period]:
    """This year and the one before, and the last eight quarters, the newest first."""
    year = period_of(today, "year", year_starts_month)
    before = period_of(year.starts_on - timedelta(days=1), "year", year_starts_month)
    quarters = list(periods("quarter", today - relativedelta(months=21), today, year_starts_month))
    return [year, before, *reversed(quarters)]


def _key(request: PersonRequest, name: str) -> int | None:
    key = request.GET.get(name, "")
    return int(key) if key.isdecimal() and len(key) < 18 else None


def _address(request: PersonRequest) -> str:
    """The list's address with its filters and without its place, ready for one more parameter."""
    kept = request.GET.copy()
    for name in ("below", "above"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}&" if kept else "?"


@page(may="read an audit")
def read_audit(request: PersonRequest, code: str) -> HttpResponse:
    """The whole audit on one page, to read or print."""
    opened = opened_or_404(request, code)
    if opened.why_not and not opened.part.frozen:
        return redirect("open_audit", code=code)
    written = written_in(opened.part)
    services.see(by=request.user, opened=opened, at=clock.now())
    moderations = moderations_of(request.user, opened.audit)
    context = {
        "opened": opened,
        "sections": with_what_stands(
            whole(opened, written), stages_of(opened.audit), opened.framework, may_know_why(moderations)
        ),
        "findings": findings_in(opened, written),
        "missing": still_missing(opened, written),
        "chosen": how_it_was_chosen(opened.audit, opened.framework),
        "moderations": moderations,
    } | parts_panel(request, opened)
    return render(request, "audit/read_audit.html", context)


@page(may="read an audit")
def print_blank(request: PersonRequest, code: str) -> HttpResponse:
    """The form of this audit without its answers, for paper."""
    opened = opened_or_404(request, code)
    sections = whole(opened, NOTHING_WRITTEN)
    services.see(by=request.user, opened=opened, at=clock.now())
    return render(request, "audit/print_blank.html", {"opened": opened, "sections": sections})


@page(may="read an audit")
def audit_history(request: PersonRequest, code: str) -> HttpResponse:
    """Who did and saw what with this audit, as sentences."""
    opened = opened_or_404(request, code)
    services.see(by=request.user, opened=opened, at=clock.now())
    context = {
        "opened": opened,
        "events": history_of(opened),
        "removed": removed_findings(opened.part) if opened.may_write else [],
    }
    return render(request, "audit/audit_history.html", context)
