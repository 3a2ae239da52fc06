"""Sessions as calendar files: one to download, and all of somebody's own at her private address."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from goldenthread.notices.calendar_files import feed as calendar_file
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.queries.feeds import feed_at, meeting_of, own_sessions
from goldenthread.plan.queries.sessions import session_or_none
from goldenthread.plan.services import feeds as services
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import ANYONE, found, page

TYPE = "text/calendar; charset=utf-8"
NAME = "Auditing sessions"


@page(may=ANYONE)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The sessions of whoever was given this address; a calendar program asks for it, so nobody signs in."""
    feed = found(feed_at(token))
    content = calendar_file(NAME, (meeting_of(session) for session in own_sessions(feed.person)))
    return HttpResponse(content, content_type=TYPE, headers={"Cache-Control": "private, max-age=3600"})


@page(may="signed in", methods=("POST",))
@once
def make_calendar_address(request: PersonRequest) -> HttpResponse:
    """A private address for her own calendar, in place of the one she had."""
    services.make_calendar_address(by=request.user, now=clock.now())
    messages.success(request, "Your calendar has a new address. Subscribe to it as the page says below.")
    return redirect(f"{reverse('calendar')}#your-calendar")


@page(may="signed in")
def session_calendar_file(request: PersonRequest, code: str) -> HttpResponse:
    """One session for a calendar, once it is published."""
    session = found(session_or_none(request.user, code))
    if not session.published_at:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="session-{session.held_on.isoformat()}.ics"'}
    return HttpResponse(calendar_file("", [meeting_of(session)]), content_type=TYPE, headers=headers)
