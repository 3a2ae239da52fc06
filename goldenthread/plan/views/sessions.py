"""Sessions coming and past, and one session whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.people.queries import people_in_post
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.sessions import CancelSessionForm, ChangeSessionForm, SessionForm
from goldenthread.plan.queries.focuses import focuses_ending_after
from goldenthread.plan.queries.groups import groups_of, quorum_asked, seats_asked
from goldenthread.plan.queries.sessions import chair_of, coming_sessions, past_sessions, seats_of, session_or_none
from goldenthread.plan.queries.years import SITTING, seats_in_all
from goldenthread.plan.services import sessions as services
from goldenthread.plan.showing import framework_of, seat_words, status_words
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
        "framework": framework_of(request),
        "seats_of": seats_in_all,
    }
    return render(request, "plan/sessions.html", context)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def arrange_session(request: PersonRequest) -> HttpResponse:
    """A session by hand: the group, the day, the place, and who sits."""
    framework = framework_of(request)
    groups, focuses = list(groups_of(request.user.authority_id)), _focuses(request)
    form = SessionForm(framework, groups, _who_may_sit(request, framework), request.POST or None, focuses=focuses)
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
    posts, seats = {post.key: post.label for post in framework.posts}, list(seats_of(session))
    context = {
        "session": session,
        "seats": [(seat, seat_words(seat, posts)) for seat in seats],
        "sitting": sum(seat.standing in SITTING for seat in seats),
        "asked": seats_in_all(session.group, framework),
        "quorum": quorum_asked(session.group, framework),
        "chair": chair_of(session, seats, framework),
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
    focus = session.set_focus
    initial = {
        "held_on": session.held_on, "venue": session.venue, "set_focus": focus and focus.pk,
        "focus": "" if focus and focus.title == session.focus else session.focus,
    }  # fmt: skip
    form = ChangeSessionForm(
        framework, (), _who_may_sit(request, framework), request.POST or None, initial=initial,
        seats_asked=seats_asked(session.group, framework), seated=list(seats_of(session)),
        focuses=_focuses(request, session.held_on),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            services.change_session(by=request.user, session=session, now=clock.now(), **form.arranged)
        except Refused as refusal:
            form.refuse(refusal, "held_on")
        else:
            messages.success(request, _changed(session.published_at is not None))
            return redirect("open_session", code=code)
    return render(request, "plan/change_session.html", {"form": form, "session": session, "framework": framework})


def _changed(published: bool) -> str:
    if published:
        return "The session is changed. Whoever the change concerns is told by e-mail."
    return "The session is changed. Nobody is told before it is published."


@page(may="arrange sessions", methods=("POST",))
@once
def publish_session(request: PersonRequest, code: str) -> HttpResponse:
    """A proposal made binding."""
    session = found(session_or_none(request.user, code))
    services.publish_sessions(by=request.user, sessions=[session], now=clock.now())
    messages.success(request, "The session is published. Everybody who sits is invited by e-mail.")
    return redirect("open_session", code=code)


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


def _focuses(request: PersonRequest, day: date | None = None) -> list[Any]:
    return list(focuses_ending_after(request.user.authority_id, min(day or date.max, clock.today())))


def _who_may_sit(request: PersonRequest, framework: Framework) -> list[Any]:
    kinds = [post.key for post in framework.posts if post.audits]
    return list(people_in_post(request.user.authority_id, clock.today(), kinds))
