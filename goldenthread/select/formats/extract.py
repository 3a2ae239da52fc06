"""An extract: any table with a header, one row per child, as case systems give them to anyone who asks.

Columns are matched by the names that systems and councils use, and after that by what the council's person said
(`Mapping.columns`, `{header in the file: field}`), which comes first.
"""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.cells import text
from goldenthread.select.formats.headers import AGE, BORN, HEADER_WITHIN, REF, TEAM, WORKER, names, squashed
from goldenthread.select.formats.model import Ignored, Mapping, Reading
from goldenthread.select.formats.reading import assembled
from goldenthread.select.formats.tables import Opened, Table
from goldenthread.select.formats.tabular import KEPT, Plan, Read, read_table

SOURCE = "extract"
TITLE = "Extract (one row per child)"
ASKED_LAST = True
"""Any table might be an extract, so every other format is asked first."""


ALIASES: dict[str, frozenset[str]] = {
    "ref": REF,
    "age": AGE,
    "born": BORN,
    "team": TEAM,
    "worker": WORKER,
    "status": names(
        "casestatus status currentstatus currentcasestatus category casecategory casetype plantype servicetype"
        " clientgroup statusdescription childstatus servicecategory currentplan"
    ),
    "opened_on": names(
        "startdate opened openedon openeddate dateopened cinstartdate casestartdate datestarted referraldate"
        " cinereferraldate refrlstartdttm episodestartdate currentstatusstartdate"
    ),
    "ended_on": names(
        "enddate closed closedon closeddate dateclosed closuredate cinclosuredate caseenddate dateended"
        " cineclosedate refrlenddttm episodeenddate"
    ),
    "legal_status": names("legalstatus currentlegalstatus childslegalstatus legalstatuscode"),
    "placement": names("placementtype placement placementtypecode currentplacement place"),
    "disability": names("disability disabled disabilityflag doesthechildhaveadisability cwd childwithdisability"),
    "uasc": names("uasc uascflag unaccompaniedasylumseekingchild"),
    "eligibility": names("eligibility eligibilitycategory careleavereligibility"),
    "need": names("primaryneed primaryneedcode needcode categoryofneed cinecinprimaryneedcode cinprimaryneedcode"),
    "abuse": names("categoryofabuse latestcategoryofabuse cppcategory cpcategory abusecategory"),
    "restricted": names("restricted restrictedaccess accessrestricted restrictedrecord confidential sensitive"),
    "reviewer": names(
        "reviewingofficer independentreviewingofficer iro ironame allocatediro namediro reviewer conferencechair"
        " chair cpchair cpconferencechair childprotectionchair childprotectionconferencechair chairperson reviewchair"
    ),
    "locality": names("locality area district localityname neighbourhood ward patch region localityarea"),
    "family": names(
        "familyid familyidentifier family siblinggroup siblinggroupid siblingid familygroup familygroupid familyref"
        " familyreference familynumber householdid famifamilyid sibgroup"
    ),
}
FIELDS = ("ref", "age", "born", *KEPT)
"""The fields a person may give to a column ("age_band" is worked out, from age or date of birth)."""


def recognises(parts: Sequence[Opened]) -> bool:
    """Any table at all: `read` says what it lacks."""
    return any(isinstance(part, Table) and part.grid for part in parts)


def is_list(part: Opened) -> bool:
    """Whether a table is plainly a case list: beside a reference it has a status, a team or a worker."""
    if not isinstance(part, Table):
        return False
    header = _header(part, ALIASES)
    headers = {squashed(cell) for cell in part.grid[header] if isinstance(cell, str)} if header is not None else set()
    return bool(headers & (ALIASES["status"] | TEAM | WORKER))


def read(parts: Sequence[Opened], mapping: Mapping) -> Reading:
    """Read every table that has a child's reference. Raises `Refused` where none has, naming the columns it found."""
    columns = _columns(mapping)
    reads: list[Read] = []
    ignored: list[Ignored] = []
    tables = [part for part in parts if isinstance(part, Table)]
    for table in tables:
        header = _header(table, columns)
        if header is None:
            ignored.append(
                Ignored(table.file, table.sheet, "no column for a child's reference" if table.grid else "empty")
            )
        else:
            plan = Plan("The extract", "episode", columns, {"status": "Case Status"})
            reads.append(read_table(table, header, plan))
    if not reads:
        raise Refused(*(_lacking(table) for table in tables if table.grid))
    return assembled(SOURCE, parts, reads, ignored)


def _columns(mapping: Mapping) -> dict[str, frozenset[str]]:
    """The aliases of each field; a header the person gave to one field counts for no other."""
    given = {squashed(header): field for header, field in mapping.columns.items()}
    unknown = sorted(set(given.values()) - set(FIELDS) - {""})
    if unknown:
        raise Refused(
            *(f"The mapping gives a column to {field!r}, which is not one of {', '.join(FIELDS)}." for field in unknown)
        )
    columns = {field: aliases - given.keys() for field, aliases in ALIASES.items()}
    for field in set(given.values()) - {""}:
        columns[field] = frozenset(header for header, of in given.items() if of == field)
    return columns


def _header(table: Table, columns: dict[str, frozenset[str]]) -> int | None:
    """The row with a reference and the most other known columns; a lone reference will do where nothing is better."""
    others = frozenset().union(*columns.values())
    best, found = 0, None
    for index, row in enumerate(table.grid[:HEADER_WITHIN]):
        headers = {squashed(cell) for cell in row if isinstance(cell, str)}
        if headers & columns["ref"] and len(headers & others) > best:
            best, found = len(headers & others), index
    return found


def _lacking(table: Table) -> str:
    widest = max(table.grid[:HEADER_WITHIN], key=lambda row: sum(text(cell) != "" for cell in row))
    shown = ", ".join(repr(text(cell)[:40]) for cell in widest[:12] if text(cell))
    return f"No column of {table.place} is a child's reference; its columns are {shown}. Say which one it is."
