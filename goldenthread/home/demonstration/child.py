"""What the invented council holds on one child. A reference, facts and dates: never a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Assessment:
    """A continuous assessment; `authorised_on` is None while it is open."""

    started_on: date
    seen: bool
    authorised_on: date | None


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A section 47 enquiry and, if one was needed, its initial child protection conference."""

    started_on: date
    conference_on: date | None
    plan_made: bool
    enquiries_in_year: int
    conferences_in_year: int


@dataclass(frozen=True, slots=True)
class Protection:
    """A child protection plan; categories are the letters of Annex A's list (a Neglect … e Multiple)."""

    started_on: date
    first_category: str
    category: str
    visited_on: date
    seen_alone: bool
    reviewed_on: date | None
    ended_on: date | None
    emergency_powers: bool
    earlier_plans: int


@dataclass(frozen=True, slots=True)
class Adoption:
    """The steps towards adoption that were taken, in their order; a step not reached is None."""

    decided_on: date
    order_on: date | None
    matched_on: date | None
    placed_on: date | None


@dataclass(frozen=True, slots=True)
class Care:
    """A period of being looked after."""

    started_on: date
    second_period: bool
    legal_status: str
    legal_since: date
    reviewed_on: date | None
    visited_on: date
    officer_visited_on: date | None
    health_on: date | None
    dentist_on: date | None
    permanence: str
    placements_in_year: int
    placed_on: date
    placement: str
    provider: str
    in_area: bool
    missing: int
    absent: int
    ceased_on: date | None
    ceased_because: str
    adoption: Adoption | None


@dataclass(frozen=True, slots=True)
class LeavingCare:
    """What the council knows of a care leaver; letters and codes as in Annex A."""

    eligibility: str
    in_touch: str
    accommodation: str
    suitable: bool
    activity: str
    plan_reviewed_on: date


@dataclass(frozen=True, slots=True)
class Referral:
    """A contact that became a referral (`is_referral`) or did not, and what came of it."""

    received_on: date
    source: str
    is_referral: bool
    no_further_action: bool
    referrals_in_year: int


@dataclass(frozen=True, slots=True)
class Child:
    """One child known to the council.

    `status` is what the case is, or was until `closed_on`, by Ofsted's precedence: looked_after, child_protection,
    child_in_need, open_assessment, care_leaver, early_help; or contact_only. `drift` (0 to 1) says how far the plan
    has lost its way; `quality` is the latent quality of the file in standard deviations, which the grades follow.
    """

    ref: str
    family: str
    sex: str  # F, M; U while unborn
    ethnicity: str  # DfE code, such as WBRI
    born_on: date  # the expected date of an unborn child
    status: str
    need: str
    disabled: bool
    asylum_seeking: bool
    team: str
    worker: str
    started_on: date
    last_seen_on: date | None
    closed_on: date | None
    closed_because: str
    visits_late: bool
    drift: float
    quality: float
    referrals: tuple[Referral, ...] = ()
    assessment: Assessment | None = None
    enquiry: Enquiry | None = None
    protection: Protection | None = None
    care: Care | None = None
    leaving_care: LeavingCare | None = None

    def is_open(self, day: date) -> bool:
        return self.started_on <= day and (self.closed_on is None or self.closed_on > day)

    def age(self, day: date) -> int:
        """Whole years; -1 before birth, as Annex A writes it."""
        if self.born_on > day:
            return -1
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))

    @property
    def tags(self) -> frozenset[str]:
        """Every category the child is in, overlapping; a child in care on a protection plan has both."""
        marks = {
            self.status: True,
            "child_protection": self.protection is not None and self.protection.ended_on is None,
            "disability": self.disabled,
            "uasc": self.asylum_seeking,
            "short_breaks": self.care is not None and self.care.legal_status in {"V3", "V4"},
        }
        return frozenset(tag for tag, applies in marks.items() if applies)
