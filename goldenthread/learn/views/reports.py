"""The list of reports: what could be written now, what is being written, what was published."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.learn.forms.editions import EditionFilterForm
from goldenthread.learn.listing import choices_of, drafts_shown, editions_shown, waiting
from goldenthread.learn.queries.editions import groups_reported, may_read_reports, page_of_editions
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import page


@page(may="read published reports")
def reports(request: PersonRequest) -> HttpResponse:
    """The editions this person may read; for the unit also its drafts, and what waits for a report."""
    if not may_read_reports(request.user):
        raise Refused("Reports are read by the Quality Assurance Unit, directors and managers.")
    today = clock.today()
    choices = choices_of(request.user, today)
    form = EditionFilterForm(
        reports=choices.reports, groups=groups_reported(request.user), bodies=choices.bodies, years=choices.years,
        data=request.GET,
    )  # fmt: skip
    below = request.GET.get("below", "")
    found = page_of_editions(
        request.user, form.sought, below=int(below) if below.isdecimal() and len(below) < 18 else None
    )
    context = {
        "form": form,
        "page": found,
        "editions": editions_shown(found.editions, choices),
        "drafts": drafts_shown(request.user, choices),
        "waiting": waiting(request.user, today),
    }
    return render(request, "learn/reports.html", context)
