"""What a person is to the council, whatever the thing: the standings that posts alone give."""

from __future__ import annotations

from goldenthread.method.access import Is
from goldenthread.people.models import Person


def standings(person: Person) -> frozenset[Is]:
    """The standings that come with the posts held today: of the QAU, a director, a manager of some team or service."""
    found = set()
    if person.is_quality_assurance:
        found.add(Is.QUALITY_ASSURANCE)
    if person.is_director:
        found.add(Is.DIRECTOR)
    if person.teams_managed:
        found.add(Is.TEAM_MANAGER)
    if person.services_managed:
        found.add(Is.SERVICE_MANAGER)
    return frozenset(found)


def standings_towards(person: Person, *, authority: int, team: int | None, service: int | None) -> frozenset[Is]:
    """The same towards one team's work: manager only of this team, or of this service; nothing in another authority."""
    if person.authority_id != authority:
        return frozenset()
    found = set(standings(person)) - {Is.TEAM_MANAGER, Is.SERVICE_MANAGER}
    if team in person.teams_managed:
        found.add(Is.TEAM_MANAGER)
    if service in person.services_managed:
        found.add(Is.SERVICE_MANAGER)
    return frozenset(found)
