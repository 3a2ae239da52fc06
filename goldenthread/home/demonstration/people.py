"""Invented staff: who they are and the posts they held over two years, with leavers, movers and part-timers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .cast import CAST, CastMember
from .chance import Chance
from .names import invented_names, username
from .teams import DIRECTORATE, QUALITY, QUALITY_ASSURANCE_UNIT, REVIEWING_UNIT, SERVICES, Team

YEARS_KEPT = timedelta(days=730)  # posts that ended before this are not invented
MEAN_DAYS_IN_POST = 1500  # about one practitioner in six leaves or moves in a year
TITLES = {
    "social_worker": "Social Worker",
    "senior_practitioner": "Senior Practitioner",
    "team_manager": "Team Manager",
    "service_manager": "Service Manager",
    "independent_reviewing_officer": "Independent Reviewing Officer",
    "family_centre_manager": "Family Centre Manager",
}
TITLES_BY_TEAM = {
    ("leaving_care", "social_worker"): "Personal Adviser",
    ("family_centre", "social_worker"): "Family Support Social Worker",
    ("fostering", "social_worker"): "Supervising Social Worker",
}
AUDITORS = {  # thirty in all, with the two directors
    "service_manager": 4,
    "independent_reviewing_officer": 5,
    "team_manager": 8,
    "family_centre_manager": 4,
    "senior_practitioner": 4,
    "social_worker": 3,
    "childrens_services_manager": 1,
    "service_director": 1,
}
REVIEWING_OFFICERS = 9


@dataclass(frozen=True, slots=True)
class Person:
    """Someone invented. `quality` is the latent quality of her practice, in standard deviations."""

    staff_id: str
    username: str
    given: str
    family: str
    quality: float
    is_auditor: bool

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post held by a person (her staff id) in a team, from a day to a day (None: still), for a share of a week."""

    person: str
    kind: str
    title: str
    team: str
    started_on: date
    ended_on: date | None
    share: float = 1.0

    def held_on(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody, by staff id, and every post they held."""

    people: tuple[Person, ...]
    posts: tuple[PostHeld, ...]


def invented_staff(chance: Chance, teams: tuple[Team, ...], *, today: date, scale: float) -> Staff:
    """Staff for these teams: every post filled today, with those who held it before over the last two years."""
    return _Hiring(chance, teams, today).staff(scale)


class _Hiring:
    """Fills the posts one after another; keeps the names and staff ids already given."""

    def __init__(self, chance: Chance, teams: tuple[Team, ...], today: date) -> None:
        self.chance, self.today = chance, today
        self.teams = {team.name: team for team in teams}
        self.names = invented_names(chance, taken=frozenset(member.family for member in CAST))
        self.number = 10100
        self.people: dict[str, Person] = {}
        self.posts: list[PostHeld] = []
        self.waiting = list(CAST)

    def staff(self, scale: float) -> Staff:
        for kind, team in self._establishment(scale):
            self._fill(kind, team)
        self._name_the_auditors()
        self.posts.sort(key=lambda post: (post.person, post.started_on))
        return Staff(tuple(self.people[key] for key in sorted(self.people)), tuple(self.posts))

    def _establishment(self, scale: float) -> Iterator[tuple[str, str]]:
        """Every post there is today, as (post, team)."""
        yield from (("service_director", DIRECTORATE), ("childrens_services_manager", DIRECTORATE))
        yield from (("service_manager", service) for service in SERVICES if service != QUALITY)
        yield from (("qa_service_manager", QUALITY_ASSURANCE_UNIT), ("qa_officer", QUALITY_ASSURANCE_UNIT))
        yield from [("independent_reviewing_officer", REVIEWING_UNIT)] * max(5, round(REVIEWING_OFFICERS * scale))
        for team in self.teams.values():
            yield from self._posts_of(team)

    def _posts_of(self, team: Team) -> Iterator[tuple[str, str]]:
        if team.kind not in {"directorate", "service", "quality_assurance"}:
            yield ("family_centre_manager" if team.kind == "family_centre" else "team_manager"), team.name
        seniors = math.ceil(team.practitioners * 0.2) if team.kind != "leaving_care" else 1
        for n in range(team.practitioners):
            yield ("senior_practitioner" if n < seniors else "social_worker"), team.name

    def _fill(self, kind: str, team: str) -> None:
        member = next((m for m in self.waiting if (m.post, m.team) == (kind, team)), None)
        if member is not None:
            self.waiting.remove(member)
            self._engage(member)
            return
        days = int(-MEAN_DAYS_IN_POST * math.log(1 - self.chance.fraction() * 0.97)) + 20
        started = self.today - timedelta(days=days)
        person = self._newcomer(team)
        self._hold(person, kind, team, started, None)
        self._predecessors(kind, team, started)

    def _engage(self, member: CastMember) -> None:
        """Put one of the cast into the post that is hers, whatever chance says of the others."""
        quality = round(0.25 if member.is_auditor else -0.2, 3)
        self.people[member.staff_id] = Person(
            member.staff_id, member.username, member.given, member.family, quality, member.is_auditor
        )
        started = self.today - timedelta(days=member.days_in_post)
        if member.earlier is not None:
            kind, team, days = member.earlier
            self._post(member.staff_id, kind, team, started - timedelta(days=days), started - timedelta(days=1))
        if member.share < 1:  # full time until a year ago
            halved = self.today - timedelta(days=365)
            self._post(member.staff_id, member.post, member.team, started, halved - timedelta(days=1), member.title)
            started = halved
        self._post(member.staff_id, member.post, member.team, started, None, member.title, member.share)

    def _newcomer(self, team: str) -> str:
        given, family = next(self.names)
        self.number += self.chance.whole(3, 17)
        staff_id = f"AM{self.number}"
        quality = round(self.teams[team].quality + self.chance.normal(0, 0.55), 3)
        self.people[staff_id] = Person(staff_id, username(given, family), given, family, quality, False)
        return staff_id

    def _hold(self, person: str, kind: str, team: str, started: date, ended: date | None) -> None:
        """Hold a post, perhaps with fewer hours or a promotion on the way, perhaps after another team."""
        last = ended or self.today
        split = started + timedelta(days=int((last - started).days * self.chance.between(0.3, 0.8)))
        way = self.chance.fraction() if kind in {"social_worker", "senior_practitioner"} else 1.0
        if split - started > timedelta(days=90) and way < 0.12:
            self._post(person, kind, team, started, split - timedelta(days=1))
            self._post(person, kind, team, split, ended, share=self.chance.pick((0.5, 0.6, 0.8)))
        elif kind == "senior_practitioner" and split - started > timedelta(days=90) and way < 0.35:
            self._post(person, "social_worker", team, started, split - timedelta(days=1))
            self._post(person, kind, team, split, ended)
        else:
            if 0.9 < way < 1.0:
                self._elsewhere_before(person, kind, team, started)
            self._post(person, kind, team, started, ended)

    def _elsewhere_before(self, person: str, kind: str, team: str, moved: date) -> None:
        here = self.teams[team]
        others = [t.name for t in self.teams.values() if t.practitioners and t.kind != here.kind]
        began = self.chance.day_before(moved, 200, 900)
        self._post(person, kind, self.chance.pick(others), began, moved - timedelta(days=1))

    def _predecessors(self, kind: str, team: str, started: date) -> None:
        """Those who held the post before, back to two years ago; a post stands empty for a while between them."""
        while started > self.today - YEARS_KEPT:
            ended = self.chance.day_before(started, 1, 70)
            started = self.chance.day_before(ended, 150, 1100)
            self._hold(self._newcomer(team), kind, team, started, ended)

    def _post(
        self,
        person: str,
        kind: str,
        team: str,
        started: date,
        ended: date | None,
        title: str = "",
        share: float = 1.0,
    ) -> None:
        title = title or TITLES_BY_TEAM.get((self.teams[team].kind, kind), TITLES.get(kind, ""))
        if kind == "service_manager":
            title = f"Service Manager, {team.removesuffix(' Service')}"
        self.posts.append(PostHeld(person, kind, title, team, started, ended, share))

    def _name_the_auditors(self) -> None:
        """Make the auditors up to their number in each post, the cast first, one to a team as far as teams go."""
        for kind, number in AUDITORS.items():
            holders = [post for post in self.posts if post.kind == kind and post.ended_on is None]
            chosen = [post for post in holders if self.people[post.person].is_auditor]
            for post in self.chance.shuffled([post for post in holders if post not in chosen]):
                if len(chosen) < number and (kind == "independent_reviewing_officer" or self._new_team(post, chosen)):
                    chosen.append(post)
            for post in chosen:
                person = self.people[post.person]
                self.people[post.person] = Person(
                    person.staff_id, person.username, person.given, person.family, person.quality, True
                )

    @staticmethod
    def _new_team(post: PostHeld, chosen: list[PostHeld]) -> bool:
        return post.team not in {other.team for other in chosen}
