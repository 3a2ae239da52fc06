"""Immediate concerns: raised from an audit in two steps, the list, one of them, acknowledged, closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.act.concerning import board, listed, moment
from goldenthread.act.forms.concerns import ConcernFilterForm, ConcernForm, OutcomeForm
from goldenthread.act.queries.concerns import OpenConcern, audit_to_raise_on, concern_or_none, page_of_concerns
from goldenthread.act.services import concerns as services
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page
from goldenthread.web.wording import listed as in_a_row


@page(may="signed in")
def concerns(request: PersonRequest) -> HttpResponse:
    """The open ones with their clock, then those closed, fifty a page; as far as this person may see them."""
    form, below = ConcernFilterForm(request.GET), request.GET.get("below", "")
    key = int(below) if below.isdecimal() and len(below) < 18 else None  # noqa: PLR2004 - longer is no key
    shown, now = page_of_concerns(request.user, form.narrowed(), below=key), clock.now()
    kept = request.GET.copy()
    kept.pop("below", None)
    context = {
        "form": form,
        "open": listed(shown.open, now),
        "closed": listed(shown.closed, now),
        "older": shown.older,
        "narrowed": any(kept.values()),
        "address": f"?{kept.urlencode()}&" if kept else "?",
        "later": key is not None,
    }
    return render(request, "act/concerns.html", context)


@page(may="raise a concern", methods=("GET", "POST"))
@once
def raise_concern(request: PersonRequest, code: str) -> HttpResponse:
    """What worries her and where it was seen; then the same to be looked over once, with who will be told."""
    audit = found(audit_to_raise_on(request.user, code))
    form, now = ConcernForm(request.POST or None), clock.now()
    people, answer_by = services.told_if_raised(by=request.user, audit=audit, now=now)
    context = {"audit": audit, "form": form, "people": people, "answer_by": moment(answer_by, now)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "act/raise_concern.html", context, status=400 if form.errors else 200)
    then = request.POST.get("then", "")
    if then != "raise":
        return render(request, f"act/{'raise' if then == 'change' else 'confirm'}_concern.html", context)
    concern = services.raise_concern(by=request.user, audit=audit, now=now, **form.cleaned_data)
    names = in_a_row([person.name for person in people])
    messages.success(request, f"The concern is raised. Told now: {names}.")
    return redirect("open_concern", code=concern.code)


def _opened(request: PersonRequest, code: str) -> OpenConcern:
    return found(concern_or_none(request.user, code))


@page(may="read a concern")
def open_concern(request: PersonRequest, code: str) -> HttpResponse:
    """What was seen, who was told and when, who has it in hand, what was done; opening it is on record."""
    opened, now = _opened(request, code), clock.now()
    services.see_concern(by=request.user, opened=opened, at=now)
    return render(request, "act/open_concern.html", {"opened": opened, "board": board(opened, now)})


@page(may="read a concern", methods=("POST",))
@once
def acknowledge_concern(request: PersonRequest, code: str) -> HttpResponse:
    """One of those told has it in hand."""
    services.acknowledge(by=request.user, opened=_opened(request, code), now=clock.now())
    messages.success(
        request, "The concern is acknowledged, and whoever raised it is told. Close it with what was done."
    )
    return redirect("open_concern", code=code)


@page(may="read a concern", methods=("GET", "POST"))
@once
def close_concern(request: PersonRequest, code: str) -> HttpResponse:
    """What was done for the child."""
    opened = _opened(request, code)
    if not board(opened, clock.now()).may_close:
        raise Refused("A concern is closed by one of those who were told, once it is acknowledged.")
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.close_concern(by=request.user, opened=opened, outcome=form.cleaned_data["outcome"], now=clock.now())
        messages.success(request, "The concern is closed. What was done stays on record.")
        return redirect("open_concern", code=code)
    context = {"opened": opened, "form": form}
    return render(request, "act/close_concern.html", context, status=400 if form.errors else 200)
