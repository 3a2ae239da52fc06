"""How pages are made: Jinja2 behind Django's own backend, GOV.UK components beside it, and what every page knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from goldenthread.web import clock, controls, govuk, idempotency, wording


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the product: its name in the bar at the top and the path under which all its pages lie."""

    name: str
    path: str

    def holds(self, path: str) -> bool:
        return path == self.path if self.path == "/" else path.startswith(self.path)


AREAS = (
    Area("Your work", "/"),
    Area("Plan", "/plan/"),
    Area("Select", "/select/"),
    Area("Audit", "/audit/"),
    Area("Act", "/act/"),
    Area("Learn", "/learn/"),
)
SETTINGS = Area("Settings", "/settings/")


def environment(**options: Any) -> Environment:
    """The environment of our own templates: a name that nobody gave is a fault, never an empty place on a page."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701 - Django's backend passes autoescape=True
    made.filters |= wording.FILTERS
    made.globals |= {
        "static": static,
        "url": address,
        "govuk": govuk.component,
        "control": controls.control,
        "faults_of": controls.faults_of,
        "fresh_token": idempotency.fresh_token,
        "today": clock.today,
    }
    return made


def address(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def every_page(request: HttpRequest) -> dict[str, Any]:
    """What every page knows beside its own: the service, the person, the areas she has something to do in."""
    person = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    shown = getattr(request, "areas", None)
    open_areas = [area for area in (*AREAS, SETTINGS) if shown is None or area.name in shown]
    return bare_page() | {
        "person": person if signed_in else None,
        "council": getattr(request, "council", ""),
        "areas": [area for area in open_areas if area is not SETTINGS] if signed_in else [],
        "settings_area": SETTINGS if signed_in and SETTINGS in open_areas else None,
        "here": request.path,
        "messages": get_messages(request),
    }


def bare_page() -> dict[str, Any]:
    """The same for a page that may not ask the database anything, because that is what failed."""
    return {
        "service_name": settings.SERVICE_NAME,
        "service_colour": settings.SERVICE_COLOUR,
        "demonstration": settings.DEMONSTRATION,
        "person": None,
        "council": "",
        "areas": [],
        "settings_area": None,
        "here": "",
        "messages": [],
    }
