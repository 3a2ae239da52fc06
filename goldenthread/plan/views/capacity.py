"""What the year's sessions can deliver, and what other numbers would."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.method.capacity import capacity as files_of
from goldenthread.method.capacity import cheapest_change, outcome
from goldenthread.method.framework_words import implications
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.capacity import WhatIfForm
from goldenthread.plan.queries.capacity import Outlook, covering, outlook_of, years_to_plan
from goldenthread.plan.showing import page_if_there
from goldenthread.web import clock
from goldenthread.web.page import found, page


@page(may="see the capacity")
def capacity(request: PersonRequest) -> HttpResponse:
    """Target against what the plan delivers, by quarter, with numbers to try."""
    today, code = clock.today(), request.GET.get("year", "")
    years = years_to_plan(request.user.authority_id, today)
    arranges = request.user.is_quality_assurance
    if not years:
        return render(request, "plan/capacity.html", {"year": None, "arranges": arranges})
    year = found(next((each for each in years if each.code == code), None)) if code else years[0]
    outlook = outlook_of(year, today)
    form = WhatIfForm(outlook.plan, today, request.GET)
    context = {
        "year": year,
        "years": years,
        "arranges": arranges,
        "outlook": outlook,
        "form": form,
        "reckoned": _reckoned(outlook, form, year.code) if form.is_valid() else None,
        "implications": implications(outlook.framework),
        "started": any(day < today for group in outlook.plan.groups for day in group.sessions),
        "coverage": page_if_there("coverage"),
        "measured_on": date.fromisoformat(year.effort["on"]) if year.effort else None,
    }
    return render(request, "plan/capacity.html", context)


def _reckoned(outlook: Outlook, form: WhatIfForm, code: str) -> dict[str, Any]:
    """All that follows from the numbers given."""
    plan = form.changed_plan
    opening = "As planned" if form.is_as_planned else "With these numbers"
    change = cheapest_change(plan, form.today)
    try_it = ""
    if change and change.what == "sessions":
        try_it = urlencode({"year": code} | form.with_more_sessions(change.group, change.number))
    return {
        "sentence": f"{opening}, {outcome(plan, form.today)}",
        "try_it": try_it,
        "made": files_of(plan),
        "covering": covering(outlook, plan),
    }
