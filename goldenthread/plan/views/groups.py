"""The auditing groups: their themes, their seats, who belongs to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.framework import Seat
from goldenthread.method.places import words_of
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.groups import GroupForm, SeatsForm
from goldenthread.plan.queries.groups import (
    group_or_none,
    groups_with_sessions,
    holders_of_posts,
    quorum_asked,
    seats_asked,
)
from goldenthread.plan.queries.memberships import memberships_of, unlinked, who_may_be_linked
from goldenthread.plan.services import groups as services
from goldenthread.plan.showing import framework_of, status_words
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


@page(may="see the sessions")
def groups(request: PersonRequest) -> HttpResponse:
    """The auditing groups and their themes."""
    framework, today, council = framework_of(request), clock.today(), request.user.authority_id
    arranges = request.user.is_quality_assurance
    rows = [(group, status_words(framework, group.statuses)) for group in groups_with_sessions(council)]
    directors = who_may_be_linked(council, framework, today) if arranges and rows else []
    context = {
        "groups": rows, "framework": framework, "arranges": arranges,
        "unlinked": [post.person.name for post in unlinked(directors, framework, today)],
    }  # fmt: skip
    return render(request, "plan/groups.html", context)


@page(may="see the sessions")
def open_group(request: PersonRequest, key: int) -> HttpResponse:
    """One group: its theme, its seats, who chairs it and who belongs to it."""
    council, framework, today = request.user.authority_id, framework_of(request), clock.today()
    group = found(group_or_none(council, key))
    members = list(memberships_of(group))
    holders, seats = holders_of_posts(council, today), seats_asked(group, framework)
    directors = who_may_be_linked(council, framework, today)
    context = {
        "group": group, "framework": framework, "status_words": status_words(framework, group.statuses),
        "arranges": request.user.is_quality_assurance,
        "seats": [(words_of(framework, seat), seat.number, _holders(seat, holders)) for seat in seats],
        "places": sum(seat.number for seat in seats), "quorum": quorum_asked(group, framework),
        "unfillable": [words_of(framework, seat) for seat in seats if not _holders(seat, holders)],
        "chairs": [each.person.name for each in members if each.chairs and _lasts(each, today)],
        "chaired_by": [framework.post(key).label for key in framework.meeting.chaired_by],
        "members": [each for each in members if _lasts(each, today)],
        "past_members": [each for each in members if not _lasts(each, today)],
        "posts": {post.key: post.label for post in framework.posts},
        "unlinked": [post.person.name for post in unlinked(directors, framework, today)],
    }  # fmt: skip
    return render(request, "plan/open_group.html", context)


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


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def change_group(request: PersonRequest, key: int) -> HttpResponse:
    """Another name or theme for a group."""
    group = found(group_or_none(request.user.authority_id, key))
    initial = {"name": group.name, "statuses": group.statuses}
    form = GroupForm(framework_of(request), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_group(by=request.user, group=group, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal, "name")
        else:
            messages.success(request, "The group is changed.")
            return redirect("open_group", key=key)
    return render(request, "plan/change_group.html", {"form": form, "group": group})


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def change_seats(request: PersonRequest, key: int) -> HttpResponse:
    """The seats of a group's sessions by post, and how many must sit."""
    group, framework = found(group_or_none(request.user.authority_id, key)), framework_of(request)
    seats = seats_asked(group, framework)
    form = SeatsForm(framework, seats, request.POST or None, initial={"quorum": group.quorum or None})
    if request.method == "POST" and form.is_valid():
        quorum = form.cleaned_data["quorum"] or 0
        try:
            services.change_seats(
                by=request.user, group=group, framework=framework, seats=form.seats, quorum=quorum, now=clock.now()
            )
        except services.SeatsTooFew as refusal:
            form.refuse(refusal, form.line_for(refusal.post))
        else:
            return _seats_changed(request, key)
    context = {"form": form, "group": group, "own": bool(group.seats)}
    return render(request, "plan/change_seats.html", context)


@page(may="arrange sessions", methods=("POST",))
@once
def use_framework_seats(request: PersonRequest, key: int) -> HttpResponse:
    """The framework's seats and quorum again, in place of the group's own."""
    group, framework = found(group_or_none(request.user.authority_id, key)), framework_of(request)
    services.change_seats(by=request.user, group=group, framework=framework, seats=(), quorum=0, now=clock.now())
    return _seats_changed(request, key)


def _seats_changed(request: PersonRequest, key: int) -> HttpResponse:
    messages.success(request, "The seats are changed. Next, look at the rota: it shows which seats are empty now.")
    return redirect("open_group", key=key)


def _lasts(membership: Any, today: date) -> bool:
    return not membership.to_on or membership.to_on >= today


def _holders(seat: Seat, holders: dict[str, int]) -> int:
    return sum(holders.get(post, 0) for post in seat.posts)
