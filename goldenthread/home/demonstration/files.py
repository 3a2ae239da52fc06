"""The children's files that past sessions looked at: of children still known, and of cases closed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.select.formats.cells import age_band

from .chance import Chance, logistic
from .child import Child
from .children import AGES, STATUS_TEAMS
from .council import Council
from .people import PostHeld
from .sessions import GROUPS, PastSession

STILL_KNOWN = 0.6  # of the files of a session, where there are such children


@dataclass(frozen=True, slots=True)
class PastFile:
    """One child's file as the case list of the day had it, with the drift and latent quality that we invented."""

    ref: str
    status: str
    tags: frozenset[str]
    age_band: str
    sex: str
    team: str
    worker: str
    opened_on: date
    drift: float
    quality: float


class Cabinet:
    """Picks files for session after session, none of them twice."""

    def __init__(self, council: Council, chance: Chance, *, today: date, first: frozenset[str]) -> None:
        """`first`: staff ids whose cases come first in the sessions of the last cycle."""
        self.council, self.chance = council, chance
        self.today, self.first = today, first
        self.closed = 40_000
        self.children: dict[str, list[Child]] = {group.key: [] for group in GROUPS}
        for child in chance.shuffled(council.children):
            for group in GROUPS:
                if child.status in group.statuses:
                    self.children[group.key].append(child)
        self.statuses = {group.key: group.statuses for group in GROUPS}

    def files(self, session: PastSession, number: int) -> Iterator[PastFile]:
        """So many files for one session."""
        for n in range(number):
            told = n == 0 and self.today - session.held_on <= timedelta(days=42)
            child = self._child_known_on(session, told) if told or self.chance.happens(STILL_KNOWN) else None
            yield self._file_of(child, session) if child else self._since_closed(session)

    def _child_known_on(self, session: PastSession, told: bool) -> Child | None:
        day = session.held_on
        long_open = day - timedelta(days=10)
        fit = [
            child
            for child in self.children[session.group_key]
            if child.started_on <= long_open and child.is_open(day) and child.age(day) >= 0
        ]
        theirs = [child for child in fit if child.worker in self.first] if told else []
        if not fit:
            return None
        chosen = (theirs or fit)[0]
        self.children[session.group_key].remove(chosen)
        return chosen

    def _file_of(self, child: Child, session: PastSession) -> PastFile:
        held = self._holder(child.team, session.held_on, child.worker)
        quality = 0.5 * (child.quality + self.council.person[held.person].quality - 1.6 * (child.drift - 0.25))
        band = age_band(child.age(session.held_on))
        sex, drift = child.sex, child.drift
        return PastFile(
            child.ref, child.status, child.tags, band, sex, held.team, held.person, child.started_on, drift, quality
        )

    def _since_closed(self, session: PastSession) -> PastFile:
        chance = self.chance
        status = chance.weighted({one: 3 - 2 * n for n, one in enumerate(self.statuses[session.group_key])})
        kind = chance.weighted(STATUS_TEAMS[status])
        team = chance.pick([team.name for team in self.council.leaf_teams if team.kind == kind])
        held = self._holder(team, session.held_on)
        low, high = chance.weighted({ages: weight for ages, weight in AGES[status].items() if ages[0] >= 0})
        skill = self.council.person[held.person].quality
        drift = logistic(-1.1 - 0.9 * skill + chance.normal(0, 0.8))
        self.closed += chance.whole(11, 190)
        return PastFile(
            ref=f"K0{self.closed}",
            status=status,
            tags=frozenset({status, "disability"} if kind == "disability" or chance.happens(0.06) else {status}),
            age_band=age_band(chance.whole(low, high)),
            sex=chance.pick("FM"),
            team=held.team,
            worker=held.person,
            opened_on=chance.day_before(session.held_on, 21, 400),
            drift=round(drift, 3),
            quality=round(0.75 * skill - 1.6 * (drift - 0.25) + chance.normal(0, 0.4), 3),
        )

    def _holder(self, team: str, day: date, preferred: str = "") -> PostHeld:
        """Who held the case then: today's worker if she was in the team already, or somebody who was."""
        kinds = {"social_worker", "senior_practitioner"}
        ever = [post for post in self.council.posts if post.team == team and post.kind in kinds]
        held = [post for post in ever if post.held_on(day)] or ever
        return next((post for post in held if post.person == preferred), None) or self.chance.pick(held)
