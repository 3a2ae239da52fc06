"""The council's people, the posts they hold, and its teams. The posts are the framework's, so the pages stand here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.framework.forms import (
    AddressForm,
    CloseTeamForm,
    EndPostForm,
    PasswordForm,
    PeopleFilterForm,
    PersonForm,
    PostForm,
    TeamForm,
)
from goldenthread.framework.queries import framework_in_force
from goldenthread.framework.showing import post_facts, posts_offered
from goldenthread.method.refusal import Refused
from goldenthread.people import services
from goldenthread.people.queries import (
    page_of_people,
    person_or_none,
    post_or_none,
    posts_of,
    team_or_none,
    teams_of,
    teams_with_people,
)
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page
from goldenthread.web.wording import day


@page(may="see the settings")
def people(request: PersonRequest) -> HttpResponse:
    """Everybody of the council, by name, fifty a page."""
    today = clock.today()
    form = PeopleFilterForm(_teams(request), request.GET)
    shown = page_of_people(request.user.authority_id, today, after=request.GET.get("after", ""), **form.narrowed)
    kept = request.GET.copy()
    kept.pop("after", None)
    context = {"form": form, "page": shown, "address": f"?{kept.urlencode()}&" if kept else "?"}
    return render(request, "framework/people.html", context)


@page(may="see the settings", methods=("GET", "POST"))
@once
def add_person(request: PersonRequest) -> HttpResponse:
    """Somebody new; then her post."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = services.add_person(by=request.user, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal, "username")
        else:
            messages.success(request, f"{person.name} is added. Now say which post they hold.")
            return redirect("give_post", code=person.code)
    return _form(request, "framework/add_person.html", form)


@page(may="see the settings")
def open_person(request: PersonRequest, code: str) -> HttpResponse:
    """One person: how she signs in, and every post she holds or held."""
    person = _person_or_404(request, code)
    context = {"somebody": person, "posts": list(posts_of(person))}
    return render(request, "framework/open_person.html", context)


@page(may="see the settings", methods=("GET", "POST"))
@once
def give_post(request: PersonRequest, code: str) -> HttpResponse:
    """Put somebody in a post of the framework, from a day."""
    person, today = _person_or_404(request, code), clock.today()
    framework = framework_in_force(request.user.authority_id, today).parsed
    form = PostForm(posts_offered(framework), _teams(request), request.POST or None, initial={"started_on": today})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        team = team_or_none(request.user.authority_id, int(asked["team"])) if asked["team"] else None
        post = post_facts(framework, asked["kind"]) | {"share": asked["share"]}
        try:
            services.give_post(
                by=request.user, person=person, team=team, post=post, started_on=asked["started_on"], now=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{person.name} is {post['title']} from {day(asked['started_on'], 'plain')}.")
            return redirect("open_person", code=code)
    return _form(request, "framework/give_post.html", form, somebody=person)


@page(may="see the settings", methods=("GET", "POST"))
@once
def end_post(request: PersonRequest, code: str, key: int) -> HttpResponse:
    """The last day somebody is in a post."""
    person = _person_or_404(request, code)
    post = post_or_none(person, key)
    if post is None:
        raise Http404
    form = EndPostForm(request.POST or None, initial={"ended_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.end_post(by=request.user, post=post, ended_on=form.cleaned_data["ended_on"], now=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{person.name} is {post.title} until {day(post.ended_on, 'plain')}.")
            return redirect("open_person", code=code)
    return _form(request, "framework/end_post.html", form, somebody=person, post=post)


@page(may="see the settings", methods=("GET", "POST"))
@once
def give_password(request: PersonRequest, code: str) -> HttpResponse:
    """A new password for somebody who has none or has forgotten it."""
    person = _person_or_404(request, code)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.give_password(by=request.user, person=person, password=form.cleaned_data["password"], now=clock.now())
        messages.success(request, f"{person.name} has a new password. Tell it to them yourself.")
        return redirect("open_person", code=code)
    return _form(request, "framework/give_password.html", form, somebody=person)


@page(may="see the settings", methods=("GET", "POST"))
@once
def change_address(request: PersonRequest, code: str) -> HttpResponse:
    """Where somebody's invitations and reminders go."""
    person = _person_or_404(request, code)
    form = AddressForm(request.POST or None, initial={"email": person.email})
    if request.method == "POST" and form.is_valid():
        services.change_address(by=request.user, person=person, email=form.cleaned_data["email"], now=clock.now())
        messages.success(request, f"Messages for {person.name} go to {person.email or 'nobody: there is no address'}.")
        return redirect("open_person", code=code)
    return _form(request, "framework/change_address.html", form, somebody=person)


@page(may="see the settings", methods=("POST",))
@once
def close_account(request: PersonRequest, code: str) -> HttpResponse:
    person = _person_or_404(request, code)
    services.deactivate(by=request.user, person=person, now=clock.now())
    messages.success(request, f"{person.name} can no longer sign in, and is signed out wherever they were.")
    return redirect("open_person", code=code)


@page(may="see the settings", methods=("POST",))
@once
def open_account(request: PersonRequest, code: str) -> HttpResponse:
    person = _person_or_404(request, code)
    services.reactivate(by=request.user, person=person, now=clock.now())
    messages.success(request, f"{person.name} can sign in again.")
    return redirect("open_person", code=code)


@page(may="see the settings")
def teams(request: PersonRequest) -> HttpResponse:
    """The services and teams open today, with how many people are in each."""
    found = list(teams_with_people(request.user.authority_id, clock.today()))
    return render(request, "framework/teams.html", {"teams": found})


@page(may="see the settings", methods=("GET", "POST"))
@once
def add_team(request: PersonRequest) -> HttpResponse:
    """A new team within a service, or a new service."""
    today, council = clock.today(), request.user.authority_id
    above = [(str(team.pk), team.name) for team in teams_of(council, today) if team.parent_id is None]
    form = TeamForm(above, request.POST or None, initial={"opened_on": today})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        parent = team_or_none(council, int(asked["parent"])) if asked["parent"] else None
        try:
            team = services.open_team(
                by=request.user, name=asked["name"], parent=parent, opened_on=asked["opened_on"], now=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal, "name")
        else:
            messages.success(request, f"{team.name} is open from {day(team.opened_on, 'plain')}.")
            return redirect("teams")
    return _form(request, "framework/add_team.html", form)


@page(may="see the settings", methods=("GET", "POST"))
@once
def close_team(request: PersonRequest, key: int) -> HttpResponse:
    """The last day of a team; its past stays."""
    team = team_or_none(request.user.authority_id, key)
    if team is None:
        raise Http404
    form = CloseTeamForm(request.POST or None, initial={"closed_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.close_team(by=request.user, team=team, closed_on=form.cleaned_data["closed_on"], now=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{team.name} closes on {day(team.closed_on, 'plain')}.")
            return redirect("teams")
    return _form(request, "framework/close_team.html", form, team=team)


def _person_or_404(request: PersonRequest, code: str) -> Any:
    person = person_or_none(request.user.authority_id, code)
    if person is None:
        raise Http404
    return person


def _teams(request: PersonRequest) -> list[tuple[str, str]]:
    return [(str(team.pk), team.name) for team in teams_of(request.user.authority_id, clock.today())]


def _form(request: PersonRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)
