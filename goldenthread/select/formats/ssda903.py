"""The Department for Education's return on looked-after children (SSDA903): a set of tables, or one XML file.

Tables are told by their headers, whatever their files or sheets are called. A child is looked after whose latest
episode has no end; on short breaks (V3, V4) she is not. The return knows no team; from 2024 it knows the social worker.
HOME_POST and PL_POST, a child's own postcodes, are emptied before anything is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.cells import Bad, age_band, day, reference, text
from goldenthread.select.formats.headers import HEADER_WITHIN, names, squashed
from goldenthread.select.formats.model import Fault, Ignored, Mapping, Reading, Row
from goldenthread.select.formats.reading import assembled
from goldenthread.select.formats.tables import Document, Opened, Table
from goldenthread.select.formats.tabular import Plan, Read, read_table, years_old
from goldenthread.select.formats.xml_files import Element, elements

SOURCE = "ssda903"
TITLE = "SSDA903"

EPISODES, HEADER, UASC, WORKERS = "Episodes", "Header", "UASC", "Social workers"
_TABLES = {
    EPISODES: names("decom rne ls"),
    "Reviews": names("review reviewcode"),
    HEADER: names("ethnic upn"),
    "OC3": names("intouch activ accom"),
    "OC2": names("sdqscore"),
    UASC: names("duc"),
    WORKERS: names("swid swdecom"),
    "AD1": names("dateint datematch"),
    "Placed for adoption": names("dateplaced dateplacedceased"),
    "Previous permanence": names("prevperm"),
    "Missing": names("missing misstart"),
    "DoLo": names("dolostart"),
}
"""The headers that only one table of the return has, beside CHILD."""
_PRIVATE = names("homepost plpost")
_CHILD = {"ref": names("child childid")}
_EPISODE = Plan(
    EPISODES,
    "episode",
    {
        **_CHILD,
        "opened_on": names("decom"),
        "ended_on": names("dec"),
        "legal_status": names("ls"),
        "placement": names("place"),
        "need": names("cin"),
    },
    {"opened_on": "DECOM", "ended_on": "DEC", "legal_status": "LS"},
)
_DATED = {
    UASC: {"ended_on": names("duc")},
    WORKERS: {"opened_on": names("swdecom"), "ended_on": names("swdec"), "worker": names("swid")},
}


@dataclass(frozen=True, slots=True)
class _Found:
    table: Table
    header: int
    kind: str


def recognises(parts: Sequence[Opened]) -> bool:
    """One of the return's tables, by its header, or its XML."""
    return any(
        b"EXPSSDA903" in part.data[:4096] if isinstance(part, Document) else _found(part) is not None for part in parts
    )


def read(parts: Sequence[Opened], mapping: Mapping) -> Reading:
    """Read a set. Raises `Refused` for a table given twice and for a set without its episodes."""
    tables: list[Table] = []
    lines: dict[tuple[str, str], list[int]] = {}
    for part in parts:
        if isinstance(part, Document):
            for table, at in _tables_of(part):
                tables.append(table)
                lines[table.file, table.sheet] = at
        else:
            tables.append(part)
    found = [each for each in map(_found, tables) if each is not None]
    _refuse(found, parts)
    reads = {each.kind: _placed(_read(each), lines.get((each.table.file, each.table.sheet))) for each in found}
    known = {(each.table.file, each.table.sheet) for each in found}
    ignored = [
        Ignored(table.file, table.sheet, "not a table of the return" if table.grid else "empty")
        for table in tables
        if (table.file, table.sheet) not in known
    ]
    whole = assembled(SOURCE, parts, list(reads.values()), ignored)
    latest = _latest(reads[EPISODES].rows)
    facts = _facts(found, reads, whole.newest)
    rows = tuple(_child(row, facts) for row in latest.values())
    return replace(whole, rows=rows, faults=(*whole.faults, *_said(found, reads, latest)))


def _found(table: Table) -> _Found | None:
    for index, row in enumerate(table.grid[:HEADER_WITHIN]):
        headers = {squashed(cell) for cell in row if isinstance(cell, str)}
        if headers & _CHILD["ref"]:
            kind = next((kind for kind, signature in _TABLES.items() if signature <= headers), None)
            return _Found(table, index, kind) if kind else None
    return None


def _refuse(found: Sequence[_Found], parts: Sequence[Opened]) -> None:
    places: dict[str, list[str]] = {}
    for each in found:
        places.setdefault(each.kind, []).append(each.table.place)
    if twice := [
        f"{kind} is given twice ({' and '.join(at)}); keep one." for kind, at in places.items() if len(at) > 1
    ]:
        raise Refused(*twice)
    if EPISODES not in places:
        files = " and ".join(dict.fromkeys(part.file for part in parts))
        raise Refused(
            f"{files}: this set of the SSDA903 has no table of episodes (CHILD, DECOM, RNE, LS …), which says who is"
            " looked after; give that file too."
        )


def _read(found: _Found) -> Read:
    table, header = _without_postcodes(found.table, found.header), found.header
    if found.kind == EPISODES:
        return read_table(table, header, _EPISODE)
    columns = {**_CHILD, **_DATED.get(found.kind, {})}
    evidence = found.kind if found.kind in (HEADER, UASC, WORKERS) else ""
    done = read_table(table, header, Plan(found.kind, evidence, columns, {}))
    return replace(done, events=frozenset())  # only episodes say how old a return is: others hold days to come


def _without_postcodes(table: Table, header: int) -> Table:
    private = [place for place, cell in enumerate(table.grid[header]) if squashed(cell) in _PRIVATE]
    if not private:
        return table
    grid = [*table.grid[: header + 1]]
    for row in table.grid[header + 1 :]:
        emptied = [*row]
        for place in private:
            emptied[place : place + 1] = [""] if place < len(row) else []
        grid.append(emptied)
    return replace(table, grid=grid)


def _placed(read: Read, lines: Sequence[int] | None) -> Read:
    """The rows and faults of a table made from XML, at the lines of the file they come from."""
    if lines is None:
        return read
    return replace(
        read,
        rows=tuple(row._replace(row=lines[row.row - 1]) for row in read.rows),
        faults=tuple(
            replace(fault, row=None if fault.row is None else lines[fault.row - 1], sheet="") for fault in read.faults
        ),
    )


def _latest(episodes: Iterable[Row]) -> dict[str, Row]:
    """Each child's latest episode: of two that start on one day, one without an end, then the later written."""
    latest: dict[str, Row] = {}
    for row in episodes:
        kept = latest.get(row.ref)
        if kept is None or _order(row) >= _order(kept):
            latest[row.ref] = row
    return latest


def _order(row: Row) -> tuple[date, bool]:
    return (row.opened_on or date.min, row.ended_on is None)


def _child(episode: Row, facts: _Facts) -> Row:
    return episode._replace(
        status="closed" if episode.ended_on else "looked after",
        age_band=age_band(years_old(facts.born.get(episode.ref), facts.on)),
        uasc="Yes" if episode.ref in facts.uasc else "",
        worker=facts.workers.get(episode.ref, ""),
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the other tables say of a child. Dates of birth are kept no longer than it takes to work out an age band."""

    on: date | None
    born: dict[str, date]
    uasc: frozenset[str]
    workers: dict[str, str]


def _facts(found: Sequence[_Found], reads: dict[str, Read], on: date | None) -> _Facts:
    held = reads[WORKERS].rows if WORKERS in reads else ()
    return _Facts(
        on=on,
        born=next((_born(each) for each in found if each.kind == HEADER), {}),
        uasc=frozenset(
            row.ref
            for row in (reads[UASC].rows if UASC in reads else ())
            if row.ended_on is None or on is None or row.ended_on > on
        ),
        workers={
            row.ref: row.worker
            for row in sorted(held, key=lambda row: row.opened_on or date.min)
            if row.ended_on is None and row.worker
        },
    )


def _born(header: _Found) -> dict[str, date]:
    headings = [squashed(cell) for cell in header.table.grid[header.header]]
    if "dob" not in headings:
        return {}
    at, of = headings.index("dob"), next(i for i, name in enumerate(headings) if name in _CHILD["ref"])
    born = {}
    for row in header.table.grid[header.header + 1 :]:
        when = day(row[at]) if max(at, of) < len(row) else None
        if isinstance(when, date) and not isinstance(when, Bad):
            born[reference(row[of])] = when
    return born


def _said(found: Sequence[_Found], reads: dict[str, Read], latest: dict[str, Row]) -> Iterable[Fault]:
    """What the tables say against each other: no header, a child twice in it, children in only one of them."""
    episodes = next(each.table for each in found if each.kind == EPISODES)
    header = next((each.table for each in found if each.kind == HEADER), None)
    if header is None:
        yield Fault(
            episodes.file, episodes.sheet, None, "", "",
            "The set has no header table (CHILD, SEX, DOB …), so no child's age is known; give that file too.",
        )  # fmt: skip
        return
    first: dict[str, int] = {}
    for row in reads[HEADER].rows:
        if row.ref in first:
            message = f"Child {row.ref} is in the header twice, first in row {first[row.ref]}; one row is expected."
            yield Fault(row.file, row.sheet, row.row, "CHILD", row.ref, message)
        first.setdefault(row.ref, row.row)
    for row in latest.values():
        if row.ref not in first:
            message = f"Child {row.ref} has an episode but is not in the header."
            yield Fault(row.file, row.sheet, row.row, "CHILD", row.ref, message)
    if without := len(first.keys() - latest.keys()):
        message = f"{without:,} of the header's children have no episode, so they are not counted."
        yield Fault(header.file, header.sheet, None, "", "", message)


def _tables_of(document: Document) -> Iterable[tuple[Table, list[int]]]:
    """The tables of an XML return, each with the line of every row; what is no table of ours stays unread."""
    records: dict[str, list[tuple[int, dict[str, str]]]] = {HEADER: [], EPISODES: [], UASC: [], WORKERS: []}
    for child in elements(document, "CHILD"):
        if len(child) == 0:
            continue  # the reference written as <CHILD> inside a header
        ref = _ref(child)
        for element in child.iter():
            names_in = {str(part.tag): part.text or "" for part in element if len(part) == 0}
            kind = _kind(str(element.tag), names_in)
            if kind:
                records[kind].append(
                    (
                        element.sourceline or 0,
                        {**names_in, "PLACE": names_in.get("PLACE") or names_in.get("PL", ""), "CHILD": ref},
                    )
                )
    for kind, rows in records.items():
        if rows or kind == EPISODES:
            columns = ["CHILD", *_XML_COLUMNS[kind]]
            grid = [columns, *([row.get(name, "") for name in columns] for _, row in rows)]
            yield Table(document.file, kind, grid, 1), [1, *(line for line, _ in rows)]


_XML_COLUMNS = {
    HEADER: ("SEX", "DOB", "ETHNIC", "UPN"),
    EPISODES: ("DECOM", "RNE", "LS", "CIN", "PLACE", "DEC"),
    UASC: ("DUC",),
    WORKERS: ("SW_ID", "SW_DECOM", "SW_DEC"),
}


def _kind(tag: str, held: dict[str, str]) -> str:
    if "DECOM" in held:
        return EPISODES
    if "SW_ID" in held or "SW_DECOM" in held:
        return WORKERS
    if "DUC" in held:
        return UASC
    return HEADER if tag == "HEADER" else ""


def _ref(child: Element) -> str:
    found = next(child.iter("CHILDID", "CHILD_ID"), None)
    if found is None:
        found = next((element for element in child.iter("CHILD") if len(element) == 0), None)
    return text(found.text or "") if found is not None else ""
