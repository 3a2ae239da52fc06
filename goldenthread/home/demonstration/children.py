"""Inventing the council's children: family, need, status, drift, visits and quality, each from the last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .chance import Chance, apportioned, logistic
from .child import Assessment, Child
from .circumstances import (
    HALF_YEAR,
    invented_assessment,
    invented_care,
    invented_enquiry,
    invented_leaving_care,
    invented_protection,
    invented_referral,
    visit_day,
)

OPEN_CHILDREN = {  # England's median authority: 2,300 open; 276 protection plans are 262 and 14 children in care
    "looked_after": 550,
    "child_protection": 262,
    "child_in_need": 800,
    "open_assessment": 330,
    "care_leaver": 250,
    "early_help": 108,
}
CLOSED_CHILDREN = {"open_assessment": 330, "child_in_need": 175, "looked_after": 55, "early_help": 60}  # in six months
CONTACTS_ONLY = 300
BOTH = 14  # looked after and on a protection plan
ASYLUM_SEEKING = 38  # of the looked after
SHORT_BREAKS = 12  # of the children in need: in List 8 for respite, and not counted as looked after
STEPPED_DOWN = 0.1  # children in need whose protection plan ended in the last six months

STATUS_TEAMS: dict[str, dict[str, float]] = {
    "looked_after": {"looked_after": 78, "safeguarding": 15, "disability": 7},
    "child_protection": {"safeguarding": 93, "disability": 3, "duty": 4},
    "child_in_need": {"safeguarding": 62, "disability": 14, "duty": 18, "family_centre": 6},
    "open_assessment": {"duty": 93, "disability": 7},
    "care_leaver": {"leaving_care": 1},
    "early_help": {"family_centre": 1},
    "contact_only": {"duty": 1},
}
NEEDS: dict[str, dict[str, float]] = {
    "looked_after": {"N1": 72, "N3": 3, "N4": 7, "N5": 13, "N6": 2, "N2": 2},
    "child_protection": {"N1": 93, "N5": 5, "N4": 2},
    "child_in_need": {"N1": 58, "N5": 16, "N4": 12, "N3": 5, "N6": 3, "N8": 2, "N2": 3, "N7": 1},
    "open_assessment": {"N1": 54, "N5": 17, "N4": 15, "N3": 4, "N6": 5, "N2": 3, "N0": 2},
    "care_leaver": {"N1": 76, "N5": 14, "N4": 6, "N2": 4},
    "early_help": {"N5": 40, "N4": 35, "N3": 10, "N6": 10, "N7": 5},
    "contact_only": {"N0": 1},
}
AGES: dict[str, dict[tuple[int, int], float]] = {
    "looked_after": {(0, 4): 18, (5, 9): 20, (10, 15): 41, (16, 17): 21},
    "child_protection": {(-1, -1): 3, (0, 4): 41, (5, 9): 28, (10, 15): 24, (16, 17): 4},
    "child_in_need": {(-1, -1): 1, (0, 4): 25, (5, 9): 29, (10, 15): 33, (16, 17): 12},
    "open_assessment": {(-1, -1): 2, (0, 4): 27, (5, 9): 27, (10, 15): 32, (16, 17): 12},
    "care_leaver": {(17, 17): 3, (18, 20): 60, (21, 24): 37},
    "early_help": {(0, 4): 30, (5, 9): 35, (10, 15): 30, (16, 17): 5},
    "contact_only": {(0, 4): 27, (5, 9): 27, (10, 15): 32, (16, 17): 14},
}
DAYS_OPEN = {  # fewest and most
    "looked_after": (10, 3900),
    "child_protection": (6, 640),
    "child_in_need": (25, 520),
    "open_assessment": (1, 62),
    "care_leaver": (30, 1900),
    "early_help": (10, 280),
    "contact_only": (1, HALF_YEAR - 3),
}
SIBLINGS: dict[str, Mapping[int, float]] = {
    "care_leaver": {1: 1},
    "looked_after": {1: 62, 2: 22, 3: 11, 4: 5},
    "contact_only": {1: 80, 2: 20},
}
USUAL_SIBLINGS = {1: 48, 2: 28, 3: 16, 4: 8}
VISITS_EVERY = {"child_protection": 14, "open_assessment": 14, "care_leaver": 56, "looked_after": 42}
USUAL_VISITS = 28
ETHNICITIES = {
    "WBRI": 71, "WIRI": 1, "WIRT": 0.4, "WOTH": 5, "WROM": 1, "MWBC": 3, "MWBA": 2, "MWAS": 1.5, "MOTH": 2.5,
    "AIND": 1, "APKN": 3.5, "ABAN": 1.5, "AOTH": 1, "BCRB": 1.5, "BAFR": 3, "BOTH": 1,
    "CHNE": 0.3, "OOTH": 1, "NOBT": 0.8,
}  # fmt: skip
CLOSURES = {"RC7": 60, "RC8": 22, "RC9": 10, "RC5": 5, "RC4": 2, "RC3": 1}


@dataclass(frozen=True, slots=True)
class Worker:
    """Someone who holds cases today, as children need to know her: team, kind of team, share of a week, quality."""

    staff_id: str
    team: str
    kind: str
    share: float
    quality: float


@dataclass(frozen=True, slots=True)
class _Family:
    """What siblings share."""

    reference: str
    status: str
    worker: Worker
    need: str
    ethnicity: str
    days: int
    closed: int | None  # days ago
    drift: float


def invented_children(chance: Chance, workers: tuple[Worker, ...], *, today: date, scale: float) -> tuple[Child, ...]:
    """Every child open today, closed in the last six months, or known by a contact alone, in order of reference."""
    desk = _Desk(chance, workers, today)
    open_now = apportioned(round(sum(OPEN_CHILDREN.values()) * scale), OPEN_CHILDREN)
    children = [child for status, number in open_now.items() for child in desk.children(status, number, closed=False)]
    for status, number in CLOSED_CHILDREN.items():
        children += desk.children(status, round(number * scale), closed=True)
    children += desk.children("contact_only", round(CONTACTS_ONLY * scale), closed=True)
    children = _with_both(children, desk, round(BOTH * scale))
    children = _with_short_breaks(children, desk, round(SHORT_BREAKS * scale))
    return tuple(_numbered(chance, children))


def _with_both(children: list[Child], desk: _Desk, number: int) -> list[Child]:
    """Put so many of the newly looked after on a protection plan as well."""
    newest = [n for n, c in enumerate(children) if c.care and not c.care.ceased_on and not c.asylum_seeking]
    newest.sort(key=lambda n: children[n].care.started_on, reverse=True)  # type: ignore[union-attr]
    for n in newest[:number]:
        children[n] = desk.protected(children[n], ended=None)
    return children


def _with_short_breaks(children: list[Child], desk: _Desk, number: int) -> list[Child]:
    """Give so many disabled children in need, of five and over, regular short breaks away from home."""
    fit = [n for n, c in enumerate(children) if c.status == "child_in_need" and c.disabled and c.need == "N2"]
    fit = [n for n in fit if not children[n].closed_on and not children[n].protection and desk.age(children[n]) >= 5]
    for n in fit[:number]:
        children[n] = desk.on_short_breaks(children[n])
    return children


def _numbered(chance: Chance, children: list[Child]) -> Iterator[Child]:
    """Give references in the order in which cases were opened, with gaps, as a case system does."""
    number = 100_000
    for child in sorted(children, key=lambda each: (each.started_on, each.family, each.born_on)):
        number += chance.whole(1, 9)
        yield replace(child, ref=f"K{number}")


class _Desk:
    """Opens one family's cases after another, with workers who have room in the week for them."""

    def __init__(self, chance: Chance, workers: tuple[Worker, ...], today: date) -> None:
        self.chance, self.today = chance, today
        self.families = 0
        self.workers: dict[str, list[Worker]] = {}
        for worker in workers:
            self.workers.setdefault(worker.kind, []).append(worker)
        self.load: dict[str, float] = {worker.staff_id: 0.0 for worker in workers}

    def children(self, status: str, number: int, *, closed: bool) -> list[Child]:
        """Exactly so many children of one status, in families."""
        found: list[Child] = []
        while len(found) < number:
            size = self.chance.weighted(SIBLINGS.get(status, USUAL_SIBLINGS))
            found += self._family(status, min(size, number - len(found)), closed)
        return found

    def _family(self, status: str, size: int, closed: bool) -> list[Child]:
        kind = self.chance.weighted(STATUS_TEAMS[status])
        worker = self._with_room(self.workers[kind])
        fewest, most = DAYS_OPEN[status]
        closed_days = self.chance.whole(1, HALF_YEAR - 3) if closed else None
        lasted = fewest + int((most - fewest) * self.chance.fraction() ** 1.8)
        months = lasted / 30
        drift = logistic(-1.4 - 0.9 * worker.quality + 0.05 * min(months, 24) + self.chance.normal(0, 0.8))
        self.families += 1
        family = _Family(
            reference=f"F{20000 + self.families}",
            status=status,
            worker=worker,
            need="N2" if kind == "disability" and self.chance.happens(0.75) else self.chance.weighted(NEEDS[status]),
            ethnicity=self.chance.weighted(ETHNICITIES),
            days=lasted + (closed_days or 0),
            closed=closed_days,
            drift=round(drift, 3),
        )
        eldest = self._age(status)
        ages = [eldest] + [max(0, min(17, eldest + self.chance.whole(-5, 4))) for _ in range(size - 1)]
        if status == "looked_after" and not closed and size == 1:
            return [self._looked_after_alone(family, eldest)]
        return [self._child(family, age) for age in ages]

    def _with_room(self, workers: list[Worker]) -> Worker:
        """The least laden of four picked at random, by cases for the days she works: uneven, as caseloads are."""
        return min((self.chance.pick(workers) for _ in range(4)), key=lambda each: self.load[each.staff_id])

    def _age(self, status: str) -> int:
        low, high = self.chance.weighted(AGES[status])
        return self.chance.whole(low, high)

    def _looked_after_alone(self, family: _Family, age: int) -> Child:
        """A child alone in care: some came to England alone and seek asylum."""
        alone = 0.62 / 1.59  # of all children in care, by SIBLINGS
        if family.worker.kind == "disability" or not self.chance.happens(ASYLUM_SEEKING / (550 * 0.93 * alone)):
            return self._child(family, age)
        origin = self.chance.weighted({"AOTH": 40, "OOTH": 30, "BAFR": 30})
        family = replace(family, need="N8", ethnicity=origin, days=min(family.days, 600))
        return self._child(family, self.chance.weighted({15: 10, 16: 35, 17: 55}), asylum_seeking=True)

    def _child(self, family: _Family, age: int, *, asylum_seeking: bool = False) -> Child:
        chance, status = self.chance, family.status
        born = self._birthday(age)
        started = max(self.today - timedelta(days=family.days), born) if age >= 0 else self._before_birth(family.days)
        closed = self.today - timedelta(days=family.closed) if family.closed else None
        late = chance.happens(0.06 + 0.55 * family.drift)
        seen = visit_day(
            chance, closed or self.today, every=VISITS_EVERY.get(status, USUAL_VISITS), drift=family.drift, late=late
        )
        if not closed:
            self.load[family.worker.staff_id] += 1 / family.worker.share
        boys = 0.93 if asylum_seeking else 0.52
        child = Child(
            ref="",
            family=family.reference,
            sex="U" if age < 0 else ("M" if chance.happens(boys) else "F"),
            ethnicity=family.ethnicity,
            born_on=born,
            status=status,
            need=family.need,
            disabled=family.worker.kind == "disability" or chance.happens(0.06),
            asylum_seeking=asylum_seeking or (status == "care_leaver" and chance.happens(0.17)),
            team=family.worker.team,
            worker=family.worker.staff_id,
            started_on=min(started, closed or started),
            last_seen_on=max(seen, started) if age >= 0 and status != "contact_only" else None,
            closed_on=closed,
            closed_because=chance.weighted(CLOSURES) if closed else "",
            visits_late=late,
            drift=family.drift,
            quality=round(0.75 * family.worker.quality - 1.6 * (family.drift - 0.25) + chance.normal(0, 0.5), 3),
        )
        return self._with_circumstances(child, age)

    def _birthday(self, age: int) -> date:
        if age < 0:
            return self.today + timedelta(days=self.chance.whole(5, 170))
        return self.today - timedelta(days=round(age * 365.25) + self.chance.whole(2, 363))

    def _before_birth(self, days: int) -> date:
        return self.today - timedelta(days=min(days, self.chance.whole(1, 80)))

    def _with_circumstances(self, child: Child, age: int) -> Child:
        chance, today, drift = self.chance, self.today, child.drift
        if child.status == "care_leaver":
            leaving = invented_leaving_care(chance, today=today, age=age, drift=drift, late=child.visits_late)
            return replace(child, leaving_care=leaving)
        if child.status == "contact_only":
            return replace(child, referrals=(invented_referral(chance, child.started_on, is_referral=False),))
        child = self._at_the_front_door(child)
        if child.status == "child_protection":
            return self.protected(child, ended=None)
        if child.status == "child_in_need" and not child.closed_on and chance.happens(STEPPED_DOWN):
            return self.protected(child, ended=chance.day_before(today, 3, HALF_YEAR - 3))
        if child.status == "looked_after":
            ceased = chance.day_before(child.closed_on, 0, 20) if child.closed_on else None
            care = invented_care(
                chance, child.started_on, today=today, age=age, drift=drift, late=child.visits_late,
                ceased=max(ceased, child.started_on) if ceased else None,
                asylum_seeking=child.asylum_seeking,
            )  # fmt: skip
            return replace(child, care=care)
        return child

    def _at_the_front_door(self, child: Child) -> Child:
        """A case opened in the last six months has its referral and assessment in them; early help its assessment."""
        chance = self.chance
        if child.status == "early_help":
            ended = child.closed_on
            return replace(child, assessment=replace(self._assessment(child), authorised_on=ended), closed_because="")
        if (self.today - child.started_on).days >= HALF_YEAR and child.status != "open_assessment":
            return child
        received = chance.day_before(child.started_on, 0, 2)
        referral = invented_referral(chance, received, closed=child.closed_on is not None)
        enquiry = None
        if child.status == "open_assessment" and child.need == "N1" and chance.happens(0.3):
            enquiry = invented_enquiry(chance, child.started_on, plan_made=False, drift=child.drift)
            enquiry = replace(enquiry, conference_on=None, conferences_in_year=0)
        return replace(child, referrals=(referral,), assessment=self._assessment(child), enquiry=enquiry)

    def _assessment(self, child: Child) -> Assessment:
        is_open = child.status == "open_assessment" and child.closed_on is None
        until = child.closed_on or self.today
        return invented_assessment(self.chance, child.started_on, today=until, drift=child.drift, is_open=is_open)

    def age(self, child: Child) -> int:
        return child.age(self.today)

    def on_short_breaks(self, child: Child) -> Child:
        """The same child with an agreed series of short breaks (V3 or V4)."""
        care = invented_care(
            self.chance, child.started_on, today=self.today, age=self.age(child), drift=child.drift,
            late=child.visits_late, ceased=None, short_breaks=True,
        )  # fmt: skip
        return replace(child, care=care)

    def protected(self, child: Child, *, ended: date | None) -> Child:
        """The same child with a protection plan: made at a conference some two weeks after an enquiry began."""
        chance, last = self.chance, ended or self.today
        begun = child.started_on if child.status != "looked_after" else chance.day_before(last, 30, 300)
        if ended:
            begun = min(begun, chance.day_before(ended, 100, 420))
        plan_on = min(begun + timedelta(days=chance.whole(12, 45)), last - timedelta(days=1))
        plan = invented_protection(
            chance, plan_on, today=self.today, drift=child.drift, late=child.visits_late, ended=ended
        )
        if plan_on < child.started_on:  # known for longer than we thought: the way in lies further back
            child = replace(child, started_on=plan_on, referrals=(), assessment=None, enquiry=None)
        enquiry = child.enquiry
        if (self.today - plan_on).days < HALF_YEAR:
            enquiry = invented_enquiry(chance, plan_on - timedelta(days=14), plan_made=True, drift=child.drift)
            enquiry = replace(enquiry, conference_on=plan_on)
        return replace(child, protection=plan, enquiry=enquiry)
