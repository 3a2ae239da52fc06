"""A session's files: who audits which, who may not and why, how far each is."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.audit import services
from goldenthread.audit.forms import AllotForm, ReasonForm
from goldenthread.audit.queries import allotment_of, session_files
from goldenthread.audit.views.writing import opened_or_404
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.queries.sessions import session_or_none
from goldenthread.select.queries.draws import case_or_none, draw_for
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page


@page(may="signed in")
def session_audits(request: PersonRequest, code: str) -> HttpResponse:
    """Every file of the session: its auditors, how far it is, its grade."""
    session = session_or_none(request.user, code)
    if session is None:
        raise Http404
    context = {"session": session, "files": session_files(request.user, session), "draw": draw_for(session)}
    return render(request, "audit/session_audits.html", context)


@page(may="allot audits", methods=("POST",))
@once
def share_out(request: PersonRequest, code: str) -> HttpResponse:
    """Allot every file without an auditor, evenly, among those seated who may."""
    session = session_or_none(request.user, code)
    if session is None:
        raise Http404
    number = services.share_out(by=request.user, session=session, now=clock.now())
    messages.success(
        request, f"{number} file{'s are' if number != 1 else ' is'} shared out. Change any of them by hand below."
    )
    return redirect("session_audits", code=code)


@page(may="allot audits", methods=("GET", "POST"))
@once
def allot(request: PersonRequest, code: str) -> HttpResponse:
    """Choose who audits one file; those who may not are shown with the reason."""
    case = case_or_none(request.user, code)
    if case is None or case.draw.session is None:
        raise Http404
    allotment = allotment_of(case, clock.today())
    apart = case.draw.framework.parsed.allotting.pairs == "apart"
    form = AllotForm(allotment.choices, request.POST or None, initial={"auditors": allotment.chosen}, apart=apart)
    if request.method == "POST" and form.is_valid():
        auditors = [allotment.people[int(key)] for key in form.cleaned_data["auditors"]]
        services.allot(by=request.user, case=case, auditors=auditors, now=clock.now())
        messages.success(request, f"{case.ref} is allotted to {' and '.join(person.name for person in auditors)}.")
        return redirect("session_audits", code=case.draw.session.code)
    context = {"case": case, "session": case.draw.session, "form": form, "allotment": allotment}
    return render(request, "audit/allot.html", context)


@page(may="allot audits", methods=("GET", "POST"))
@once
def withdraw(request: PersonRequest, code: str) -> HttpResponse:
    """Take an audit away before it is submitted, with the reason."""
    opened = opened_or_404(request, code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw(by=request.user, audit=opened.audit, because=form.cleaned_data["because"], now=clock.now())
        messages.success(request, "The audit is withdrawn.")
        return redirect("session_audits", code=opened.audit.session.code)
    if request.method != "POST":
        services.see(by=request.user, opened=opened, at=clock.now())
    return render(request, "audit/withdraw.html", {"opened": opened, "form": form})
