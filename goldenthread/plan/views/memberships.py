"""Who belongs to a group: added, linked, co-opted, changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.memberships import MemberForm, MembershipForm, PartnerForm
from goldenthread.plan.queries.groups import group_or_none
from goldenthread.plan.queries.memberships import membership_or_none, who_may_be_linked, who_may_belong
from goldenthread.plan.services import memberships as services
from goldenthread.plan.showing import framework_of
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def add_core_member(request: PersonRequest, key: int) -> HttpResponse:
    """Somebody who sits at every session of the group."""
    group, framework, today = found(group_or_none(request.user.authority_id, key)), framework_of(request), clock.today()
    posts = who_may_belong(request.user.authority_id, framework, today)
    form = MemberForm(posts, request.POST or None, initial={"from_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_core_member(
                by=request.user, group=group, framework=framework, now=clock.now(), **form.chosen
            )
        except Refused as refusal:
            form.refuse(refusal, "chairs" if isinstance(refusal, services.ChairTaken) else "person")
        else:
            messages.success(request, f"{made.person.name} has a seat at every session of {group.name}.")
            return redirect("open_group", key=key)
    return _form(request, "Add a core member", "Add this member", group=group, form=form)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def link_director(request: PersonRequest, key: int) -> HttpResponse:
    """A director who links into the group."""
    group, framework, today = found(group_or_none(request.user.authority_id, key)), framework_of(request), clock.today()
    posts = who_may_be_linked(request.user.authority_id, framework, today)
    form = MemberForm(posts, request.POST or None, initial={"from_on": today}, chairs=False)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.link_director(
                by=request.user, group=group, framework=framework, now=clock.now(), **form.chosen
            )
        except Refused as refusal:
            form.refuse(refusal, "person")
        else:
            messages.success(request, f"{made.person.name} is linked to {group.name}.")
            return redirect("open_group", key=key)
    return _form(request, "Link a director", "Link this director", group=group, form=form)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def co_opt_partner(request: PersonRequest, key: int) -> HttpResponse:
    """Somebody of another agency joins the group."""
    group = found(group_or_none(request.user.authority_id, key))
    agencies = framework_of(request).joining.partners
    form = PartnerForm(agencies, request.POST or None, initial={"from_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.co_opt_partner(by=request.user, group=group, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal, "email")
        else:
            messages.success(request, f"{made.person.name} ({made.agency}) is co-opted onto {group.name}.")
            return redirect("open_group", key=key)
    return _form(request, "Co-opt a partner", "Co-opt this partner", group=group, form=form)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def change_membership(request: PersonRequest, key: int) -> HttpResponse:
    """Other days, an end, the chair given or taken."""
    membership = found(membership_or_none(request.user.authority_id, key))
    initial = {name: getattr(membership, name) for name in ("from_on", "to_on", "chairs")}
    form = MembershipForm(request.POST or None, initial=initial, chairs=membership.standing == "core")
    if request.method == "POST" and form.is_valid():
        asked = {"chairs": False} | form.cleaned_data
        try:
            services.change_membership(
                by=request.user, membership=membership, framework=framework_of(request), now=clock.now(), **asked
            )
        except Refused as refusal:
            form.refuse(refusal, "chairs" if isinstance(refusal, services.ChairTaken) else "from_on")
        else:
            messages.success(request, f"The membership of {membership.person.name} is changed.")
            return redirect("open_group", key=membership.group_id)
    title = f"{membership.get_standing_display()}: {membership.person.name}"
    return _form(request, title, "Keep these changes", group=membership.group, form=form)


def _form(request: PersonRequest, title: str, button: str, **context: Any) -> HttpResponse:
    return render(request, "plan/membership.html", {"title": title, "button": button, **context})
