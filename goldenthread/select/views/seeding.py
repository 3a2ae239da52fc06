"""Giving a number for the seed of a draw, revealing it, and beginning anew where somebody never revealed hers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.select.forms.draws import AbandonForm
from goldenthread.select.forms.seeding import CommitForm, RevealForm
from goldenthread.select.queries.draws import draw_or_none, draw_to_share, shares_of
from goldenthread.select.services import seeding
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


@page(may="signed in", methods=("GET", "POST"))
@once
def share_number(request: PersonRequest, code: str) -> HttpResponse:
    """Her own page: she gives a number that nobody else knows, and reveals it once enough others have given theirs."""
    draw = found(draw_to_share(request.user, code))
    shares = list(shares_of(draw))
    own = next((share for share in shares if share.person_id == request.user.pk), None)
    form = (RevealForm if own else CommitForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if own:
                seeding.reveal_share(by=request.user, draw=draw, number=given["number"], now=clock.now())
            else:
                seeding.commit_share(
                    by=request.user, draw=draw, number=given["number"], digest=given["digest"], now=clock.now()
                )
        except Refused as refusal:
            form.refuse(refusal, "number")
        else:
            messages.success(request, "Your number is revealed." if own else "Your number is kept, as its fingerprint.")
            return redirect("share_number", code=code)
    context = {"draw": draw, "shares": shares, "own": own, "form": form, "missing": seeding.still_missing(draw, shares)}
    return render(request, "select/share_number.html", context)


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def start_draw_again(request: PersonRequest, code: str) -> HttpResponse:
    """Give up a draw for which somebody never revealed her number, and freeze the same list under a new id."""
    draw = found(draw_or_none(request.user, code))
    form = AbandonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            again = seeding.start_again(
                by=request.user, draw=draw, because=form.cleaned_data["because"], now=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The same list is frozen again, as {again.draw_id}. Ask for new numbers.")
            return redirect("open_draw", code=again.code)
    missing = [share.person.name for share in shares_of(draw) if not share.revealed_at]
    return render(request, "select/start_draw_again.html", {"draw": draw, "form": form, "missing": missing})
