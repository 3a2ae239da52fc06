"""The named people of one invented council, as `make.council()` lets them into it: the demonstration's own cast."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.framework.models import FrameworkVersion
from goldenthread.home.demonstration.cast import CAST
from goldenthread.home.demonstration.teams import ASSESSMENT, COUNCIL_NAME, DIRECTORATE, SAFEGUARDING
from goldenthread.people.models import Authority, Person

__all__ = ["ASSESSMENT", "CAST", "COUNCIL_NAME", "DIRECTORATE", "SAFEGUARDING", "SERVICES", "Council"]

# Each service with the teams the cast works in; every team has a manager, a service manager or both above it.
SERVICES = {
    DIRECTORATE: (),
    ASSESSMENT: ("Duty 2",),
    SAFEGUARDING: ("Safeguarding 1", "Harbour Lane Family Centre"),
    "Looked After Service": ("Looked After 1", "Leaving Care 1"),
    "Quality Assurance and Review Service": ("Independent Reviewing Unit", "Quality Assurance Unit"),
}


@dataclass(frozen=True, slots=True)
class Council:
    """The council with its rules in force and its cast in post, each by her given name."""

    authority: Authority
    framework: FrameworkVersion
    maya: Person  # Service Manager, Quality Assurance
    idris: Person  # Quality Assurance Officer
    grace: Person  # Independent Reviewing Officer; holds no case and manages no team
    sunita: Person  # Family Centre Manager, Harbour Lane
    rafiq: Person  # Team Manager, Duty 2
    ffion: Person  # Social Worker, Duty 2
    kwame: Person  # Senior Practitioner, Safeguarding 1
    bridget: Person  # Service Manager above Duty 2
    desmond: Person  # Children's Services Manager
    helena: Person  # Service Director
    zofia: Person  # Team Manager, Looked After 1
    joel: Person  # Social Worker, Looked After 1
    nadia: Person  # Service Manager above Safeguarding 1
    mei: Person  # Social Worker, Leaving Care 1
