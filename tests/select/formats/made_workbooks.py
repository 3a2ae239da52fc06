"""Invented case lists for the tests: small ones said in full, large ones by number, in the dialects councils write."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

HEADERS: dict[int, tuple[str, ...]] = {
    1: (
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Date of Contact",
        "Contact Source",
    ),
    2: (
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Assessment start date",
        "Assessment completion date",
        "Organisation completing assessment",
    ),
    3: (
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Date of referral",
        "Referral Source",
        "Referral NFA?",
        "Number of Referrals in Last 12 Months",
        "Allocated Team",
        "Allocated Worker",
    ),
    4: (
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Does the Child have a Disability",
        "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment",
        "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children’s social care support",
        "Allocated Team",
        "Allocated Worker",
    ),
    5: (
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Does the Child have a Disability",
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Number of Section 47 Enquiries in the last 12 months",
        "Number of ICPCs in the last 12 months",
        "Allocated Team",
        "Allocated Worker",
    ),
    6: (
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Does the Child have a Disability",
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "CIN Closure Date",
        "Reason for Closure",
        "Case status",
        "Allocated Team",
        "Allocated Worker",
    ),
    7: (
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Does the Child have a Disability",
        "Child Protection Plan Start Date",
        "Initial Category of Abuse",
        "Latest Category of Abuse",
        "Date of the Last Statutory Visit",
        "Was the Child Seen Alone?",
        "Date of latest review conference",
        "Child Protection Plan End Date",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        "Number of Previous Child Protection Plans",
        "Allocated Team",
        "Allocated Worker",
    ),
    8: (
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
        "Does the Child have a Disability",
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
        "Allocated Team",
        "Allocated Worker",
    ),
    9: (
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Does the Child have a Disability",
        "Allocated Team",
        "Allocated Worker",
        "Eligibility Category",
        "LA In Touch ",
        "Type of Accommodation",
        "Suitability of Accommodation",
        "Activity Status",
    ),
    10: (
        "Child Unique ID",
        "Family identifier",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
        "Does the Child have a Disability",
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
"""Ofsted's headers, as its template of August 2019 writes them, odd spaces and quotes included."""

ID, AGE, BORN = "Child Unique ID", "Age of Child (Years)", "Date of Birth"
STATUS, STARTED, CLOSED = "Case status", "CIN Start Date", "CIN Closure Date"
TEAM, WORKER = "Allocated Team", "Allocated Worker"

Record = Mapping[str, Any]


def grid(number: int, records: Iterable[Record], headers: Sequence[str] | None = None) -> list[list[Any]]:
    """A list's rows under Ofsted's headers, the cells a record does not name left empty."""
    headings = headers or HEADERS[number]
    return [list(headings), *([record.get(name, "") for name in headings] for record in records)]


def workbook(lists: Mapping[int, Iterable[Record]], *, title_row: bool = True, sheet: str = "List_{}") -> bytes:
    """An Annex A workbook holding these lists, dates as Excel dates."""
    sheets = {}
    for number, records in lists.items():
        rows = grid(number, records)
        sheets[sheet.format(number)] = [[f"List {number}: as Ofsted titles it"], *rows] if title_row else rows
    return sheets_of(sheets)


def sheets_of(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook of these sheets, cell by cell."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_numbers": False, "strings_to_formulas": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), day)
                elif value != "":
                    sheet.write(r, c, value)
    book.close()
    return buffer.getvalue()


def children(count: int, **values: Any) -> list[dict[str, Any]]:
    """So many open children in need, numbered from 1001, each with these values beside."""
    start = date(2024, 1, 1)
    return [
        {ID: 1001 + n, STATUS: "c) Child in need plan", STARTED: start + timedelta(days=n % 90), AGE: n % 18, **values}
        for n in range(count)
    ]


def large(path: Path, *, council: int = 12_000, rows: int = 40_000) -> Path:
    """A large council's workbook: `council` children on List 6 and `rows` rows in all, in Ofsted's own codes."""
    start = date(2023, 1, 1)

    def record(number: int, n: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for place, name in enumerate(HEADERS[number]):
            made[name] = start + timedelta(days=(n * 7 + place) % 600) if "date" in name.lower() else _code(n + place)
        made |= dict.fromkeys(_ENDS, "")
        made |= {ID: 100_000 + n, AGE: n % 18, TEAM: f"Team {n % 60}", WORKER: f"Worker {n % 700}"}
        made |= {STATUS: _STATUSES[n % 5], CLOSED: date(2024, 6, 1) if n % 5 == 4 else ""}
        return {**made, "Assessment completion date": start if n % 2 else ""}

    shares = {1: 0.3, 3: 0.14, 4: 0.14, 2: 0.07, 7: 0.015, 8: 0.025, 9: 0.01}
    lists = {number: [record(number, n) for n in range(int(rows * share))] for number, share in shares.items()}
    lists[6] = [record(6, n) for n in range(council)]
    path.write_bytes(workbook(lists))
    return path


_ENDS = (
    "Child Protection Plan End Date",
    "Date Ceased to be Looked After ",
    "Date of Decision that Child Should No Longer be Placed for Adoption",
)
_STATUSES = (
    "a) Looked after child",
    "b) Child Protection plan",
    "c) Child in need plan",
    "d) Open assessment",
    "e) Closed episode",
)


def _code(n: int) -> str:
    return f"{'abcdef'[n % 6]}) value {n % 23}"
