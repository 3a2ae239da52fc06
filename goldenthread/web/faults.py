"""What a person reads when something went wrong: plain sentences, and nothing that tells what lies behind.

A record that does not exist and one that is someone else's give the same bytes. The root urls name these as
`handler400 = "goldenthread.web.faults.unreadable"`, 403 `forbidden`, 404 `not_found` and 500 `failed`.
"""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from goldenthread.web.jinja import bare_page


def _fault(status: int, title: str, *sentences: str) -> HttpResponse:
    """Rendered without the request, so that it needs no database and holds nothing of what was asked."""
    words = {"title": title, "sentences": sentences}
    return HttpResponse(render_to_string("web/fault.html", bare_page() | words), status=status)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _fault(413, "That is too large", "What you sent is larger than this page takes. Nothing was changed.")
    return _fault(
        400,
        "That could not be read",
        "Your browser sent something this page does not understand. Nothing was changed.",
        "Go back, load the page again and try once more.",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _fault(403, "This is not open to you", "You may not open this page. Nothing was changed.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _fault(
        404,
        "Page not found",
        "There is no such page, or it is not one you can open.",
        "If you typed the address, check that it is right. If you followed a link here, what it led to may have moved.",
    )


def failed(request: HttpRequest) -> HttpResponse:
    return _fault(
        500,
        "Sorry, something went wrong",
        "Your work is safe: everything you were told was saved is kept. What you were doing just now was not done.",
        "Try again in a few minutes.",
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _fault(
        403,
        "This form waited too long",
        "You may have signed out, or signed in elsewhere, since this page was opened. Nothing was changed.",
        "Your work is safe: what you were told was saved is kept. Go back, load the page again and send it once more.",
    )
