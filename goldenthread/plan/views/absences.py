"""Who is away, and when: the unit's list, and everyone's own page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.absences import AbsenceFilterForm, AbsenceForm, AbsenceOfForm
from goldenthread.plan.queries.absences import absence_or_none, own_absences, page_of_absences, seats_touched
from goldenthread.plan.queries.memberships import who_may_be_away
from goldenthread.plan.services import absences as services
from goldenthread.plan.showing import framework_of
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


@page(may="arrange sessions")
def absences(request: PersonRequest) -> HttpResponse:
    """Everybody's absences by their first day, fifty a page."""
    form = AbsenceFilterForm(request.GET)
    shown = page_of_absences(request.user.authority_id, form.narrowed(), clock.today(), request.GET.get("after", ""))
    kept = request.GET.copy()
    kept.pop("after", None)
    context = {
        "form": form, "page": shown, "address": f"?{kept.urlencode()}&" if kept else "?",
        "narrowed": any(kept.values()),
    }  # fmt: skip
    return render(request, "plan/absences.html", context)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def add_absence(request: PersonRequest) -> HttpResponse:
    """An absence of somebody else's, as the unit hears of it."""
    today = clock.today()
    people = who_may_be_away(request.user.authority_id, framework_of(request), today)
    form = AbsenceOfForm(people, request.POST or None, initial={"from_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            absence = services.record_absence(by=request.user, now=clock.now(), **form.absence)
        except Refused as refusal:
            form.refuse(refusal, "from_on")
        else:
            messages.success(request, "The absence is recorded.")
            return redirect("open_absence", code=absence.code)
    return render(request, "plan/add_absence.html", {"form": form})


@page(may="signed in", methods=("GET", "POST"))
@once
def away(request: PersonRequest) -> HttpResponse:
    """When I am away: what is recorded, and more."""
    form = AbsenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            absence = services.record_absence(
                by=request.user, person=request.user, now=clock.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.refuse(refusal, "from_on")
        else:
            messages.success(request, "Your absence is recorded.")
            return redirect("open_absence", code=absence.code)
    context = {"form": form, "absences": list(own_absences(request.user, clock.today()))}
    return render(request, "plan/away.html", context)


@page(may="signed in")
def open_absence(request: PersonRequest, code: str) -> HttpResponse:
    """One absence, and the seats it touches."""
    absence: Any = found(absence_or_none(request.user, code))
    plans = request.user.is_quality_assurance
    touched = seats_touched(absence, clock.today())
    # a session that is not published is a proposal of the unit's: nobody else has heard of it
    seats = list(touched if plans else touched.filter(session__published_at__isnull=False))
    years = [seat.session.year.code for seat in seats if seat.session.year]
    context = {
        "absence": absence, "plans": plans, "own": absence.person_id == request.user.pk,
        "seats": seats, "year": years[0] if years else "",
    }  # fmt: skip
    return render(request, "plan/open_absence.html", context)


@page(may="signed in", methods=("POST",))
@once
def withdraw_absence(request: PersonRequest, code: str) -> HttpResponse:
    """They are not away after all."""
    absence = found(absence_or_none(request.user, code))
    services.withdraw_absence(by=request.user, absence=absence, now=clock.now())
    messages.success(request, "The absence is withdrawn.")
    return redirect("absences" if request.user.is_quality_assurance else "away")
