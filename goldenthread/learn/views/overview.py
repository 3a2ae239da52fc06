"""The overview: what practice looks like today, each number leading to the files behind it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.learn.overviewing import good_label, grades_chart, left_out, share_over_time, shift_of
from goldenthread.learn.queries.overview import overview_of
from goldenthread.learn.rendering.page import chart_context
from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.people.standing import standings
from goldenthread.web import clock
from goldenthread.web.page import page


@page(may="see the overview")
def overview(request: PersonRequest) -> HttpResponse:
    """Grades, shift, coverage, tasks and themes of the council, or of the services she manages."""
    if not may("see the overview", standings(request.user)):
        raise Refused("The overview is for the Quality Assurance Unit, directors and service managers.")
    found = overview_of(request.user, clock.today())
    share = share_over_time(found)
    charts = [chart for chart in (grades_chart(found), share.chart(corner="Quarter")) if chart]
    context = {
        "found": found,
        "shift": shift_of(found),
        "good_label": good_label(found),
        "trend": share.words,
        "left_out": left_out(found),
        "period": found.year.key,
        "reads": request.user.is_quality_assurance or request.user.is_director,
    } | chart_context(charts)
    return render(request, "learn/overview.html", context)
