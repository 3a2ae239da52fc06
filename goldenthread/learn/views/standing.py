"""A report as it stands today, for who may look at it without anybody writing it; and the teams whose page one may."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.learn import services
from goldenthread.learn.documents import document, forms_of
from goldenthread.learn.queries.briefing_figures import MOST, material
from goldenthread.learn.queries.team_figures import teams_readable_by
from goldenthread.learn.readers import UNIT
from goldenthread.learn.rendering.page import as_page_context
from goldenthread.learn.reports import Kind, briefing, kind_or_none
from goldenthread.learn.reports.team import subject_of
from goldenthread.learn.showing import drafted
from goldenthread.learn.subjects import Subject
from goldenthread.method.access import may
from goldenthread.people.requests import PersonRequest
from goldenthread.people.standing import standings
from goldenthread.web import clock
from goldenthread.web.page import found, page


def standing_or_404(request: PersonRequest, report: str, subject: str) -> tuple[Kind, Subject]:
    """What it is of; not found alike where there is none and where it is not hers; refused while she grades blind."""
    kind = found(kind_or_none(report))
    of = found(kind.subject(request.user.authority, subject))
    services.seeing(request.user, of)
    if not (may("write reports", standings(request.user)) or kind.may(request.user, of)):
        raise Http404
    return kind, of


@page(may="read published reports")
def see_report(request: PersonRequest, report: str, subject: str) -> HttpResponse:
    """The report of this as it stands today."""
    kind, of = standing_or_404(request, report, subject)
    shown = drafted(kind, of, clock.today(), readers=UNIT)
    context = {"kind": kind, "subject": of, "forms": forms_of(report)} | as_page_context(shown)
    return render(request, "learn/see_report.html", context)


@page(may="read published reports")
def take_report(request: PersonRequest, report: str, subject: str, form: str) -> HttpResponse:
    """The same as a file."""
    kind, of = standing_or_404(request, report, subject)
    found(forms_of(report).get(form))
    shown = drafted(kind, of, clock.today(), readers=UNIT)
    made = document(shown, form, kind=report, subject=of, which="today", colour=settings.SERVICE_COLOUR)
    thing = of.audit or of.team or of.authority
    services.note_download(by=request.user, thing=thing, form=form, now=clock.now())
    return HttpResponse(made.content, content_type=made.content_type, headers=made.headers)


@page(may="write reports")
def briefing_material(request: PersonRequest, subject: str) -> HttpResponse:
    """What auditors praised in a half-year, beside the briefing: for the unit to tell in words of its own."""
    of = found(briefing.subject(request.user.authority, subject))
    rows = list(material(request.user, found(of.period)))
    themes: dict[str, list[str]] = {}
    for one in rows:
        themes.setdefault(one.words or "Without a theme in use", []).append(one.text)
    context = {"subject": of, "themes": themes, "shown": len(rows), "most": MOST}
    return render(request, "learn/briefing_material.html", context)


@page(may="read a team's own page")
def your_teams(request: PersonRequest) -> HttpResponse:
    """The teams whose own page this person may read; straight to it where there is one alone."""
    teams = list(teams_readable_by(request.user))
    if not teams:
        raise Http404
    today = clock.today()
    first = subject_of(teams[0], today)
    if len(teams) == 1:
        return redirect("see_report", report="team", subject=first.key)
    year = first.key.partition(":")[2]
    rows = [(team, f"{team.pk}:{year}") for team in teams if not team.closed_on or team.closed_on >= today]
    closed = [(team, f"{team.pk}:{year}") for team in teams if team.closed_on and team.closed_on < today]
    return render(request, "learn/your_teams.html", {"rows": rows, "closed": closed, "period": first.period})
