"""The eleven lists of Ofsted's Annex A for an invented council: columns as in the published workbook, rows as values.

Source: the August 2019 workbook, and for List 9 the columns that councils had added by January 2024.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .chance import Chance
from .child import Child
from .codes import Coded, yes
from .council import Council


@dataclass(frozen=True, slots=True)
class Age:
    """An age that a council may write as whole years, exact years or words."""

    whole: int
    exact: float


Value = str | int | float | date | Coded | Age | None
Row = tuple[Value, ...]

_ABOUT = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)")
_DISABILITY = "Does the Child have a Disability"
_HELD_BY = ("Allocated Team", "Allocated Worker")
TITLES = {
    1: "Contacts",
    2: "Early Help",
    3: "Referral",
    4: "Assessments",
    5: "Section 47 enquiries and Initial Child Protection Conferences",
    6: "Children in Need",
    7: "Child protection",
    8: "Children in care",
    9: "Care leavers",
    10: "Adoption",
    11: "Adopters",
}
COLUMNS: dict[int, tuple[str, ...]] = {
    1: (*_ABOUT, "Date of Contact", "Contact Source"),
    2: (*_ABOUT, "Assessment start date", "Assessment completion date", "Organisation completing assessment"),
    3: (
        *_ABOUT,
        "Date of referral",
        "Referral Source",
        "Referral NFA?",
        "Number of Referrals in Last 12 Months",
        *_HELD_BY,
    ),
    4: (
        *_ABOUT,
        _DISABILITY,
        "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment",
        "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children’s social care support",
        *_HELD_BY,
    ),
    5: (
        *_ABOUT,
        _DISABILITY,
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Number of Section 47 Enquiries in the last 12 months",
        "Number of ICPCs in the last 12 months",
        *_HELD_BY,
    ),
    6: (
        *_ABOUT,
        _DISABILITY,
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "CIN Closure Date",
        "Reason for Closure",
        "Case status",
        *_HELD_BY,
    ),
    7: (
        *_ABOUT,
        _DISABILITY,
        "Child Protection Plan Start Date",
        "Initial Category of Abuse",
        "Latest Category of Abuse",
        "Date of the Last Statutory Visit",
        "Was the Child Seen Alone?",
        "Date of latest review conference",
        "Child Protection Plan End Date",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        "Number of Previous Child Protection Plans",
        *_HELD_BY,
    ),
    8: (
        *_ABOUT,
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
        _DISABILITY,
        "Date Started to be Looked After",
        "Child's Category of Need",
        "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
        "Start date of current legal status",
        "Child's Legal Status",
        "Date of Latest Statutory Review",
        "Date of Last Social Work Visit",
        "What is the permanence plan for this child?",
        "Date of Last IRO Visit / Contact to the Child",
        "Date of Last Health Assessment",
        "Date of Last Dental Check",
        "Number of Placements in the Last 12 months",
        "Date Ceased to be Looked After ",
        "Reason Ceased to be Looked After",
        "Start Date of Most Recent Placement",
        "Placement Type",
        "Placement Provider",
        "Placement postcode",
        "URN of Placement",
        "Placement Location",
        "LA of Placement",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
        "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
        "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        "Did the child accept a Return Interview after their last missing episode (Y/N)?",
        *_HELD_BY,
    ),
    9: (
        *_ABOUT,
        "UASC or formerly UASC",
        _DISABILITY,
        *_HELD_BY,
        "Allocated Personal Advisor",
        "Eligibility Category",
        "LA In Touch ",
        "Latest Pathway Plan Review Date",
        "Latest Date of Contact",
        "Type of Accommodation",
        "Suitability of Accommodation",
        "Activity Status",
    ),
    10: (
        "Child Unique ID",
        "Family identifier",
        *_ABOUT[1:],
        _DISABILITY,
        "Date the Child Entered Care",
        "Date of Decision that Child Should be Placed for Adoption",
        "Date of Placement Order",
        "Date of Matching Child and Prospective Adopters",
        "Date Placed for Adoption",
        "Date of Adoption Order ",
        "Date of Decision that Child Should No Longer be Placed for Adoption",
        "Reason Why Child No Longer Placed for Adoption",
        "Date the child was placed for fostering in FFA or concurrent planning placement",
    ),
    11: (
        "Individual adopter identifier",
        "Family identifier",
        "Gender",
        "Ethnicity",
        "Disability",
        "Is the (prospective) adopter fostering for adoption?",
        "Date enquiry received",
        "Date Stage 1 started",
        "Date Stage 1 ended",
        "Date Stage 2 started",
        "Date Stage 2 ended",
        "Date application submitted",
        "Date application approved",
        "Date adopter matched with child(ren)",
        "Date child/children placed with adopter(s)",
        "No. of children placed",
        "Date of Adoption Order",
        "Date of leaving adoption process",
        "Reason for leaving adoption process",
    ),
}


def annex_a_rows(council: Council, *, as_at: date) -> dict[int, list[Row]]:
    """The rows of lists 1 to 11 as they stood on a day. Nothing after that day is known but due births."""
    lists = _Lists(council, as_at)
    known = [child for child in council.children if child.started_on <= as_at]
    makers: dict[int, Callable[[Child], Iterator[Row]]] = {
        1: lists.contact, 2: lists.early_help, 3: lists.referral, 4: lists.assessment, 5: lists.enquiry,
        6: lists.in_need, 7: lists.protection, 8: lists.care, 9: lists.care_leaver, 10: lists.adoption,
    }  # fmt: skip
    rows = {number: [row for child in known for row in make(child)] for number, make in makers.items()}
    return rows | {11: list(_adopters(council, as_at))}


class _Lists:
    """What each list says of one child: no row, or one."""

    def __init__(self, council: Council, as_at: date) -> None:
        self.council, self.as_at = council, as_at

    def known(self, on: date | None) -> date | None:
        return on if on is not None and on <= self.as_at else None

    def about(self, child: Child) -> Row:
        exact = (self.as_at - child.born_on).days / 365.25
        age = Age(child.age(self.as_at), exact)
        return (child.ref, Coded("sex", child.sex), Coded("ethnicity", child.ethnicity), child.born_on, age)

    def held_by(self, child: Child) -> Row:
        return child.team, self.council.person[child.worker].name

    def contact(self, child: Child) -> Iterator[Row]:
        if child.status == "contact_only" or int(child.ref[1:]) % 2:  # the rest came straight in as referrals
            for one in child.referrals:
                yield (*self.about(child), one.received_on, Coded("source", one.source))

    def early_help(self, child: Child) -> Iterator[Row]:
        if child.status == "early_help" and child.assessment:
            ended = self.known(child.assessment.authorised_on)
            yield (*self.about(child), child.assessment.started_on, ended, "LA Early Help")

    def referral(self, child: Child) -> Iterator[Row]:
        for one in child.referrals:
            if one.is_referral:
                came_of_it = (Coded("source", one.source), yes(one.no_further_action), one.referrals_in_year)
                yield (*self.about(child), one.received_on, *came_of_it, *self.held_by(child))

    def assessment(self, child: Child) -> Iterator[Row]:
        if child.assessment and child.status != "early_help":
            made = child.assessment
            authorised = self.known(made.authorised_on)
            needed = yes(child.closed_because not in {"RC8", "RC9"}) if authorised else None
            facts = (yes(child.disabled), made.started_on, yes(made.seen), authorised, needed)
            yield (*self.about(child), *facts, *self.held_by(child))

    def enquiry(self, child: Child) -> Iterator[Row]:
        made = child.enquiry
        if made and made.started_on <= self.as_at:
            conference = self.known(made.conference_on)
            facts = (made.started_on, yes(made.conference_on is None), conference)
            result = yes(made.plan_made) if conference else None
            counts = (made.enquiries_in_year, made.conferences_in_year)
            yield (*self.about(child), yes(child.disabled), *facts, result, *counts, *self.held_by(child))

    def in_need(self, child: Child) -> Iterator[Row]:
        if child.status in {"looked_after", "child_protection", "child_in_need", "open_assessment"}:
            closed = self.known(child.closed_on)
            yield (
                *self.about(child),
                yes(child.disabled),
                child.started_on,
                Coded("need", child.need),
                self.known(child.last_seen_on),
                closed,
                Coded("closure", child.closed_because) if closed else None,
                Coded("status", "closed" if closed else child.status),
                *self.held_by(child),
            )

    def protection(self, child: Child) -> Iterator[Row]:
        plan = child.protection
        if plan and plan.started_on <= self.as_at:
            yield (
                *self.about(child),
                yes(child.disabled),
                plan.started_on,
                Coded("abuse", plan.first_category),
                Coded("abuse", plan.category),
                self.known(plan.visited_on),
                yes(plan.seen_alone),
                self.known(plan.reviewed_on),
                self.known(plan.ended_on),
                yes(plan.emergency_powers),
                plan.earlier_plans,
                *self.held_by(child),
            )

    def care(self, child: Child) -> Iterator[Row]:
        care = child.care
        if not care or care.started_on > self.as_at:
            return
        ceased = self.known(care.ceased_on)
        yield (
            *self.about(child),
            yes(child.asylum_seeking),
            yes(child.disabled),
            care.started_on,
            Coded("need", child.need),
            yes(care.second_period),
            self.known(care.legal_since),
            Coded("legal", care.legal_status),
            self.known(care.reviewed_on),
            self.known(care.visited_on),
            Coded("permanence", care.permanence),
            self.known(care.officer_visited_on),
            self.known(care.health_on),
            self.known(care.dentist_on),
            care.placements_in_year,
            ceased,
            Coded("ceased", care.ceased_because) if ceased else None,
            self.known(care.placed_on),
            Coded("placement", care.placement),
            Coded("provider", care.provider),
            None,  # a postcode would be an address, invented or not
            None,
            Coded("location", "Y" if care.in_area else "N"),
            self.council.name if care.in_area else "Elsewhere (invented)",
            care.missing,
            care.absent,
            yes(True) if care.missing else None,
            yes(child.drift < 0.4) if care.missing else None,
            *self.held_by(child),
        )

    def care_leaver(self, child: Child) -> Iterator[Row]:
        leaving = child.leaving_care
        if leaving:
            team, worker = self.held_by(child)
            yield (
                *self.about(child),
                yes(child.asylum_seeking),
                yes(child.disabled),
                team,
                worker,
                worker,
                Coded("eligibility", leaving.eligibility),
                Coded("in_touch", leaving.in_touch),
                self.known(leaving.plan_reviewed_on),
                self.known(child.last_seen_on),
                Coded("accommodation", leaving.accommodation),
                Coded("suitable", "Y" if leaving.suitable else "N"),
                Coded("activity", leaving.activity),
            )

    def adoption(self, child: Child) -> Iterator[Row]:
        if child.care and child.care.adoption:
            steps = child.care.adoption
            ref, *about = self.about(child)
            taken = (steps.decided_on, steps.order_on, steps.matched_on, steps.placed_on)
            dates = (self.known(on) for on in (child.care.started_on, *taken))
            yield (ref, child.family, *about, yes(child.disabled), *dates, None, None, None, None)


def _adopters(council: Council, as_at: date) -> Iterator[Row]:
    """Some sixty adopters, two to a family, each as far along as chance says."""
    chance = Chance(council.seed, "adopters")
    first, reached = as_at, 0
    for n in range(max(4, round(len(council.children) / 57))):
        if n % 2 == 0:
            first, reached = chance.day_before(as_at, 30, 700), chance.whole(1, 8)
        on = [first + timedelta(days=gap) for gap in (0, 20, 80, 90, 200, 205, 230, 300, 340)]
        dates = [day if step <= reached and day <= as_at else None for step, day in enumerate(on)]
        about = (Coded("sex", chance.pick("MF")), Coded("ethnicity", "WBRI"), yes(chance.happens(0.05)))
        placed = 1 if dates[8] else None
        yield (f"P{3000 + n}", f"AF{700 + n // 2}", *about, yes(chance.happens(0.1)), *dates, placed, None, None, None)
