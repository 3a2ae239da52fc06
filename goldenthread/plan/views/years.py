"""The year: its target and what stands towards it, its numbers, and the days it keeps free."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.framework import Framework
from goldenthread.method.laying_out import months_of, share_in_words, usual_shut
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.years import WHOLE_YEAR, BlackoutForm, NumbersForm, YearForm
from goldenthread.plan.queries.capacity import warnings_of
from goldenthread.plan.queries.focuses import focuses_of
from goldenthread.plan.queries.years import (
    blackout_or_none,
    days_of,
    next_year,
    year_laid_out,
    year_now,
    year_or_none,
    years_of,
)
from goldenthread.plan.services import years as services
from goldenthread.plan.showing import page_if_there
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


@page(may="see the year")
def plan_year(request: PersonRequest, code: str = "") -> HttpResponse:
    """A year's target against its sessions, what to do next, its focuses and the days it keeps free."""
    years = list(years_of(request.user.authority_id))
    year = found(next((each for each in years if each.code == code), None)) if code else year_now(years, clock.today())
    plans = request.user.is_quality_assurance
    if year is None:
        return render(request, "plan/no_year.html", {"plans": plans})
    framework, blackouts = year.framework.parsed, list(year.blackouts.all())
    kept = {(each.from_on, each.to_on) for each in blackouts}
    context = {
        "year": year, "years": years, "plans": plans, "framework": framework, "blackouts": blackouts,
        "numbers": [(kind.plural, year.kinds[kind.key]) for kind in framework.kinds if year.kinds.get(kind.key)],
        "part": _part(year.kinds, framework, months_of(days_of(year))),
        "laid_out": year_laid_out(year, framework, blackouts, clock.today()),
        "warnings": warnings_of(year, clock.today()),
        "focuses": list(focuses_of(year)),
        "rota": page_if_there("rota"),
        "coverage": page_if_there("coverage"),
        "offers": [each for each in usual_shut(days_of(year)) if (each.days.starts_on, each.days.ends_on) not in kept],
    }  # fmt: skip
    return render(request, "plan/year.html", context)


def _part(kinds: dict[str, int], framework: Framework, months: int) -> str:
    """How the case files of a part of a year come out of the framework's number; nothing for a whole year."""
    words = share_in_words(framework.target.files_per_year, months)
    planned = f"{kinds.get('case_file', 0):,} of {framework.target.files_per_year:,}"
    return words if months < WHOLE_YEAR and words.endswith(f": {planned}") else ""


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def open_year(request: PersonRequest) -> HttpResponse:
    """The next year to plan, as the framework would have it; of a part of a year, the share of its numbers."""
    version, offered = next_year(request.user.authority_id, clock.today())
    form = YearForm(version.parsed, offered, request.POST or None)
    worked_out = ""
    if request.method == "POST" and form.is_valid():
        if form.has_other_months:
            worked_out = form.work_out_again()
        else:
            try:
                year = services.open_year(by=request.user, framework=version, now=clock.now(), **form.arranged)
            except Refused as refusal:
                form.refuse(refusal, "starts_on")
            else:
                messages.success(request, f"The year {year} is open. Next, lay out its sessions.")
                return redirect("plan_year_of", code=year.code)
    context = {"form": form, "framework": version.parsed, "worked_out": worked_out}
    return render(request, "plan/open_year.html", context)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def change_year(request: PersonRequest, code: str) -> HttpResponse:
    """Other numbers of files."""
    year = found(year_or_none(request.user.authority_id, code))
    form = NumbersForm(year.framework.parsed, request.POST or None, kinds=year.kinds)
    if request.method == "POST" and form.is_valid():
        services.change_year(by=request.user, year=year, kinds=form.kinds, now=clock.now())
        messages.success(request, "The numbers are changed.")
        return redirect("plan_year_of", code=code)
    return render(request, "plan/change_year.html", {"form": form, "year": year})


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def add_blackout(request: PersonRequest, code: str) -> HttpResponse:
    """Days to keep free of sessions; one of those offered, or any others."""
    year = found(year_or_none(request.user.authority_id, code))
    form = BlackoutForm(year, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_blackout(by=request.user, year=year, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal, "from_on")
        else:
            messages.success(request, f"No session will be laid out then: {form.cleaned_data['why']}.")
            return redirect("plan_year_of", code=code)
    return render(request, "plan/add_blackout.html", {"form": form, "year": year})


@page(may="arrange sessions", methods=("POST",))
@once
def withdraw_blackout(request: PersonRequest, code: str, key: int) -> HttpResponse:
    """Days that may have sessions again."""
    year = found(year_or_none(request.user.authority_id, code))
    blackout = found(blackout_or_none(year, key))
    services.withdraw_blackout(by=request.user, blackout=blackout, now=clock.now())
    messages.success(request, f"Sessions may be laid out then again: {blackout.why}.")
    return redirect("plan_year_of", code=code)
