"""What a year's sessions look at with most care."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.focuses import FocusForm
from goldenthread.plan.queries.focuses import focus_or_none
from goldenthread.plan.queries.years import year_or_none
from goldenthread.plan.services import focuses as services
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def set_focus(request: PersonRequest, code: str) -> HttpResponse:
    """A focus for this year, with its questions and its days."""
    year = found(year_or_none(request.user.authority_id, code))
    form = FocusForm(year, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            focus = services.set_focus(by=request.user, year=year, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal, "from_on")
        else:
            messages.success(request, f"“{focus}” is set. Next, give it to the sessions that should look at it.")
            return redirect("plan_year_of", code=code)
    return render(request, "plan/set_focus.html", {"form": form, "year": year})


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def change_focus(request: PersonRequest, code: str) -> HttpResponse:
    """Its words, questions and days; or out of the year with it."""
    focus = found(focus_or_none(request.user.authority_id, code))
    kept = {name: getattr(focus, name) for name in ("kind", "title", "from_on", "to_on")}
    initial = kept | {"questions": "\n".join(focus.questions)}
    form = FocusForm(focus.year, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_focus(by=request.user, focus=focus, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal, "from_on")
        else:
            messages.success(request, f"“{focus}” is changed.")
            return redirect("plan_year_of", code=focus.year.code)
    return render(request, "plan/change_focus.html", {"form": form, "focus": focus, "year": focus.year})


@page(may="arrange sessions", methods=("POST",))
@once
def withdraw_focus(request: PersonRequest, code: str) -> HttpResponse:
    """Out of the year, while no session was given it."""
    focus = found(focus_or_none(request.user.authority_id, code))
    services.withdraw_focus(by=request.user, focus=focus, now=clock.now())
    messages.success(request, f"“{focus}” is no longer a focus of the year.")
    return redirect("plan_year_of", code=focus.year.code)
