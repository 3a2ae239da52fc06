"""The auditing groups and their themes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.groups import GroupForm
from goldenthread.plan.queries.groups import groups_with_sessions
from goldenthread.plan.services import groups as services
from goldenthread.plan.showing import framework_of, status_words
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page


@page(may="see the sessions")
def groups(request: PersonRequest) -> HttpResponse:
    """The auditing groups and their themes."""
    framework = framework_of(request)
    rows = [
        (group, status_words(framework, group.statuses)) for group in groups_with_sessions(request.user.authority_id)
    ]
    context = {"groups": rows, "framework": framework, "arranges": request.user.is_quality_assurance}
    return render(request, "plan/groups.html", context)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def form_group(request: PersonRequest) -> HttpResponse:
    """Another group with a theme of its own."""
    form = GroupForm(framework_of(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            group = services.form_group(by=request.user, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal, "name")
        else:
            messages.success(request, f"The group {group.name} is formed. Next, arrange its first session.")
            return redirect("groups")
    return render(request, "plan/form_group.html", {"form": form})


@page(may="arrange sessions", methods=("POST",))
@once
def form_groups(request: PersonRequest) -> HttpResponse:
    """The groups that the framework names, all at once."""
    formed = services.form_groups(by=request.user, framework=framework_of(request), now=clock.now())
    messages.success(request, f"{len(formed)} groups are formed. Next, arrange their first sessions.")
    return redirect("groups")
