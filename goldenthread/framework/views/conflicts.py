"""Conflicts of interest: each person declares and ends her own; the Quality Assurance Unit keeps them all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.framework.forms import ConflictFilterForm, ConflictForm
from goldenthread.method.refusal import Refused
from goldenthread.people import services
from goldenthread.people.queries import (
    conflict_or_none,
    conflicts_of,
    page_of_conflicts,
    people_in_post,
    person_or_none,
    team_or_none,
    teams_of,
)
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


@page(may="signed in", methods=("GET", "POST"))
@once
def your_conflicts(request: PersonRequest) -> HttpResponse:
    """What she declared, and the form to declare another."""
    form = _form(request)
    if request.method == "POST" and form.is_valid() and _declared(request, form, request.user):
        messages.success(request, "Your conflict of interest is declared. From now on you are not given those files.")
        return redirect("your_conflicts")
    context = {"form": form, "conflicts": list(conflicts_of(request.user))}
    return render(request, "framework/your_conflicts.html", context, status=400 if form.errors else 200)


@page(may="keep conflicts of interest")
def conflicts(request: PersonRequest) -> HttpResponse:
    """Everybody's, the latest first, fifty a page."""
    form, after = ConflictFilterForm(request.GET), request.GET.get("after", "")
    shown = page_of_conflicts(
        request.user.authority_id, after=int(after) if after.isdecimal() else None, **form.narrowed
    )
    kept = request.GET.copy()
    kept.pop("after", None)
    context = {"form": form, "page": shown, "address": f"?{kept.urlencode()}&" if kept else "?"}
    return render(request, "framework/conflicts.html", context)


@page(may="keep conflicts of interest", methods=("GET", "POST"))
@once
def declare_conflict(request: PersonRequest) -> HttpResponse:
    """For somebody who told the unit of a tie."""
    form = _form(request, whose=True)
    if request.method == "POST" and form.is_valid():
        person = found(person_or_none(request.user.authority_id, form.cleaned_data["person"]))
        if _declared(request, form, person):
            messages.success(request, f"A conflict of interest of {person.name} is declared.")
            return redirect("conflicts")
    context = {"form": form}
    return render(request, "framework/declare_conflict.html", context, status=400 if form.errors else 200)


@page(may="signed in", methods=("GET", "POST"))
@once
def end_conflict(request: PersonRequest, key: int) -> HttpResponse:
    """Say that a tie is no more: one's own, or for the unit anybody's."""
    conflict = found(conflict_or_none(request.user.authority_id, key))
    own = conflict.person_id == request.user.pk
    found((own or request.user.is_quality_assurance) or None)
    back = "your_conflicts" if own else "conflicts"
    if request.method == "POST":
        services.end_conflict(by=request.user, conflict=conflict, now=clock.now())
        messages.success(request, "The conflict of interest has ended. It stays on record.")
        return redirect(back)
    return render(request, "framework/end_conflict.html", {"conflict": conflict, "back": back})


def _form(request: PersonRequest, *, whose: bool = False) -> ConflictForm:
    council, today = request.user.authority_id, clock.today()
    people = {post.person.code: f"{post.person.name}, {post.title}" for post in people_in_post(council, today)}
    teams = [(str(team.pk), team.name) for team in teams_of(council, today)]
    return ConflictForm(list(people.items()), teams, request.POST or None, whose=whose)


def _declared(request: PersonRequest, form: ConflictForm, person: Any) -> bool:
    council, asked = request.user.authority_id, form.cleaned_data
    worker = person_or_none(council, asked["worker"]) if asked["worker"] else None
    team = team_or_none(council, int(asked["team"])) if asked["team"] else None
    try:
        services.declare_conflict(
            by=request.user, person=person, sort=asked["sort"], ref=asked["ref"], worker=worker, team=team,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True
