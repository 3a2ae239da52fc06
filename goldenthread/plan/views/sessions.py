"""Sessions coming and past, and one session whole."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.people.queries import people_in_post
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.sessions import CancelSessionForm, ChangeSessionForm, SessionForm
from goldenthread.plan.queries.groups import groups_of
from goldenthread.plan.queries.sessions import coming_sessions, past_sessions, seats_of, session_or_none
from goldenthread.plan.services import sessions as services
from goldenthread.plan.showing import framework_of, status_words
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


@page(may="signed in")
def sessions(request: PersonRequest) -> HttpResponse:
    """The sessions this person may see: those to come, then those past."""
    today = clock.today()
    context = {
        "coming": list(coming_sessions(request.user, today)),
        "past": past_sessions(request.user, today, request.GET.get("after", "")),
        "groups": list(groups_of(request.user.authority_id)),
        "seats": framework_of(request).core_seats,
    }
    return render(request, "plan/sessions.html", context)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def arrange_session(request: PersonRequest) -> HttpResponse:
    """A session by hand: the group, the day, the place, and who sits."""
    framework = framework_of(request)
    groups = list(groups_of(request.user.authority_id))
    form = SessionForm(framework, groups, _who_may_sit(request, framework), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            session = services.arrange_session(
                by=request.user, group=form.chosen_group, now=clock.now(), **form.arranged
            )
        except Refused as refusal:
            form.refuse(refusal, "held_on")
        else:
            messages.success(request, "The session is arranged. Next, draw its files from a case list.")
            return redirect("open_session", code=session.code)
    return render(request, "plan/arrange_session.html", {"form": form, "groups": groups, "framework": framework})


@page(may="signed in")
def open_session(request: PersonRequest, code: str) -> HttpResponse:
    """One session: its facts, its seats, and the way on through the cycle."""
    session = found(session_or_none(request.user, code))
    framework = framework_of(request)
    posts = {post.key: post.label for post in framework.posts}
    context = {
        "session": session,
        "seats": [(seat, posts.get(seat.post, seat.post)) for seat in seats_of(session)],
        "framework": framework,
        "status_words": status_words(framework, session.group.statuses),
        "arranges": request.user.is_quality_assurance,
    }
    return render(request, "plan/open_session.html", context)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def change_session(request: PersonRequest, code: str) -> HttpResponse:
    """Another day, another place, other people."""
    session = session_or_none(request.user, code)
    if session is None or session.cancelled_at:
        raise Http404
    framework = framework_of(request)
    initial = {"held_on": session.held_on, "venue": session.venue, "focus": session.focus}
    form = ChangeSessionForm(
        framework, (), _who_may_sit(request, framework), request.POST or None, initial=initial,
        seated=list(seats_of(session)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            services.change_session(by=request.user, session=session, now=clock.now(), **form.arranged)
        except Refused as refusal:
            form.refuse(refusal, "held_on")
        else:
            messages.success(request, "The session is changed.")
            return redirect("open_session", code=code)
    return render(request, "plan/change_session.html", {"form": form, "session": session, "framework": framework})


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def cancel_session(request: PersonRequest, code: str) -> HttpResponse:
    """What would be cancelled, shown once more, and why."""
    session = found(session_or_none(request.user, code))
    form = CancelSessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        services.cancel_session(by=request.user, session=session, because=because, now=clock.now())
        messages.success(request, f"{session} is cancelled. Its files, if any were drawn, can be drawn again.")
        return redirect("sessions")
    context = {"form": form, "session": session, "seats": list(seats_of(session))}
    return render(request, "plan/cancel_session.html", context)


def _who_may_sit(request: PersonRequest, framework: Framework) -> list[Any]:
    kinds = [post.key for post in framework.posts if post.audits]
    return list(people_in_post(request.user.authority_id, clock.today(), kinds))
