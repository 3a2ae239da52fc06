"""Coming in and going out. allauth does the work; our own wrappers say who may open what, and show the cast."""

from __future__ import annotations

from allauth.account import views as allauth
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from goldenthread.method.refusal import Refused
from goldenthread.people.queries import demonstration_cast, with_posts
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import ANYONE, page

BACKEND = "goldenthread.people.sign_in.PersonBackend"


@page(may=ANYONE, methods=("GET", "POST"))
def sign_in(request: PersonRequest) -> HttpResponse:
    """Username and password; in the demonstration, also everyone whom a visitor may be."""
    cast = with_posts(demonstration_cast(), clock.today()) if settings.DEMONSTRATION else []
    return allauth.LoginView.as_view(extra_context={"cast": cast})(request)


@page(may=ANYONE, methods=("POST",))
def be_somebody(request: PersonRequest, code: str) -> HttpResponse:
    """Come in as one of the demonstration's cast. In a real council there is no such page."""
    person = demonstration_cast().filter(code=code).first() if settings.DEMONSTRATION else None
    if person is None:
        raise Http404
    request.session.flush()
    login(request, person, backend=BACKEND)
    return redirect("your_work")


@page(may=ANYONE, methods=("GET", "POST"))
def sign_out(request: PersonRequest) -> HttpResponse:
    return allauth.LogoutView.as_view()(request)


@page(may="signed in", methods=("GET", "POST"))
def change_password(request: PersonRequest) -> HttpResponse:
    if not request.user.has_password:
        raise Refused("You came in without a password, so there is none to change.")
    return allauth.PasswordChangeView.as_view()(request)
