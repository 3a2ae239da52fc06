"""The demonstration council, whole: `invent_council(seed, today=…)` is the same for the same seed and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .cast import CAST, CastMember
from .chance import Chance
from .child import Child
from .children import Worker, invented_children
from .people import Person, PostHeld, invented_staff
from .teams import COUNCIL_CODE, COUNCIL_NAME, Team, invented_teams

SEED = 2009


@dataclass(frozen=True)
class Council:
    """An invented council on one day: its teams (parents first), people, posts held over two years, and children.

    `scale`: how many times England's median authority it is.
    """

    name: str
    code: str
    seed: int
    today: date
    teams: tuple[Team, ...]
    people: tuple[Person, ...]
    posts: tuple[PostHeld, ...]
    children: tuple[Child, ...]
    scale: float = 1.0
    cast: tuple[CastMember, ...] = CAST

    @cached_property
    def leaf_teams(self) -> tuple[Team, ...]:
        return tuple(team for team in self.teams if team.kind not in {"directorate", "service"})

    @cached_property
    def team(self) -> dict[str, Team]:
        return {team.name: team for team in self.teams}

    @cached_property
    def person(self) -> dict[str, Person]:
        return {person.staff_id: person for person in self.people}

    def posts_on(self, day: date) -> tuple[PostHeld, ...]:
        return tuple(post for post in self.posts if post.held_on(day))

    def open_children(self, day: date | None = None) -> tuple[Child, ...]:
        """Children open on a day (today if none is given), in order of reference."""
        return tuple(
            child for child in self.children if child.status != "contact_only" and child.is_open(day or self.today)
        )


def invent_council(seed: int = SEED, *, today: date, scale: float = 1.0) -> Council:
    """A council `scale` times the size of England's median authority, as it stands on `today`.

    Nothing in it is real. The same arguments give the same council on any machine.
    """
    teams = invented_teams(Chance(seed, "teams"), scale)
    staff = invented_staff(Chance(seed, "people"), teams, today=today, scale=scale)
    workers = _caseholders(teams, staff.people, staff.posts, today)
    children = invented_children(Chance(seed, "children"), workers, today=today, scale=scale)
    return Council(COUNCIL_NAME, COUNCIL_CODE, seed, today, teams, staff.people, staff.posts, children, scale)


def _caseholders(
    teams: tuple[Team, ...], people: tuple[Person, ...], posts: tuple[PostHeld, ...], today: date
) -> tuple[Worker, ...]:
    """Who holds children's cases today; a senior practitioner holds fewer, a fostering team holds carers instead."""
    kinds = {team.name: team.kind for team in teams}
    quality = {person.staff_id: person.quality for person in people}
    lighter = {"social_worker": 1.0, "senior_practitioner": 0.6}
    return tuple(
        Worker(post.person, post.team, kinds[post.team], post.share * lighter[post.kind], quality[post.person])
        for post in posts
        if post.kind in lighter and post.held_on(today) and kinds[post.team] != "fostering"
    )
