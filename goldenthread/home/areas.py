"""The areas a person has something to do in, and the council she works for: what the bar at the top shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from goldenthread.people.models import Person

Holds = Callable[[Person], bool]


def _runs(person: Person) -> bool:
    return person.is_quality_assurance


def _has_a_post(person: Person) -> bool:
    """Nearly every post may audit, and any may be asked to put something right."""
    return bool(person.posts_held)


def _reads_reports(person: Person) -> bool:
    return _runs(person) or person.is_director or bool(person.teams_managed or person.services_managed)


AREAS: dict[str, Holds] = {
    "Your work": lambda person: True,
    "Plan": _has_a_post,
    "Select": _runs,
    "Audit": _has_a_post,
    "Act": _has_a_post,
    "Learn": _reads_reports,
    "Settings": _runs,
}


class OpenAreas:
    """Puts `areas` and `council` on the request, from what the sign-in has read already: no statement of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Lazily: the council's colour and the pages for anyone need not read who is asking.
        request.areas = SimpleLazyObject(lambda: _areas(request.user))  # type: ignore[attr-defined]
        request.council = SimpleLazyObject(lambda: _council(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)


def _areas(person: Any) -> frozenset[str]:
    return areas_of(person) if person.is_authenticated else frozenset()


def _council(person: Any) -> str:
    return person.authority.name if person.is_authenticated else ""


def areas_of(person: Person) -> frozenset[str]:
    return frozenset(name for name, holds in AREAS.items() if holds(person))
