"""Everything about one audit, as frozen facts: what its document is composed from, and what an evidence pack holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

from goldenthread.method.framework import Framework


@dataclass(frozen=True, slots=True)
class Selected:
    """How the file came to be audited. `chance`: of being drawn, None where no chance chose it."""

    draw_id: str
    way: str
    source: str
    seed: str
    list_sha256: str
    listed_on: date
    stratum: str
    place: int
    sought: int | None
    held: int | None
    because: str
    instead_because: str  # why another file gave way to this one, or ""


@dataclass(frozen=True, slots=True)
class Noted:
    """One finding, in the words of its auditor; `action` is what she asked to be put right."""

    sort: str
    domain: str
    theme: str
    section: str
    text: str
    action: str


@dataclass(frozen=True, slots=True)
class GivenPart:
    """One contribution: whose, when it was given, each section's (question, answer), and its findings."""

    kind: str
    label: str
    by: tuple[str, ...]
    at: datetime | None
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    findings: tuple[Noted, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A grade given to a section, or ("Overall") to the whole file, at one stage; the last of them `stands`."""

    section: str
    stage: str
    grade: str
    because: str
    by: str
    at: datetime | None
    stands: bool


@dataclass(frozen=True, slots=True)
class Moderated:
    """One stage of moderation, or a challenge: (when, by whom, what, in which words) in the order it happened."""

    stage: str
    reason: str
    state: str
    quality: str
    events: tuple[tuple[datetime, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class TaskKept:
    """One task with all that became of it. `checked`: what a check in the record found, or ""."""

    text: str
    owner: str
    scope: str
    severity: str
    first_due_on: date
    due_on: date
    state: str
    late: bool
    evidence: str
    record: str
    done_at: datetime | None
    challenge: str
    decision: str
    extensions: tuple[str, ...]
    checked: str


@dataclass(frozen=True, slots=True)
class SignedOff:
    by: str
    capacity: str
    at: datetime
    meaning: str
    note: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Again:
    """This file audited again: why, by when, how far it is, and the overall grade before and after ("")."""

    reason: str
    because: str
    due_on: date
    state: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Unsafe:
    """A concern that was raised from this audit. `text` and `outcome` are "" for who may not read them."""

    raised_at: datetime
    acknowledged_at: datetime | None
    closed_at: datetime | None
    state: str
    text: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the trail, or several of a kind in a row told as one."""

    at: datetime
    by: str
    capacity: str
    what: str
    because: str


@dataclass(frozen=True, slots=True)
class WholeAudit:
    """One audit. `returned_on`, `tasks` … are empty while it has not been returned. `left_out`: a sentence for each
    thing that this reader may not see. `replaced`: names and the reference have given way to roles and a pseudonym."""

    council: str
    framework: Framework
    code: str
    reference: str
    kind: str
    template: str
    group: str
    held_on: date
    as_of: date
    status: str
    tags: tuple[str, ...]
    age_band: str
    linked: tuple[str, ...]
    team: str
    service: str
    practitioner: str
    auditors: tuple[str, ...]
    allotted_at: datetime
    submitted_at: datetime
    selected: Selected
    parts: tuple[GivenPart, ...]
    judged: tuple[Judged, ...]
    moderated: tuple[Moderated, ...]
    return_state: str
    returned_at: datetime | None
    returned_by: str
    due_on: date | None
    sign_off_due_on: date | None
    accepted_at: datetime | None
    tasks: tuple[TaskKept, ...]
    signed_off: tuple[SignedOff, ...]
    again: tuple[Again, ...]
    again_of: date | None
    concerns: tuple[Unsafe, ...]
    trail: tuple[Happened, ...]
    left_out: tuple[str, ...]
    replaced: bool = False

    @property
    def grade(self) -> str:
        """The overall grade that stands, or ""."""
        return next((one.grade for one in self.judged if one.stands and one.section == OVERALL), "")


OVERALL = "Overall"


def rewritten(value: Any, by: Callable[[str], str]) -> Any:
    """The same facts with `by` applied to every text in them; the council's rules are left as they are."""
    if isinstance(value, str):
        return by(value)
    if isinstance(value, tuple):
        return tuple(rewritten(one, by) for one in value)
    if is_dataclass(value) and not isinstance(value, type | Framework):
        return replace(value, **{one.name: rewritten(getattr(value, one.name), by) for one in fields(value)})
    return value
