"""The plan in words, and what its pages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import NoReverseMatch, reverse

from goldenthread.framework.queries import framework_in_force
from goldenthread.method.framework import Framework
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock


def framework_of(request: PersonRequest) -> Framework:
    """The rules of this person's council today."""
    return framework_in_force(request.user.authority_id, clock.today()).parsed


def status_words(framework: Framework, statuses: Sequence[str]) -> list[str]:
    return [status.plural for status in framework.statuses if status.key in statuses]


def seat_words(seat: Any, posts: Mapping[str, str]) -> str:
    """In what capacity somebody sits: her post, and whether she sits beside the seats asked for."""
    post = posts.get(seat.post, seat.post)
    if seat.standing not in {"director", "partner"}:
        return post
    return ", ".join(filter(None, (seat.get_standing_display(), post)))


def page_if_there(name: str) -> str:
    """The address of a page, or nothing while the product has none of the name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
