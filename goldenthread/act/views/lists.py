"""Returned audits: the list, one of them, what its audit says, its history."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from goldenthread.act import services
from goldenthread.act.forms import ReturnFilterForm, SignOffForm
from goldenthread.act.history import history_of
from goldenthread.act.queries import OpenReturn, audit_of, open_return_or_none, page_of_returns, teams_to_choose
from goldenthread.act.showing import board, standing_of
from goldenthread.audit.queries import OpenAudit, written_in
from goldenthread.audit.queries.challenge import challenging
from goldenthread.audit.queries.parts import parts_to_read, reply_to_write
from goldenthread.audit.services.parts import see_part
from goldenthread.audit.showing import GivenPart, findings_in, given, whole
from goldenthread.audit.standing import stages_of, with_what_stands
from goldenthread.people.confirming import by_choosing, those_to_choose_from
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import page


def opened_or_404(request: PersonRequest, code: str) -> OpenReturn:
    """The returned audit, if it is there and this person's to see; else the same "not found" for both."""
    opened = open_return_or_none(request.user, code)
    if opened is None:
        raise Http404
    return opened


@page(may="signed in")
def returns(request: PersonRequest) -> HttpResponse:
    """The returned audits this person may see, the most pressing first, fifty a page."""
    today = clock.today()
    form = ReturnFilterForm(teams_to_choose(request.user, today), request.GET)
    shown = page_of_returns(request.user, form.narrowed(), today, request.GET.get("after", ""))
    kept = request.GET.copy()
    kept.pop("after", None)
    context = {
        "form": form,
        "page": shown,
        "lines": [(returned, standing_of(returned, returned.to_do, today)) for returned in shown.returns],
        "address": f"?{kept.urlencode()}&" if kept else "?",
        "narrowed": any(kept.values()),
    }
    return render(request, "act/returns.html", context)


@page(may="read a returned audit")
def open_return(request: PersonRequest, code: str) -> HttpResponse:
    """What was good first, then what is asked, by when and of whom; and the section that is signed."""
    opened = opened_or_404(request, code)
    services.see(by=request.user, opened=opened, at=clock.now())
    return show_return(request, opened)


def show_return(request: PersonRequest, opened: OpenReturn, refused: tuple[str, ...] = ()) -> HttpResponse:
    """The page; after a signature that was refused with its sentences, and with the note that was typed."""
    shown = board(request.user, opened, clock.today())
    note = request.POST.get("note", "")
    form = sign_off_form(request, initial={"shown": shown.sha256, "note": note})
    context = {"opened": opened, "board": shown, "form": form, "refused": refused}
    context["reply"] = reply_to_write(request.user, opened.returned.audit)
    context["challenging"] = challenging(request.user, opened.returned.audit, clock.today())
    return render(request, "act/open_return.html", context, status=409 if refused else 200)


def sign_off_form(request: PersonRequest, *args: Any, **options: Any) -> SignOffForm:
    """The signature's form, asking this person to confirm who she is in the way that she came in."""
    person = request.user
    return SignOffForm(those_to_choose_from(person) if by_choosing(person) else [], *args, **options)


@page(may="read a returned audit")
def read_returned_audit(request: PersonRequest, code: str) -> HttpResponse:
    """Every answer of the audit, for those to whom it was returned."""
    opened = opened_or_404(request, code)
    services.see(by=request.user, opened=opened, at=clock.now())
    audit = audit_of(opened)
    written = written_in(audit.part)
    context = {
        "opened": opened,
        "audit": audit,
        "sections": with_what_stands(whole(audit, written), stages_of(audit.audit), audit.framework),
        "findings": findings_in(audit, written),
        "parts": parts_read(request, audit),
    }
    return render(request, "act/read_returned_audit.html", context)


def parts_read(request: PersonRequest, audit: OpenAudit) -> list[GivenPart]:
    """What the practitioner, the family and others gave beside the audit, as far as this person sees it: an event."""
    parts = parts_to_read(request.user, audit.audit)
    for part in parts:
        see_part(by=request.user, opened=part.opened, at=clock.now())
    return given(parts)


@page(may="read a returned audit")
def return_history(request: PersonRequest, code: str) -> HttpResponse:
    """Who did and saw what since the audit was returned, as sentences."""
    opened = opened_or_404(request, code)
    return render(request, "act/return_history.html", {"opened": opened, "events": history_of(opened)})
