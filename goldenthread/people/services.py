"""Opening a council, its teams, its people and the posts they take up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from goldenthread.method.refusal import Refused
from goldenthread.people.models import Agency, Authority, Person, Post, Team
from goldenthread.trail.services import record, step


@step
def open_authority(
    *, name: str, short_name: str, username: str, person_name: str, password: str | None, post: dict[str, Any],
    now: datetime, on: date, demonstration: bool = False,
) -> Person:  # fmt: skip
    """A council, and its first person, who holds a post of the Quality Assurance Unit and lets the others in."""
    if Authority.objects.filter(name=name).exists():
        raise Refused(f"There is already a council called “{name}”.")
    if Person.objects.filter(username__iexact=username).exists():
        raise Refused(f"The username “{username}” is taken; choose another.")
    authority = Authority.objects.create(name=name, short_name=short_name, demonstration=demonstration)
    agency = Agency.objects.create(authority=authority, name=name)
    team = Team.objects.create(authority=authority, agency=agency, name="Quality Assurance Unit", opened_on=on)
    person = Person(authority=authority, username=username, name=person_name)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save()
    Post.objects.create(authority=authority, person=person, team=team, started_on=on, **post)
    record(by=person, verb="opened", thing=authority, at=now, now={"name": name})
    return person
