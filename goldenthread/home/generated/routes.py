"""Every address that the product answers, to which methods and for whom, from the resolver and each view's @page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import get_resolver

from goldenthread.home.generated.markdown import code, page, table
from goldenthread.web.checks import routes

View = Callable[..., Any]

NOT_OURS = "django-allauth decides"


def document() -> str:
    rows = sorted([code(f"/{path}"), name(view), *declared(view)] for path, view in routes(get_resolver()))
    return page("Routes", table(["address", "page", "methods", "open to"], rows))


def name(view: View) -> str:
    """The stage and the word of a page: `act: sign_off`."""
    answering = getattr(view, "view_class", view)
    return f"{answering.__module__.removeprefix('goldenthread.').split('.')[0]}: {answering.__name__}"


def declared(view: View) -> list[str]:
    said = getattr(view, "page", None)
    return [", ".join(sorted(said.methods)), said.words] if said else ["", NOT_OURS]
