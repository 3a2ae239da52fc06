"""Themes: how often each was found, period by period, and the findings behind each number."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.learn.forms.themes import ThemeFilterForm, asked_for
from goldenthread.learn.queries.themes import (
    findings_behind,
    may_see_themes,
    reads_every_audit,
    teams_to_narrow_by,
    theme_trends,
)
from goldenthread.learn.services.themes import see_findings
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import found, page

READERS = "Themes are seen by the Quality Assurance Unit, directors and managers."
TABLES = (
    ("improve", "practice", "To improve, in practice"),
    ("improve", "process", "To improve, in process"),
    ("good", "practice", "Good practice"),
    ("good", "process", "Good process"),
)


@page(may="see the themes")
def theme_trend(request: PersonRequest) -> HttpResponse:
    """In how many random files of each month or quarter each theme was found; the files chosen for a reason apart."""
    if not may_see_themes(request.user):
        raise Refused(READERS)
    today = clock.today()
    form = ThemeFilterForm(teams_to_narrow_by(request.user, today), request.GET)
    team = form.team_chosen
    trends = theme_trends(request.user, form.every_chosen, today, team)
    context = {
        "form": form,
        "trends": trends,
        "tables": [(title, sort, domain, trends.lines.get((sort, domain), ())) for sort, domain, title in TABLES],
        "team": team,
        "team_name": form.teams.get(str(team), ""),
        "too_few": team is not None and trends.total < trends.team_minimum,
        "reads": reads_every_audit(request.user),
    }
    return render(request, "learn/themes.html", context)


@page(may="see the themes")
def theme_findings(request: PersonRequest, theme: str) -> HttpResponse:
    """The findings behind one number, as far as this person may read their audits; reading them is on record."""
    if not may_see_themes(request.user):
        raise Refused(READERS)
    today, below = clock.today(), request.GET.get("below", "")
    wanted = found(asked_for(theme, request.GET, dict(teams_to_narrow_by(request.user, today))))
    key = int(below) if below.isdecimal() and len(below) < 18 else None  # noqa: PLR2004 - longer is no key
    shown = findings_behind(request.user, wanted, today, below=key)
    see_findings(by=request.user, findings=shown.findings, at=clock.now())
    kept = request.GET.copy()
    kept.pop("below", None)
    context = {"wanted": wanted, "page": shown, "address": f"?{kept.urlencode()}&"}
    return render(request, "learn/theme_findings.html", context)
