"""How one invented child's plan, care, visits and reviews come about: what went late went late together, as in life."""

from __future__ import annotations

from datetime import date, timedelta

from .chance import Chance
from .child import Adoption, Assessment, Care, Enquiry, LeavingCare, Protection, Referral

HALF_YEAR = 183
SOURCES = {"6": 30, "2A": 22, "3A": 5, "3B": 6, "3C": 2, "3E": 8, "3F": 5, "5A": 7, "5B": 4, "1A": 6, "1D": 2, "7": 3}


def visit_day(chance: Chance, today: date, *, every: int, drift: float, late: bool) -> date:
    """The last visit, where one is due `every` so many days; the more drift, the later a late one."""
    share = chance.between(1.1, 1.4 + 2.5 * drift) if late else chance.between(0.05, 0.95)
    return today - timedelta(days=max(1, round(every * share)))


def invented_referral(chance: Chance, received: date, *, is_referral: bool = True, closed: bool = False) -> Referral:
    return Referral(
        received_on=received,
        source=chance.weighted(SOURCES),
        is_referral=is_referral,
        no_further_action=closed and chance.happens(0.1),
        referrals_in_year=1 + chance.happens(0.21) + chance.happens(0.05),
    )


def invented_assessment(chance: Chance, started: date, *, today: date, drift: float, is_open: bool) -> Assessment:
    """An assessment of up to 45 working days (63 days), longer where the work drifts."""
    days = chance.whole(14, 62) if not chance.happens(0.08 + 0.4 * drift) else chance.whole(64, 90)
    ended = started + timedelta(days=days)
    return Assessment(started, chance.happens(0.97 - 0.15 * drift), None if is_open else min(ended, today))


def invented_enquiry(chance: Chance, started: date, *, plan_made: bool, drift: float) -> Enquiry:
    conferred = plan_made or chance.happens(0.3)
    late = chance.happens(0.08 + 0.35 * drift)
    conference = started + timedelta(days=chance.whole(22, 40) if late else chance.whole(9, 21))
    return Enquiry(started, conference if conferred else None, plan_made, 1 + chance.happens(0.12), int(conferred))


def invented_protection(
    chance: Chance, started: date, *, today: date, drift: float, late: bool, ended: date | None
) -> Protection:
    last = ended or today
    category = chance.weighted({"a": 46, "b": 7, "c": 4, "d": 40, "e": 3})
    in_plan = (last - started).days
    reviewed = last - timedelta(days=chance.whole(5, 200 if late else 170))
    return Protection(
        started_on=started,
        first_category=chance.pick("ad") if chance.happens(0.08) else category,
        category=category,
        visited_on=max(started, visit_day(chance, last, every=14, drift=drift, late=late)),
        seen_alone=chance.happens(0.93 - 0.5 * drift),
        reviewed_on=reviewed if in_plan > 91 and reviewed > started else None,
        ended_on=ended,
        emergency_powers=chance.happens(0.05) and in_plan < HALF_YEAR,
        earlier_plans=int(chance.happens(0.22 + 0.2 * drift)),
    )


def invented_care(
    chance: Chance,
    started: date,
    *,
    today: date,
    age: int,
    drift: float,
    late: bool,
    ceased: date | None,
    short_breaks: bool = False,
    asylum_seeking: bool = False,
) -> Care:
    last = ceased or today
    days = (last - started).days
    legal = _legal_status(chance, days, age, short_breaks, asylum_seeking)
    unsettled = min(0.9, 0.12 + 0.35 * drift + (0.12 if age >= 13 else 0))
    moves = 1 + chance.happens(unsettled) + chance.happens(unsettled * 0.5) + chance.happens(unsettled * 0.3)
    placed = chance.day_before(last, 5, min(days, 365)) if moves > 1 else started
    missing = sum(chance.happens(0.06 + 0.2 * drift) for _ in range(6)) if age >= 12 else 0
    placement, provider, in_area = _placement(chance, age, legal, short_breaks)

    def within(every: int) -> date | None:
        on = visit_day(chance, last, every=every, drift=drift, late=late)
        return on if on >= started else None

    return Care(
        started_on=started,
        second_period=days < 365 and chance.happens(0.04),
        legal_status=legal,
        legal_since=chance.day_before(last, 0, min(days, 900)) if legal in {"C2", "E1"} else started,
        reviewed_on=within(170),
        visited_on=within(42 if days < 365 else 84) or started,
        officer_visited_on=within(90),
        health_on=within(340),
        dentist_on=within(200),
        permanence=_permanence(chance, legal, age),
        placements_in_year=moves,
        placed_on=placed,
        placement=placement,
        provider=provider,
        in_area=in_area,
        missing=missing,
        absent=int(missing > 0 and chance.happens(0.3)),
        ceased_on=ceased,
        ceased_because=chance.weighted({"E4A": 30, "E4B": 6, "E45": 14, "E41": 8, "E8": 8, "E17": 10})
        if ceased
        else "",
        adoption=_adoption(chance, last, days) if legal == "E1" and not ceased else None,
    )


def _legal_status(chance: Chance, days: int, age: int, short_breaks: bool, asylum_seeking: bool) -> str:
    if short_breaks:
        return chance.weighted({"V4": 5, "V3": 1})
    if asylum_seeking:
        return "V2"
    if days < 240:
        return chance.weighted({"C1": 52, "V2": 42, "L2": 2, "J1": 2 if age >= 12 else 0})
    return chance.weighted({"C2": 78, "V2": 12, "E1": 16 if age < 6 else 1, "C1": 6 if days < 500 else 0})


def _placement(chance: Chance, age: int, legal: str, short_breaks: bool) -> tuple[str, str, bool]:
    """Placement type, provider and whether it is in the council's own area."""
    if legal == "E1" and chance.happens(0.5):
        return chance.pick(("A3", "A5")), "PR1", chance.happens(0.4)
    if short_breaks:
        return chance.pick(("K2", "U6")), "PR1", True
    homes = {"U1": 9, "U3": 10, "U4": 24, "U6": 32, "P1": 8, "K2": 13 if age >= 9 else 1, "K1": 0.3 if age >= 13 else 0}
    homes |= {"H5": 22, "S1": 1} if age >= 16 else {"R1": 0.5}
    placement = chance.weighted(homes)
    provider = {"P1": "PR0", "U1": "PR1", "U3": "PR1"}.get(placement) or chance.weighted({"PR1": 5, "PR4": 5, "PR5": 1})
    return placement, provider, chance.happens(0.85 if provider in {"PR0", "PR1"} else 0.45)


def _permanence(chance: Chance, legal: str, age: int) -> str:
    if legal == "E1":
        return "b"
    weights = {"a": 18 if legal in {"V2", "C1"} else 6, "c": 12, "d": 22 if age >= 15 else 0, "e": 6, "f": 45, "g": 4}
    return chance.weighted(weights)


def _adoption(chance: Chance, today: date, days: int) -> Adoption:
    decided = chance.day_before(today, min(40, days), min(360, days))
    reached = chance.whole(0, 3)
    steps = [decided + timedelta(days=gap) for gap in (40, 130, 170)]
    taken = [on if n < reached and on <= today else None for n, on in enumerate(steps)]
    return Adoption(decided, *taken)


def invented_leaving_care(chance: Chance, *, today: date, age: int, drift: float, late: bool) -> LeavingCare:
    suitable = chance.happens(0.94 - 0.25 * drift)
    busy = chance.happens(0.62 - 0.35 * drift)
    return LeavingCare(
        eligibility="a" if age < 18 else chance.weighted({"b": 93, "c": 7}),
        in_touch=chance.weighted({"Yes": 92, "No": 4 + 10 * drift, "Refu": 2, "Rhom": 1}),
        accommodation=chance.weighted({"U": 36, "V": 14, "K": 9, "B": 12, "T": 9, "Z": 6, "D": 8, "X": 3, "G": 3})
        if suitable
        else chance.pick("XGWR"),
        suitable=suitable,
        activity=chance.weighted({"F1": 8, "F2": 34, "F4": 8, "F5": 40, "P2": 6, "P5": 6})
        if busy
        else chance.weighted({"G4": 30, "G5": 50, "G6": 20}),
        plan_reviewed_on=visit_day(chance, today, every=180, drift=drift, late=late),
    )
