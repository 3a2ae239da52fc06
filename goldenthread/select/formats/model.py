"""What a case list becomes: first a `Reading` (what the files say), then a `Frame` (which children are open at a date).

Nothing here holds a name, an address, a postcode or a date of birth: a frame needs a reference, a status, a team, a
worker, an age band and a few facts that decide which questions an audit asks.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

STATUSES = ("looked_after", "child_protection", "child_in_need", "open_assessment", "care_leaver", "early_help")
"""The statuses an open case can have, in order of precedence (Ofsted's Annex A guidance to List 6, then ours)."""

NO_TEAM = "(no team)"

CASE_FILE = "case_file"
OTHER_KINDS = ("supervision_file", "carer_file")
"""Kinds of list beside children's case files; the status of each line is then the kind."""


@dataclass(frozen=True, slots=True)
class NamedBytes:
    """A file as it was sent: its name, for sentences, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the files a person should know: where, what stands there and what was expected.

    `row` is the row as the spreadsheet numbers it, None where the fault is the whole sheet's.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    message: str


class Row(NamedTuple):
    """One row about one child, as read: codes and statuses still in the file's own words.

    A named tuple and not a dataclass: a large council's list makes tens of thousands, within a promised time.

    `evidence` says what the row shows: "episode" (its own status decides), or the status that being on the list
    means ("child_protection", "looked_after", "care_leaver", "early_help"), or "adoption".
    """

    ref: str
    evidence: str
    file: str
    sheet: str
    row: int
    status: str = ""
    team: str = ""
    worker: str = ""
    opened_on: date | None = None
    ended_on: date | None = None
    age_band: str = ""
    legal_status: str = ""
    placement: str = ""
    disability: str = ""
    uasc: str = ""
    eligibility: str = ""
    need: str = ""
    abuse: str = ""
    restricted: str = ""
    reviewer: str = ""
    locality: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table that was understood: where its header stands, how many rows, which columns were used and which not."""

    file: str
    sheet: str
    list: str
    header_row: int
    rows: int
    columns: tuple[str, ...]
    ignored_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ignored:
    """A sheet that was not used, and why."""

    file: str
    sheet: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one case list's files, before any rule or mapping. `newest` is the latest dated event.

    `kind` is what each line is a file of ("case_file", "supervision_file", "carer_file"). Where other sources came with
    the list, `checks` are their own readings: their tables and faults stand in this one too, their rows do not.
    """

    source: str
    files: tuple[str, ...]
    tables: tuple[Recognised, ...]
    ignored: tuple[Ignored, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    newest: date | None
    kind: str = CASE_FILE
    checks: tuple[Reading, ...] = ()

    @property
    def row_count(self) -> int:
        """How many data rows were read, those about no child included."""
        return sum(table.rows for table in self.tables)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a council's own words mean, as its person said once: `{field: {raw value: meaning}}`.

    `columns` gives an extract's columns: `{header in the file: field}`.
    """

    values: MappingOf[str, MappingOf[str, str]] = field(default_factory=dict)
    columns: MappingOf[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One child open at the date. `tags` hold every status that applies and the facts; `linked` the other files."""

    ref: str
    status: str
    tags: tuple[str, ...]
    team: str
    worker: str
    opened_on: date | None
    age_band: str
    linked: tuple[str, ...]
    restricted: bool
    need: str
    abuse: str
    file: str
    sheet: str
    row: int
    reviewer: str = ""  # the child's own reviewing officer or conference chair
    locality: str = ""
    family: str = ""  # the same for brothers and sisters


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A value nobody has given a meaning yet, and on how many rows it stands."""

    field: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A case list held against another source of the same council: children by reference, each in order.

    `missing` are open in the other source and not in the list; `extra` are in the list with a status the other source
    should hold, and are not in it; `disagree` are open in both, as `(ref, status in the list, status in the source)`.
    """

    source: str
    both: int
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    disagree: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The children a draw may take from, at one date. `undecided` children wait for a status to be mapped."""

    source: str
    as_at: date | None
    as_at_said: str
    rows: int
    cases: tuple[Case, ...]
    closed: int
    undecided: int
    by_status: MappingOf[str, int]
    by_tag: MappingOf[str, int]
    by_team: MappingOf[str, int]
    faults: tuple[Fault, ...]
    unmapped: tuple[Unmapped, ...]
    kind: str = CASE_FILE
    cross_checks: tuple[CrossCheck, ...] = ()
