"""A table under a header, read column by column: each distinct value once, each row without a child said.

Shared by the formats that are tables. A format says which columns it wants (`Plan`); this says what stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import repeat, zip_longest
from typing import Any

from goldenthread.select.formats.cells import Bad, age, age_band, day, reference, text
from goldenthread.select.formats.headers import matched, squashed
from goldenthread.select.formats.model import Fault, Recognised, Row
from goldenthread.select.formats.tables import Table

KEPT = (
    "status",
    "team",
    "worker",
    "opened_on",
    "ended_on",
    "age_band",
    "legal_status",
    "placement",
    "disability",
    "uasc",
    "eligibility",
    "need",
    "abuse",
    "restricted",
    "reviewer",
    "locality",
    "family",
)
"""The fields of `Row` that come from a column, in its order."""

_DATED = re.compile(r"date(?!d)")


@dataclass(frozen=True, slots=True)
class Plan:
    """What one table is and which columns it is wanted for.

    `columns` give the aliases of each field (`ref`, `age`, `born` beside those in `KEPT`); `checked` says whether
    other columns with "date" in their header are dates of events, to be checked though not kept. `whom` is what a row
    is about, in words.
    """

    list: str
    evidence: str
    columns: Mapping[str, frozenset[str]]
    needed: Mapping[str, str]
    checked: bool = False
    whom: str = "a child"


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one table. `events` are the distinct dates of events found in it."""

    recognised: Recognised
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    events: frozenset[date]


class _Sheet:
    """One table while it is being read: its columns, and the faults found so far."""

    def __init__(self, table: Table, header: int, plan: Plan) -> None:
        self.table, self.header, self.plan = table, header, plan
        self.headers: list[Any] = table.grid[header]
        body = table.grid[header + 1 :]
        self.body = [*zip_longest(*body, fillvalue="")] if body else []
        self.size = len(body)
        self.first_row = table.first_row + header + 1
        self.places = matched(self.headers, plan.columns)
        self.used: set[int] = set()
        self.faults: list[Fault] = []
        self.events: set[date] = set()
        self.refs: list[str] = []

    def fault(self, index: int | None, place: int | None, value: Any, message: str) -> None:
        row = None if index is None else self.first_row + index
        shown = str(value)[:200]
        self.faults.append(Fault(self.table.file, self.table.sheet, row, self.heading(place), shown, message))

    def heading(self, place: int | None) -> str:
        if place is None:
            return ""
        return text(self.headers[place]) if place < len(self.headers) else ""

    def place(self, field: str) -> int | None:
        """Where a field's column stands; a second column of the same meaning is said and left alone."""
        places = self.places.get(field)
        if not places:
            return None
        self.used.add(places[0])
        return places[0]

    def values(self, place: int) -> tuple[Any, ...]:
        return self.body[place] if place < len(self.body) else ("",) * self.size

    def column(self, place: int | None, parse: Callable[[Any], Any], expected: str = "") -> list[Any] | None:
        """A column's values by its type; what cannot be read is said, where it stands by a child, and left out."""
        if place is None:
            return None
        values = self.values(place)
        known = {value: parse(value) for value in set(values)}
        if any(isinstance(result, Bad) for result in known.values()):
            for index, value in enumerate(values):
                if isinstance(known[value], Bad) and self.refs[index]:
                    self.fault(index, place, known[value], f"{known[value]!s} is not {expected}.")
            known = {value: None if isinstance(result, Bad) else result for value, result in known.items()}
        return list(map(known.__getitem__, values))


def read_table(table: Table, header: int, plan: Plan) -> Read:
    """Read one table by its plan. Rows without a reference become faults; nothing is dropped unsaid."""
    sheet = _Sheet(table, header, plan)
    counted = _references(sheet)
    kept = _kept_columns(sheet)
    rows = _rows(sheet, kept) if plan.evidence else ()
    _unexpected(sheet)
    ignored = [text(name) or "(unnamed)" for place, name in enumerate(sheet.headers) if place not in sheet.used]
    recognised = Recognised(
        file=table.file,
        sheet=table.sheet,
        list=plan.list,
        header_row=sheet.first_row - 1,
        rows=counted,
        columns=tuple(text(sheet.headers[place]) for place in sorted(sheet.used)),
        ignored_columns=tuple(ignored if counted else [name for name in ignored if name != "(unnamed)"]),
    )
    return Read(recognised, rows, tuple(sheet.faults), frozenset(sheet.events))


def _references(sheet: _Sheet) -> int:
    """Fill `sheet.refs`, "" where a row is about no child; return how many rows hold anything at all."""
    place = sheet.place("ref")
    assert place is not None, "a header row names a reference"
    values = sheet.values(place)
    known = {value: reference(value) for value in set(values)}
    known = {value: "" if isinstance(ref, Bad) else ref for value, ref in known.items()}
    heading = sheet.heading(place)
    repeated = [value for value, ref in known.items() if ref == heading]
    known |= dict.fromkeys(repeated, "")
    sheet.refs = list(map(known.__getitem__, values))
    missing = [index for index, ref in enumerate(sheet.refs) if not ref]
    return sheet.size - sum(not _said_without_child(sheet, index, place, values[index]) for index in missing)


def _said_without_child(sheet: _Sheet, index: int, place: int, value: Any) -> bool:
    """Say that a row has no reference, unless it is wholly empty; return whether it holds anything."""
    first = next((cell for column in sheet.body if (cell := column[index]) != "" and text(cell)), None)
    if first is None:
        return False
    said, heading = text(value) or text(first), sheet.heading(place)
    if said == heading:
        sheet.fault(
            index, place, said, f"The header is repeated here, so this row is not counted as {sheet.plan.whom}."
        )
    else:
        sheet.fault(index, place, said, f"This row has no {heading}, so it is not counted as {sheet.plan.whom}.")
    return True


def _kept_columns(sheet: _Sheet) -> dict[str, list[Any]]:
    kept: dict[str, list[Any]] = {}
    for field in ("opened_on", "ended_on"):
        _keep(kept, field, _dates(sheet, sheet.place(field)))
    if sheet.plan.checked:
        born = sheet.plan.columns.get("born", frozenset())
        for place, name in enumerate(map(squashed, sheet.headers)):
            if place not in sheet.used and _DATED.search(name) and name not in born:
                sheet.used.add(place)
                _dates(sheet, place)
    if sheet.plan.evidence:
        _keep(kept, "age_band", _age_bands(sheet))
        for field in KEPT:
            if field not in ("opened_on", "ended_on", "age_band", "worker"):
                _keep(kept, field, sheet.column(sheet.place(field), text))
        _keep(kept, "worker", _workers(sheet))
    return kept


def _workers(sheet: _Sheet) -> list[Any] | None:
    """The worker, or where there is none the personal adviser: newer lists of care leavers have a column for each."""
    places = sheet.places.get("worker", [])
    sheet.used.update(places)
    columns = [sheet.column(place, text) or [] for place in places]
    return [next(filter(None, names), "") for names in zip(*columns, strict=True)] if columns else None


def _keep(kept: dict[str, list[Any]], field: str, values: list[Any] | None) -> None:
    if values is not None:
        kept[field] = values


def _dates(sheet: _Sheet, place: int | None) -> list[Any] | None:
    values = sheet.column(place, day, "a date (day/month/year)")
    if values is not None:
        sheet.events.update(value for value in set(values) if value is not None)
    return values


def _age_bands(sheet: _Sheet) -> list[str] | None:
    """Bands from the age column; where a child's age is blank, from the date of birth, which is not kept."""
    ages = sheet.column(sheet.place("age"), age, "an age in years")
    born = sheet.column(sheet.place("born"), day, "a date of birth")
    if ages is None and born is None:
        return None
    newest = max(sheet.events, default=None)
    pairs = zip(ages or repeat(None), born or repeat(None), strict=False) if ages and born else None
    if pairs is None or newest is None:
        worked = ages or [years_old(value, newest) for value in born or ()]
    else:
        worked = [years if years is not None else years_old(birth, newest) for years, birth in pairs]
    bands = {years: age_band(years) for years in set(worked)}
    return [bands[years] for years in worked]


def years_old(born: date | None, on: date | None) -> int | None:
    """Whole years from birth to a day, -1 before birth, None where either is not known."""
    if born is None or on is None:
        return None
    return max(-1, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def _rows(sheet: _Sheet, kept: Mapping[str, list[Any]]) -> tuple[Row, ...]:
    blank: dict[str, Any] = {"opened_on": None, "ended_on": None}
    columns = [kept.get(field) or repeat(blank.get(field, ""), sheet.size) for field in KEPT]
    file, name, evidence = sheet.table.file, sheet.table.sheet, sheet.plan.evidence
    numbers = range(sheet.first_row, sheet.first_row + sheet.size)
    always = (repeat(value, sheet.size) for value in (evidence, file, name))
    made = map(Row._make, zip(sheet.refs, *always, numbers, *columns, strict=True))
    return tuple(row for row in made if row.ref)


def _unexpected(sheet: _Sheet) -> None:
    """Say what a table lacks, has twice, or holds outside its header."""
    for field, title in sheet.plan.needed.items():
        if field not in sheet.places:
            sheet.fault(None, None, "", f"{sheet.plan.list} has no column {title!r}.")
    for field, places in sheet.places.items():
        for place in places[1:]:
            if field == "team" or squashed(sheet.headers[place]) == squashed(sheet.headers[places[0]]):
                first = sheet.heading(places[0])
                sheet.fault(None, place, "", f"A second column for {first!r}; only the first is used.")
    for place in range(len(sheet.headers), len(sheet.body)):
        index, value = next(((i, cell) for i, cell in enumerate(sheet.body[place]) if cell != ""), (None, ""))
        if index is not None:
            sheet.fault(index, None, value, "A value stands to the right of the last header, so it is not used.")
