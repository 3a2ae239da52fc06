"""Excusing somebody from records of her quota, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.excusals import ExcuseForm
from goldenthread.plan.queries.excusals import excusable, excusal_or_none
from goldenthread.plan.queries.owed import holder_visible_to
from goldenthread.plan.services import excusals as services
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page
from goldenthread.web.wording import day, plural


@page(may="signed in", methods=("GET", "POST"))
@once
def excuse(request: PersonRequest, code: str) -> HttpResponse:
    """Which records somebody need not submit, or only by a later day, and why."""
    person, today = found(holder_visible_to(request.user, code)), clock.today()
    owed = excusable(person, today)
    services.refuse_unless_granting(request.user, person, owed.framework)
    form = ExcuseForm(
        owed, today, request.POST or None, initial={"line": request.GET.get("line") or owed.current(today)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            granted = services.excuse(by=request.user, person=person, now=clock.now(), today=today, **form.granted)
        except Refused as refusal:
            form.refuse(refusal, "records")
        else:
            records = plural(granted.records, "record")
            until = f"may come until {day(granted.until_on)}" if granted.until_on else "need not be submitted"
            messages.success(request, f"{records} of {person.name} {until}. It stands on {person.name}’s own page now.")
            return redirect("owed_by_one", code=code)
    return render(request, "plan/excuse.html", {"form": form, "holder": person})


@page(may="signed in", methods=("POST",))
@once
def withdraw_excusal(request: PersonRequest, code: str) -> HttpResponse:
    """The records are owed again, by the day they were due on."""
    excusal = found(excusal_or_none(request.user.authority_id, code))
    services.withdraw_excusal(by=request.user, excusal=excusal, now=clock.now(), today=clock.today())
    messages.success(request, f"It is withdrawn. {excusal.person.name} owes the records as before.")
    return redirect("owed_by_one", code=excusal.person.code)
