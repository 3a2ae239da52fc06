"""Every page declares who may open it and how. A view without this declaration stops the server from starting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from goldenthread.method.access import MAY, Is
from goldenthread.method.refusal import Refused
from goldenthread.web.wording import listed

ANYONE, SIGNED_IN = "anyone", "signed in"
READING = frozenset({"GET", "HEAD"})

Thing = TypeVar("Thing")
View = Callable[..., HttpResponse]
May = str | Callable[[Any], bool]

# The standings somebody has whatever the thing; all others are someone's standing to one child's audit.
WHATEVER_THE_THING: dict[Is, Callable[[Any], bool]] = {
    Is.QUALITY_ASSURANCE: lambda person: person.is_quality_assurance,
    Is.DIRECTOR: lambda person: person.is_director,
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a view declared: who may open it, and by which methods."""

    may: May
    methods: frozenset[str]

    @property
    def words(self) -> str:
        """Who may, as the generated table of routes says it."""
        return self.may if isinstance(self.may, str) else (self.may.__doc__ or self.may.__name__).strip()


def page(*, may: May, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Declare a view a page.

    `may` is "anyone", "signed in", an act of `method.access.MAY` or a function of the person. An act open only to
    standings that hold whatever the thing is refused here; one that depends on the thing is for the view to ask, and
    here it means signed in. A wrong method is 405; nobody signed in leads to the sign-in; a `Refused` from within
    becomes a page with its sentences, 403 when reading and 409 when acting.
    """
    if isinstance(may, str) and may not in {ANYONE, SIGNED_IN, *MAY}:
        raise ValueError(f"“{may}” is neither “anyone”, “signed in” nor an act in method.access.MAY.")
    declared = Page(may, frozenset(methods) | ({"HEAD"} if "GET" in methods else frozenset()))

    def declare(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in declared.methods:
                return HttpResponseNotAllowed(sorted(declared.methods))
            if may != ANYONE and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path() if request.method in READING else "/")
            try:
                _ask(may, request)
                return view(request, *args, **kwargs)
            except Refused as refusal:
                return refused(request, refusal)

        opened.page = declared  # type: ignore[attr-defined]
        return opened

    return declare


def found(thing: Thing | None) -> Thing:
    """What a page is about; "not found" alike where there is none and where it is not hers to see."""
    if thing is None:
        raise Http404
    return thing


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The sentences of a refusal as a page."""
    status = 403 if request.method in READING else 409
    return render(request, "web/refused.html", {"sentences": refusal.sentences}, status=status)


def _ask(may: May, request: HttpRequest) -> None:
    if callable(may):
        if not may(request.user):
            raise Refused("This page is not open to you.")
        return
    standings = MAY.get(may, frozenset())
    asked = bool(standings) and standings <= WHATEVER_THE_THING.keys()
    if asked and not any(WHATEVER_THE_THING[standing](request.user) for standing in standings):
        raise Refused(f"This page is open to {listed(sorted(standing.words for standing in standings))} only.")
