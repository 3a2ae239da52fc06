"""Who may write the plan."""

from __future__ import annotations

from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.standing import standings


def refuse_unless_planning(by: Person) -> None:
    if not may("arrange sessions", standings(by)):
        raise Refused("Sessions are arranged by the Quality Assurance Unit.")
