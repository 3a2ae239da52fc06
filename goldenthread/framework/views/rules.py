"""The settings' start, and the council's frameworks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.framework import services
from goldenthread.framework.forms import FrameworkForm
from goldenthread.framework.queries import framework_or_none, frameworks_of
from goldenthread.framework.showing import shipped_framework, worded
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page
from goldenthread.web.wording import day


@page(may="see the settings")
def settings_home(request: PersonRequest) -> HttpResponse:
    return render(request, "framework/settings_home.html")


@page(may="see the settings")
def frameworks(request: PersonRequest) -> HttpResponse:
    """Every version of the council's rules; the one in force in plain words."""
    versions = list(frameworks_of(request.user.authority_id))
    today = clock.today()
    current = next((version for version in versions if version.in_force_from <= today), None)
    context = {"versions": versions, "current": current, "worded": worded(current) if current else None}
    return render(request, "framework/frameworks.html", context)


@page(may="see the settings")
def open_framework(request: PersonRequest, version: int) -> HttpResponse:
    """One version in plain words."""
    found = framework_or_none(request.user.authority_id, version)
    if found is None:
        raise Http404
    return render(request, "framework/open_framework.html", {"worded": worded(found)})


@page(may="see the settings", methods=("GET", "POST"))
@once
def adopt_framework(request: PersonRequest) -> HttpResponse:
    """New rules from a file, with every fault by its line; nothing that is already under way changes."""
    form = FrameworkForm(request.POST or None, request.FILES or None, initial={"from_day": clock.today()})
    if request.method == "POST" and form.is_valid():
        text, from_day = form.cleaned_data["file"], form.cleaned_data["from_day"]
        try:
            version = services.adopt_framework(by=request.user, text=text, from_day=from_day, now=clock.now())
        except Refused as refusal:
            form.refuse(refusal, "file")
        else:
            messages.success(request, f"{version} is adopted, in force from {day(from_day, 'plain')}.")
            return redirect("frameworks")
    return render(request, "framework/adopt_framework.html", {"form": form}, status=400 if form.errors else 200)


@page(may="see the settings", methods=("POST",))
@once
def adopt_shipped_framework(request: PersonRequest) -> HttpResponse:
    """The framework that comes with the product, from today."""
    today = clock.today()
    version = services.adopt_framework(by=request.user, text=shipped_framework(), from_day=today, now=clock.now())
    messages.success(request, f"{version} is adopted, in force from today. Next, adopt the audit templates.")
    return redirect("frameworks")
