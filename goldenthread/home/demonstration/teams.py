"""The invented council's teams: a directorate, five services, and some 25 teams where files are held."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .chance import Chance

COUNCIL_NAME = "Ambermere Council"
COUNCIL_CODE = "AMB"
DIRECTORATE = "Children's Social Care"
QUALITY_ASSURANCE_UNIT = "Quality Assurance Unit"
REVIEWING_UNIT = "Independent Reviewing Unit"
FAMILY_CENTRES = ("Harbour Lane", "Millpond", "Northgate", "Orchard", "Tannery Wharf")


@dataclass(frozen=True, slots=True)
class Team:
    """A team, a service (its parent is the directorate) or the directorate (no parent).

    `kind` says what the team is for: duty, safeguarding, looked_after, leaving_care, fostering, disability,
    family_centre, reviewing, quality_assurance; or service, directorate. `practitioners` is the number of posts for
    practitioners; `quality` is the latent quality of its practice, in standard deviations, that drives the grades.
    """

    name: str
    parent: str | None
    kind: str
    practitioners: int
    quality: float


@dataclass(frozen=True, slots=True)
class _Plan:
    kind: str
    service: str
    names: str
    teams: int
    practitioners: int


ASSESSMENT = "Assessment and Duty Service"
SAFEGUARDING = "Safeguarding Service"
LOOKED_AFTER = "Children Looked After Service"
DISABILITY = "Disabilities and Early Help Service"
QUALITY = "Quality Assurance and Review Service"
SERVICES = (ASSESSMENT, SAFEGUARDING, LOOKED_AFTER, DISABILITY, QUALITY)

PLANS = (  # 25 teams and 215 practitioners: the middle of England's 153 authorities
    _Plan("duty", ASSESSMENT, "Duty {}", 4, 48),
    _Plan("safeguarding", SAFEGUARDING, "Safeguarding {}", 5, 65),
    _Plan("looked_after", LOOKED_AFTER, "Looked After {}", 4, 40),
    _Plan("leaving_care", LOOKED_AFTER, "Leaving Care {}", 2, 18),
    _Plan("fostering", LOOKED_AFTER, "Fostering", 1, 10),
    _Plan("disability", DISABILITY, "Disabilities {}", 2, 16),
    _Plan("family_centre", DISABILITY, "{} Family Centre", 5, 18),
    _Plan("reviewing", QUALITY, REVIEWING_UNIT, 1, 0),
    _Plan("quality_assurance", QUALITY, QUALITY_ASSURANCE_UNIT, 1, 0),
)


def invented_teams(chance: Chance, scale: float) -> tuple[Team, ...]:
    """The tree of teams, parents first. A council `scale` times the median has the square root as many teams more."""
    top = [Team(DIRECTORATE, None, "directorate", 0, 0.0)]
    services = [Team(name, DIRECTORATE, "service", 0, 0.0) for name in SERVICES]
    return tuple(top + services + [team for plan in PLANS for team in _teams_of(plan, chance, scale)])


def _teams_of(plan: _Plan, chance: Chance, scale: float) -> list[Team]:
    several = "{}" in plan.names
    number = max(2, round(plan.teams * math.sqrt(scale))) if several else 1
    posts = max(3 * number, round(plan.practitioners * scale)) if plan.practitioners else 0
    return [
        Team(
            name=plan.names.format(_label(plan.kind, n)),
            parent=plan.service,
            kind=plan.kind,
            practitioners=posts // number + (n < posts % number),
            quality=round(chance.normal(0, 0.45), 3),
        )
        for n in range(number)
    ]


def _label(kind: str, n: int) -> str:
    if kind != "family_centre":
        return str(n + 1)
    again = n // len(FAMILY_CENTRES)
    return FAMILY_CENTRES[n % len(FAMILY_CENTRES)] + (f" {again + 1}" if again else "")
