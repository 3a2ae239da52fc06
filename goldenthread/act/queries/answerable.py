"""Who answers for a team, and who signs for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.act.queries.returns import OpenReturn
from goldenthread.people.models import Person
from goldenthread.people.queries import people_in_post


@dataclass(frozen=True, slots=True)
class Managers:
    """Who manages which team and which service on a day, and who holds each managing post."""

    of_team: Mapping[int, Person]
    of_service: Mapping[int, Person]
    in_post: Mapping[str, Person]


def managers_on(authority_id: int, day: date) -> Managers:
    """One statement for the whole council, however many audits are returned."""
    posts = people_in_post(authority_id, day).exclude(oversees="").order_by("started_on", "pk")
    of_team: dict[int, Person] = {}
    of_service: dict[int, Person] = {}
    in_post: dict[str, Person] = {}
    for post in posts:
        in_post.setdefault(post.kind, post.person)
        if post.team_id:
            {"team": of_team, "service": of_service}.get(post.oversees, {}).setdefault(post.team_id, post.person)
    return Managers(of_team, of_service, in_post)


def whose_signature(opened: OpenReturn, managers: Managers) -> Person | None:
    """Who signs: the team's manager; her service's manager where she did a task herself, or where there is none."""
    owners = {task.owner_id for task in opened.tasks if task.state != "dropped"}
    candidates = (
        managers.of_team.get(opened.returned.team_id or 0),
        managers.of_service.get(opened.returned.service_id or 0),
    )
    return next((person for person in candidates if person and person.pk not in owners), None)
