"""Lists of files that are not children's: staff, for their supervision notes, and carers, for their own files.

Each is a table with one row per person, whose reference is the staff number or the carer's. No carer's name is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.extract import SOURCE
from goldenthread.select.formats.headers import TEAM, header_row, names
from goldenthread.select.formats.model import OTHER_KINDS, Fault, Ignored, Reading, Row
from goldenthread.select.formats.reading import assembled
from goldenthread.select.formats.tables import Opened, Table
from goldenthread.select.formats.tabular import Plan, Read, read_table

PLANS = {
    "supervision_file": Plan(
        "The staff",
        "supervision_file",
        {
            "ref": names("staffnumber staffno staffid employeenumber employeeid payrollnumber workerid profstaffid"),
            "worker": names("name staffname workername fullname practitioner socialworker profprofessionalname"),
            "team": TEAM,
            "reviewer": names("supervisor supervisorname linemanager manager teammanager supervisedby"),
            "opened_on": names("startdate started datestarted"),
            "ended_on": names("enddate left dateleft leavingdate leftdate"),
        },
        {"worker": "Name", "team": "Team"},
        whom="a member of staff",
    ),
    "carer_file": Plan(
        "The carers",
        "carer_file",
        {
            "ref": names("carerreference carerref carerid carernumber householdid fosteringhouseholdid householdref"),
            "worker": names(
                "supervisingworker supervisingsocialworker ssw linkworker allocatedworker supervisingsw fosteringworker"
            ),
            "team": TEAM,
            "opened_on": names("approvaldate approvedon dateapproved dateofapproval approved"),
            "ended_on": names("deregistered deregistereddate resigned enddate dateended terminationdate"),
            "locality": names("locality area district"),
        },
        {"worker": "Supervising worker", "team": "Team"},
        whom="a carer",
    ),
}
_REFERENCES = {"supervision_file": "Staff number", "carer_file": "Carer reference"}


def read(parts: Sequence[Opened], kind: str) -> Reading:
    """Read the tables of one kind. Raises `Refused` for a kind that is not known and where no table has a reference."""
    if kind not in PLANS:
        raise Refused(f"There are no lists of {kind!r}; a list is of case_file or of {' or '.join(OTHER_KINDS)}.")
    plan = PLANS[kind]
    reads: list[Read] = []
    ignored: list[Ignored] = []
    for table in (part for part in parts if isinstance(part, Table)):
        header = header_row(table.grid, plan.columns["ref"], plan.columns.values(), 1)
        if header is None:
            ignored.append(Ignored(table.file, table.sheet, f"no column {_REFERENCES[kind]!r}"))
        else:
            reads.append(read_table(table, header, plan))
    if not reads:
        files = " and ".join(dict.fromkeys(part.file for part in parts))
        raise Refused(f"No table of {files} has a column {_REFERENCES[kind]!r}, which says whose file each is.")
    whole = replace(assembled(SOURCE, parts, reads, ignored), kind=kind)
    return replace(whole, faults=(*whole.faults, *_twice(whole.rows)))


def _twice(rows: Sequence[Row]) -> list[Fault]:
    first: dict[str, Row] = {}
    faults = []
    for row in rows:
        kept = first.setdefault(row.ref, row)
        if kept is not row:
            message = f"{row.ref} is here twice; what row {kept.row} says comes first."
            faults.append(Fault(row.file, row.sheet, row.row, "", row.ref, message))
    return faults
