"""The plan in words, and what its pages share."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.framework.queries import framework_in_force
from goldenthread.method.framework import Framework
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock


def framework_of(request: PersonRequest) -> Framework:
    """The rules of this person's council today."""
    return framework_in_force(request.user.authority_id, clock.today()).parsed


def status_words(framework: Framework, statuses: Sequence[str]) -> list[str]:
    return [status.plural for status in framework.statuses if status.key in statuses]
