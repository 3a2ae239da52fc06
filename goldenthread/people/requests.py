"""A request as every page behind the sign-in has it: `@page` lets nobody else through."""

from __future__ import annotations

from django.http import HttpRequest

from goldenthread.people.models import Person


class PersonRequest(HttpRequest):
    """A request whose user is a person of the council."""

    user: Person
