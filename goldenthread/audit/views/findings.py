"""Findings of an audit: add, change, remove, bring back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.audit import services
from goldenthread.audit.forms import FindingForm
from goldenthread.audit.queries import finding_or_none
from goldenthread.audit.views.writing import opened_or_404
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page

OVERTAKEN = (
    "Somebody changed or removed this finding meanwhile. Nothing is lost: yours is kept as a finding of its own."
)


@page(may="read an audit", methods=("GET", "POST"))
@once
def add_finding(request: PersonRequest, code: str, section: str) -> HttpResponse:
    """Something good, or something to put right, in this section."""
    opened = opened_or_404(request, code)
    if not opened.may_write:
        return redirect("open_audit", code=code)
    if section not in {each.name for each in opened.template.sections}:
        raise Http404
    form = FindingForm(opened.framework, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.note_finding(by=request.user, opened=opened, said=form.said(section), now=clock.now())
        messages.success(request, "The finding is kept.")
        return redirect("answer_section", code=code, section=section)
    if request.method != "POST":
        services.see(by=request.user, opened=opened, at=clock.now())
    return render(request, "audit/finding.html", {"opened": opened, "form": form, "section": section, "finding": None})


@page(may="read an audit", methods=("GET", "POST"))
@once
def change_finding(request: PersonRequest, code: str, finding: str) -> HttpResponse:
    """Change a finding; if somebody changed it meanwhile, both are kept."""
    opened = opened_or_404(request, code)
    found = finding_or_none(opened.part, finding)
    if found is None and request.method == "POST":
        found = finding_or_none(opened.part, finding, removed=True)  # taken out while she was writing
    if found is None or not opened.may_write:
        raise Http404
    form = FindingForm(opened.framework, request.POST or None, initial=FindingForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        kept = services.change_finding(
            by=request.user, opened=opened, finding=found, said=form.said(found.section),
            seen=form.cleaned_data["seen"], now=clock.now(),
        )  # fmt: skip
        both = kept.pk != found.pk
        messages.success(request, OVERTAKEN if both else "The finding is changed.")
        return redirect("answer_section", code=code, section=found.section)
    if request.method != "POST":
        services.see(by=request.user, opened=opened, at=clock.now())
    context = {"opened": opened, "form": form, "section": found.section, "finding": found}
    return render(request, "audit/finding.html", context)


@page(may="read an audit", methods=("POST",))
@once
def remove_finding(request: PersonRequest, code: str, finding: str) -> HttpResponse:
    """Take a finding out; the message that says so has the way back."""
    opened = opened_or_404(request, code)
    found = finding_or_none(opened.part, finding)
    if found is None:
        raise Http404
    services.remove_finding(by=request.user, opened=opened, finding=found, now=clock.now())
    messages.success(
        request, "The finding is removed. It is listed under “Removed findings”, where it can be brought back."
    )
    return redirect("open_audit", code=code)


@page(may="read an audit", methods=("POST",))
@once
def restore_finding(request: PersonRequest, code: str, finding: str) -> HttpResponse:
    """Bring a removed finding back."""
    opened = opened_or_404(request, code)
    found = finding_or_none(opened.part, finding, removed=True)
    if found is None:
        raise Http404
    services.restore_finding(by=request.user, opened=opened, finding=found, now=clock.now())
    messages.success(request, "The finding is back.")
    return redirect("answer_section", code=code, section=found.section)
