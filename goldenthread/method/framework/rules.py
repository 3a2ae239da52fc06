"""A council's rules as values: what the framework file says, parsed once and never doubted again.

Each class is a table of the file and each field a key of it. A field without a default must be given; a list without
one may not be empty. Source throughout: the council's File Audit Framework, whose sentence stands beside each rule in
the file and in `Framework.paragraphs`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from goldenthread.method.framework import shapes
from goldenthread.method.framework.acting import Assurance, Concerns, Escalation, Severity, Tasking
from goldenthread.method.framework.moderating import AuditGrade, Challenge, Comparing, Grading, ModerationStage, Part
from goldenthread.method.framework.planning import (
    Coverage,
    Group,
    Joining,
    Kind,
    Meeting,
    Owing,
    Quota,
    Recommendation30,
    Rhythm,
    Seat,
    Target,
)
from goldenthread.method.framework.selecting import Allotting, Draw, Independence, Selecting
from goldenthread.method.framework.shapes import BodyKey, Counted, CountedOrNone, Key, PostKey, Text
from goldenthread.method.refusal import Refused

# --- people ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Post:
    """A kind of post in the council. `audits`: may be given files; `holds_cases`: children are allocated to it.

    `seniority`: higher is more senior; it pairs auditors of different standing where the framework wants that.
    """

    key: Key
    label: Text
    plural: Text
    oversees: shapes.Oversees = ""
    quality_assurance: bool = False
    audits: bool = False
    holds_cases: bool = False
    seniority: CountedOrNone = 0


# --- cases and draws ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Status:
    """What a child is to the service. Statuses stand in order of precedence: a child counts once, under the first.

    `effort`: what auditing such a file takes, in hundredths of an ordinary one.
    """

    key: Key
    label: Text
    plural: Text
    short: Text
    effort: Counted = 100


@dataclass(frozen=True, slots=True)
class Tag:
    """What a case may be beside its status; tags overlap."""

    key: Key
    label: Text


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A second file that is looked at whenever a case of this status is audited."""

    status: shapes.StatusKey
    file: Key
    label: Text


# --- what an audit says ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grade:
    """A point of the scale. Grades stand best first; `points` fall from one to the next."""

    key: Key
    label: Text
    points: CountedOrNone
    colour: shapes.Colour


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome for children that each audit links practice to."""

    key: Key
    label: Text


@dataclass(frozen=True, slots=True)
class RegionalPoint:
    """A point of the regional action plan that the template has to ask about."""

    key: Key
    label: Text


@dataclass(frozen=True, slots=True)
class EarlyHelp:
    """Evidence of early help, asked on every case."""

    label: Text
    prompt: Text


@dataclass(frozen=True, slots=True)
class Theme:
    """What a finding is about. Findings are counted by theme, so the list is the council's own and kept short.

    The list that the council begins with: afterwards the Quality Assurance Unit edits its own. `domain`: only findings
    of practice, or of process, have it.
    """

    key: Key
    label: Text
    domain: shapes.Domain = ""


# --- what follows ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Returns:
    """What happens to a completed audit: to whom it returns, who does the tasks, signs and assures, and by when.

    `days`, `signs_extra_days` and `immediate_days` are counted as `day_kind` says, from the return; `immediate_days` is
    for a concern about a child's safety now.
    """

    to: tuple[shapes.PostOrHolder, ...]
    days: Counted
    day_kind: shapes.DayKind
    does: shapes.PostOrHolder
    signs: PostKey
    signs_extra_days: CountedOrNone
    assures: PostKey
    back_to: BodyKey
    immediate_days: CountedOrNone


@dataclass(frozen=True, slots=True)
class Reaudit:
    """Which audits are done again: every one of these grades, and a random share of the rest, within so many months.

    `scope`: the whole file, or only the sections that had one of `grades` (the whole where no section had).
    """

    grades: tuple[shapes.GradeKey, ...]
    sample_percent: shapes.Percent
    within_months: Counted
    by_someone_else: bool
    scope: shapes.ReauditScope = "whole"


@dataclass(frozen=True, slots=True)
class MultiAgency:
    """The audit done with other agencies: how often, in which month (1 to 12), with whom, led by which post."""

    every: shapes.Every
    month: shapes.Month
    partners: tuple[Text, ...]
    led_by: PostKey


# --- what is learnt -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Body:
    """Someone who receives reports. `outside`: it leaves the service, so small numbers are protected.

    `detail`: how far its editions go, down to each team, each service, or the council as a whole.
    """

    key: Key
    label: Text
    outside: bool
    detail: shapes.Detail = "service"


@dataclass(frozen=True, slots=True)
class Report:
    """A report, how often it is due and which bodies have an edition of it."""

    key: Key
    label: Text
    every: shapes.Cadence
    audiences: tuple[BodyKey, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """How often practitioners are briefed, and in what ways."""

    every: shapes.Every
    audiences: tuple[BodyKey, ...]
    ways: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Protection:
    """Small numbers in what leaves the service: counts below `suppress_below` are hidden, totals rounded to `round_to`;
    no team is shown with fewer than `team_minimum` files."""

    suppress_below: Counted
    round_to: Counted
    team_minimum: Counted


# --- the whole ------------------------------------------------------------------------------------------


CASE_FILES_ONLY = (Kind("case_file", "Case file", "Case files"),)  # what a framework that names no kinds plans for


@dataclass(frozen=True, slots=True)
class Framework:
    """A council's file audit framework, one version of it.

    `words`: the council's own labels for things the pages speak of. `templates`: kind of audit → key of its template.
    `paragraphs` and `reasons`: rule ("quotas.team_manager", "returns") → the sentence of the council's framework it
    comes from, and why a default was taken where that is silent.
    """

    key: Key
    title: Text
    version: Counted
    in_force_from: date
    year_starts_month: shapes.Month
    posts: tuple[Post, ...]
    quotas: tuple[Quota, ...]
    recommendation_30: Recommendation30
    groups: tuple[Group, ...]
    seats: tuple[Seat, ...]
    joining: Joining
    rhythm: Rhythm
    target: Target
    statuses: tuple[Status, ...]
    tags: tuple[Tag, ...]
    linked_files: tuple[LinkedFile, ...]
    draw: Draw
    independence: Independence
    grades: tuple[Grade, ...]
    outcomes: tuple[Outcome, ...]
    early_help: EarlyHelp
    regional_points: tuple[RegionalPoint, ...]
    themes: tuple[Theme, ...]
    templates: Mapping[str, str]
    returns: Returns
    reaudit: Reaudit
    multi_agency: MultiAgency
    bodies: tuple[Body, ...]
    reports: tuple[Report, ...]
    briefing: Briefing
    protection: Protection
    words: Mapping[str, str]
    paragraphs: Mapping[str, str]
    reasons: Mapping[str, str]
    kinds: tuple[Kind, ...] = CASE_FILES_ONLY
    meeting: Meeting = Meeting()
    coverage: Coverage = Coverage()
    owing: Owing = Owing()
    grading: Grading = Grading()
    selecting: tuple[Selecting, ...] = (Selecting("case_file", "stratified"),)
    allotting: Allotting = Allotting()
    parts: tuple[Part, ...] = ()
    moderation: tuple[ModerationStage, ...] = ()
    audit_grades: tuple[AuditGrade, ...] = ()
    challenge: Challenge = Challenge()
    comparing: Comparing = Comparing()
    severities: tuple[Severity, ...] = (Severity("standard", "Standard"),)
    tasking: Tasking = Tasking()
    escalation: tuple[Escalation, ...] = ()
    assurance: Assurance = Assurance()
    concerns: Concerns = Concerns()

    def post(self, key: str) -> Post:
        """The post of this key; `Refused` if the framework has none, as for all of these."""
        return self._entry("post", self.posts, key)

    def group(self, key: str) -> Group:
        return self._entry("group", self.groups, key)

    def status(self, key: str) -> Status:
        return self._entry("status", self.statuses, key)

    def grade(self, key: str) -> Grade:
        return self._entry("grade", self.grades, key)

    def outcome(self, key: str) -> Outcome:
        return self._entry("outcome", self.outcomes, key)

    def theme(self, key: str) -> Theme:
        return self._entry("theme", self.themes, key)

    def body(self, key: str) -> Body:
        return self._entry("body", self.bodies, key)

    def report(self, key: str) -> Report:
        return self._entry("report", self.reports, key)

    def kind(self, key: str) -> Kind:
        return self._entry("kind of audit", self.kinds, key)

    def moderation_stage(self, key: str) -> ModerationStage:
        return self._entry("stage of moderation", self.moderation, key)

    def severity(self, key: str) -> Severity:
        return self._entry("severity", self.severities, key)

    def audit_grade(self, key: str) -> AuditGrade:
        return self._entry("grade of an audit", self.audit_grades, key)

    def way_of(self, kind: str, focus: str = "") -> Selecting:
        """How files of this kind of audit are chosen, for this kind of focus; stratified where nothing is said."""
        fitting = [rule for rule in self.selecting if rule.kind == kind and rule.focus in ("", focus)]
        return max(fitting, key=lambda rule: bool(rule.focus), default=Selecting(kind, "stratified"))

    def word(self, key: str) -> str:
        """The council's word for a thing: `word("board")` is "Knowsley Safeguarding Children Board"."""
        if key not in self.words:
            raise Refused(f"The framework “{self.title}” has no word “{key}”.")
        return self.words[key]

    @property
    def may_be_asked(self) -> tuple[tuple[str, str], ...]:
        """Who can be given a task of an audit, as (key, label): the case's holder first."""
        posts = tuple((key, self.post(key).label) for key in (self.returns.signs, self.returns.assures))
        return ((shapes.PRACTITIONER, "The practitioner"), *posts)

    @property
    def core_seats(self) -> int:
        """Places in a session of one group."""
        return sum(seat.number for seat in self.seats)

    def _entry(self, noun: str, entries: Sequence[_Entry], key: str) -> _Entry:
        for entry in entries:
            if entry.key == key:
                return entry
        raise Refused(f"The framework “{self.title}” has no {noun} “{key}”.")


_Entry = TypeVar("_Entry", bound=Any)
