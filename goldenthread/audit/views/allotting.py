"""How a session's files are shared out, taken back while nobody has begun, and replaced when one cannot be audited."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.audit import services
from goldenthread.audit.forms.allotting import ReplaceForm
from goldenthread.audit.queries.allotting import begun_by, shared_out
from goldenthread.audit.views.writing import opened_or_404
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.queries.sessions import session_or_none
from goldenthread.select.queries.draws import case_or_none
from goldenthread.select.queries.frames import stratum_words
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page
from goldenthread.web.wording import listed, plural


@page(may="allot audits")
def session_allotment(request: PersonRequest, code: str) -> HttpResponse:
    """What each person has of a session's files, who may not have which and why, and what nobody may audit."""
    session = found(session_or_none(request.user, code))
    context = {"session": session, "out": shared_out(request.user, session, clock.today())}
    return render(request, "audit/session_allotment.html", context)


@page(may="allot audits", methods=("POST",))
@once
def take_back_all(request: PersonRequest, code: str) -> HttpResponse:
    """Undo every allotment of the session that nobody has begun."""
    session = found(session_or_none(request.user, code))
    number = services.take_back_all(by=request.user, session=session, now=clock.now())
    messages.success(request, f"{plural(number, 'file is', 'files are')} taken back, to be shared out anew.")
    return redirect("session_allotment", code=code)


@page(may="allot audits", methods=("POST",))
@once
def take_back(request: PersonRequest, code: str) -> HttpResponse:
    """Undo one allotment that nobody has begun."""
    opened = opened_or_404(request, code)
    services.take_back(by=request.user, audit=opened.audit, now=clock.now())
    messages.success(request, f"{opened.audit.ref} is taken back and waits for somebody to audit it.")
    return redirect("session_audits", code=opened.audit.session.code)


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def replace_case(request: PersonRequest, code: str) -> HttpResponse:
    """Take the next reserve for a file that cannot be audited, with the reason; its audit is withdrawn."""
    case = found(case_or_none(request.user, code))
    form = ReplaceForm(listed(begun_by(case)), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reserve = services.replace_case(by=request.user, case=case, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{case.ref} is replaced by {reserve.ref}, the next reserve.")
            return redirect("open_draw", code=case.draw.code)
    words = stratum_words(case.draw.framework.parsed, case.stratum)
    return render(request, "audit/replace_case.html", {"case": case, "stratum": words, "form": form})
