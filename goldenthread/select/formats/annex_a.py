"""Ofsted's Annex A, "child level data": a workbook of eleven lists, or one file per list.

Lists are told by their headers, as councils rename sheets; the sheet's name only helps where a header is poor.
Source: the workbook's own Guidance sheet (August 2019) and its January 2024 columns for care leavers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.headers import AGE, BORN, HEADER_WITHIN, REF, TEAM, WORKER, header_row, names, squashed
from goldenthread.select.formats.model import Fault, Ignored, Mapping, Reading, Recognised
from goldenthread.select.formats.reading import assembled
from goldenthread.select.formats.tables import Opened, Table
from goldenthread.select.formats.tabular import Plan, Read, read_table

SOURCE = "annex_a"
TITLE = "Ofsted Annex A"

ADOPTERS = 11
ADOPTER = names("individualadopteridentifier")
_NAMED = re.compile(r"^\s*(?:annex\s*a\s*[-_ ]*)?list[\s_\-]*0*(\d{1,2})(?!\d)", re.IGNORECASE)
_SURE = re.compile(r"(?:^|[^a-z])list[\s_\-]*0*(\d{1,2})(?!\d)", re.IGNORECASE)


_CHILD = {"ref": REF, "age": AGE, "born": BORN, "team": TEAM, "worker": WORKER}
_DISABLED = {
    "disability": names("doesthechildhaveadisability disability disabled disabilityflag doeschildhaveadisability")
}
_UASC = "uasc uascwithinthelast12months uascorformerlyuasc unaccompaniedasylumseekingchild uascflag uascstatus"
_UASC_LONG = " unaccompaniedasylumseekingchildwithinthelast12months unaccompaniedasylumseekingchilduasc"

SIGNATURES: dict[int, frozenset[str]] = {
    1: names("dateofcontact contactdate contactsource"),
    2: names("assessmentstartdate assessmentcompletiondate organisationcompletingassessment"),
    3: names("dateofreferral referraldate referralsource referralnfa"),
    4: names(
        "continuousassessmentstartdate continuousassessmentdateofauthorisation childseenduringcontinuousassessment"
    ),
    5: names(
        "strategydiscussioninitiatingsection47enquirystartdate dateofinitialchildprotectionconference"
        " wasaninitialchildprotectionconferencedeemedunnecessary strategydiscussiondate"
    ),
    6: names("cinstartdate cinclosuredate casestatus primaryneedcode datechildwaslastseen"),
    7: names("childprotectionplanstartdate childprotectionplanenddate initialcategoryofabuse latestcategoryofabuse"),
    8: names(
        "datestartedtobelookedafter dateceasedtobelookedafter childslegalstatus childscategoryofneed placementtype"
    ),
    9: names("eligibilitycategory laintouch suitabilityofaccommodation typeofaccommodation activitystatus"),
    10: names("dateofdecisionthatchildshouldbeplacedforadoption dateofplacementorder dateplacedforadoption"),
    ADOPTERS: names("individualadopteridentifier dateenquiryreceived datestage1started datestage2started"),
}
"""Headers that only one list has; two of them are enough to know it."""

PLANS: dict[int, Plan] = {
    1: Plan("List 1", "", {"ref": REF}, {}, True),
    2: Plan(
        "List 2",
        "early_help",
        {
            **_CHILD,
            "opened_on": names("assessmentstartdate startdate ehstartdate earlyhelpassessmentstartdate"),
            "ended_on": names("assessmentcompletiondate completiondate ehcompletiondate assessmentenddate"),
        },
        {"ended_on": "Assessment completion date"},
        True,
    ),
    3: Plan("List 3", "", {"ref": REF}, {}, True),
    4: Plan("List 4", "", {"ref": REF}, {}, True),
    5: Plan("List 5", "", {"ref": REF}, {}, True),
    6: Plan(
        "List 6",
        "episode",
        {
            **_CHILD,
            **_DISABLED,
            "status": names("casestatus status currentstatus currentcasestatus"),
            "opened_on": names("cinstartdate startdate childinneedstartdate episodestartdate"),
            "ended_on": names(
                "cinclosuredate closuredate dateclosed childinneedclosuredate cinenddate closeddate enddate"
            ),
            "need": names("primaryneedcode primaryneed needcode categoryofneed"),
        },
        {"status": "Case Status", "ended_on": "CIN Closure Date"},
        True,
    ),
    7: Plan(
        "List 7",
        "child_protection",
        {
            **_CHILD,
            **_DISABLED,
            "opened_on": names("childprotectionplanstartdate cpplanstartdate cppstartdate planstartdate"),
            "ended_on": names("childprotectionplanenddate cpplanenddate cppenddate planenddate"),
            "abuse": names("latestcategoryofabuse categoryofabuse currentcategoryofabuse"),
        },
        {"ended_on": "Child Protection Plan End Date"},
        True,
    ),
    8: Plan(
        "List 8",
        "looked_after",
        {
            **_CHILD,
            **_DISABLED,
            "opened_on": names(
                "datestartedtobelookedafter lookedafterstartdate clastartdate lacstartdate dateenteredcare"
            ),
            "ended_on": names("dateceasedtobelookedafter lookedafterenddate claenddate lacenddate dateleftcare"),
            "legal_status": names("childslegalstatus legalstatus childlegalstatus currentlegalstatus"),
            "placement": names("placementtype typeofplacement currentplacementtype placementtypecode"),
            "uasc": names(_UASC + _UASC_LONG),
            "need": names("childscategoryofneed categoryofneed childcategoryofneed"),
        },
        {"ended_on": "Date Ceased to be Looked After"},
        True,
    ),
    9: Plan(
        "List 9",
        "care_leaver",
        {
            **_CHILD,
            **_DISABLED,
            "uasc": names(_UASC + _UASC_LONG),
            "eligibility": names("eligibilitycategory eligibility careleavercategory eligibilitystatus"),
        },
        {},
        True,
    ),
    10: Plan(
        "List 10",
        "adoption",
        {
            **_CHILD,
            **_DISABLED,
            "opened_on": names("dateofdecisionthatchildshouldbeplacedforadoption"),
            "ended_on": names("dateofdecisionthatchildshouldnolongerbeplacedforadoption"),
            "family": names("familyidentifier familyid"),
        },
        {},
        True,
    ),
    ADOPTERS: Plan("List 11", "", {"ref": ADOPTER}, {}),
}

_REFS = REF | ADOPTER
_ALL_NAMES = [aliases for plan in PLANS.values() for aliases in plan.columns.values()] + [*SIGNATURES.values()]


def recognises(parts: Sequence[Opened]) -> bool:
    """Whether any table is one of the lists, by its headers, or by its name where it is an empty list."""
    return any(isinstance(part, Table) and _number(part) is not None for part in parts)


def read(parts: Sequence[Opened], mapping: Mapping) -> Reading:
    """Read every list. Raises `Refused` where one list is there twice, or the header of List 6 cannot be found."""
    numbered = [(part, _number(part)) for part in parts if isinstance(part, Table)]
    _refuse_twice([(table, number) for table, number in numbered if number is not None])
    reads: list[Read] = []
    ignored: list[Ignored] = []
    for table, number in numbered:
        if number is None or number == ADOPTERS:
            ignored.append(Ignored(table.file, table.sheet, _why_ignored(table, number)))
        if number is not None:
            reads.append(_read_list(table, number))
    return assembled(SOURCE, parts, reads, ignored)


def _why_ignored(table: Table, number: int | None) -> str:
    if number == ADOPTERS:
        return "List 11 holds adopters, not children"
    return "not one of the lists" if table.grid else "empty"


def _read_list(table: Table, number: int) -> Read:
    header = header_row(table.grid, _REFS, _ALL_NAMES, least=2)
    if header is not None:
        return read_table(table, header, PLANS[number])
    told = f"No header row with 'Child Unique ID' was found at the top of {table.place} (List {number})."
    written = any(cell != "" for row in table.grid[1:] for cell in row)
    if written and number == 6:
        raise Refused(told)
    faults = (Fault(table.file, table.sheet, None, "", "", f"{told} It is not read."),) if written else ()
    recognised = Recognised(table.file, table.sheet, f"List {number}", table.first_row, 0, (), ())
    return Read(recognised, (), faults, frozenset())


def _number(table: Table) -> int | None:
    """Which list a table is: by two or more headers only that list has, else by its name and one such header."""
    named = _named(table)
    for row in table.grid[:HEADER_WITHIN]:
        headers = {squashed(cell) for cell in row if isinstance(cell, str)}
        if headers & _REFS:
            shared = {number: len(headers & signature) for number, signature in SIGNATURES.items()}
            likely = max(shared, key=lambda number: 2 * shared[number] + (number == named))
            if shared[likely] >= (1 if likely == named else 2):
                return likely
    return named if _plainly_named(table) else None


def _named(table: Table) -> int | None:
    stem = table.sheet or table.file.rsplit(".", 1)[0]
    found = (_NAMED if table.sheet else _SURE).search(stem)
    return int(found[1]) if found and 1 <= int(found[1]) <= ADOPTERS else None


def _plainly_named(table: Table) -> bool:
    """A sheet named as a list and nothing more is that list, were it empty or its header unreadable."""
    return bool(table.sheet) and re.fullmatch(r"\s*list[\s_\-]*0*\d{1,2}\s*", table.sheet, re.IGNORECASE) is not None


def _refuse_twice(found: list[tuple[Table, int]]) -> None:
    places: dict[int, list[str]] = {}
    for table, number in found:
        places.setdefault(number, []).append(table.place)
    twice = [
        f"List {n} is given twice ({' and '.join(at)}); keep one." for n, at in sorted(places.items()) if len(at) > 1
    ]
    if twice:
        raise Refused(*twice)
