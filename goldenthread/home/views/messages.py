"""What is told by e-mail: what is stuck, what waits and what went out; in the demonstration, the mail itself."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages as said
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.home import services
from goldenthread.notices.capturing import captured, captured_or_none
from goldenthread.notices.queries import messages_of, notice_or_none
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import ANYONE, found, page
from goldenthread.web.wording import plural

LATE = timedelta(hours=1)  # a message that should have gone out and has not


@page(may="see the settings")
def messages(request: PersonRequest) -> HttpResponse:
    """The council's messages, those that need somebody first."""
    now = clock.now()
    told = messages_of(request.user.authority_id, now)
    context = {
        "told": told,
        "now": now,
        "set_up": settings.MAIL_SET_UP,
        "late": told.behind_since is not None and now - told.behind_since > LATE,
        "nightly_hour": settings.NIGHTLY_HOUR,
    }
    return render(request, "home/messages.html", context)


@page(may="see the settings", methods=("POST",))
@once
def try_message_again(request: PersonRequest, key: int) -> HttpResponse:
    notice = found(notice_or_none(request.user.authority_id, key))
    services.try_again(by=request.user, notice=notice, now=clock.now())
    said.success(request, f"The message to {notice.name} is tried again now.")
    return redirect("messages")


@page(may="see the settings", methods=("POST",))
@once
def try_all_again(request: PersonRequest) -> HttpResponse:
    tried = services.try_all_again(by=request.user, now=clock.now())
    said.success(request, f"{plural(tried, 'message')} {'is' if tried == 1 else 'are'} tried again now.")
    return redirect("messages")


@page(may="see the settings", methods=("POST",))
@once
def leave_message(request: PersonRequest, key: int) -> HttpResponse:
    notice = found(notice_or_none(request.user.authority_id, key))
    services.leave(by=request.user, notice=notice, now=clock.now())
    said.success(request, f"The message to {notice.name} is left unsent.")
    return redirect("messages")


# --- the demonstration's mail --------------------------------------------------------------------------------


@page(may=ANYONE)
def captured_mail(request: HttpRequest) -> HttpResponse:
    """Every message of the demonstration, which sends none. In a real council there is no such page."""
    _only_in_the_demonstration()
    return render(request, "home/captured_mail.html", {"mail": captured()})


@page(may=ANYONE)
def open_captured(request: HttpRequest, name: str) -> HttpResponse:
    _only_in_the_demonstration()
    return render(request, "home/open_captured.html", {"message": found(captured_or_none(name))})


@page(may=ANYONE)
def captured_calendar(request: HttpRequest, name: str) -> HttpResponse:
    """The calendar file that goes with a message."""
    _only_in_the_demonstration()
    message = found(captured_or_none(name))
    if not message.calendar:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="invitation.ics"'}
    return HttpResponse(message.calendar, content_type="text/calendar; charset=utf-8", headers=headers)


def _only_in_the_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise Http404
