"""The rules of selecting and sharing out: by which way files are chosen, who may not audit one, in what pairs.

Each class is a table of the framework file and each field a key of it, as in rules.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.method.framework import shapes
from goldenthread.method.framework.shapes import Counted, CountedOrNone, KindKey


@dataclass(frozen=True, slots=True)
class Draw:
    """How files are drawn: strata, files for each auditor, how long an audited file rests (months; 0: not at all), and
    which sources of a seed the council takes."""

    stratify_by: tuple[shapes.Stratum, ...]
    files_per_auditor: Counted
    exclude_audited_within_months: CountedOrNone
    seed_sources: tuple[shapes.SeedSource, ...] = ("dice", "shares", "beacon")


@dataclass(frozen=True, slots=True)
class Selecting:
    """How files of one kind of audit are chosen, for every focus or for those of one kind of focus.

    `way`: "simple_random" and "stratified" are left to chance; "event" takes every case that was closed, transferred
    or given one of `grades` (`on`); "rule" every case that an expression over the case list's facts holds for; "hand"
    what a person names, with the reason. A stratified draw shares its files over the strata in proportion, or takes
    `each` of every stratum ("fixed"), or in proportion but at least `each` ("at_least"). `percent` of the open cases
    are proposed, in place of so many files an auditor (0: not).
    """

    kind: KindKey
    way: shapes.Way
    focus: str = ""  # a kind of focus; "" is any
    allocation: shapes.Allocation = "proportional"
    each: CountedOrNone = 0
    percent: shapes.Percent = 0
    on: tuple[shapes.Occasion, ...] = ()
    grades: tuple[shapes.GradeKey, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Independence:
    """Which ties forbid someone to audit a file.

    `held_within_months`: held the case so recently (0: never asked). `line`: manages its worker, or is managed by her.
    `own_reviewing_officer`: is the child's own reviewing officer or conference chair. `audited_last_time`: whoever
    audited it last may, must or must_not audit it again; at a re-audit, `at_reaudit` is asked in its place. `declared`:
    a relative, or a conflict she declared. `own_agency`: works for the agency whose file it is.
    """

    own_case: bool
    own_team: bool
    manages: bool
    held_within_months: CountedOrNone
    line: bool = True
    own_reviewing_officer: bool = True
    audited_last_time: shapes.Again = "may"
    at_reaudit: shapes.Again = "must_not"
    declared: bool = True
    own_agency: bool = False


@dataclass(frozen=True, slots=True)
class Allotting:
    """How a session's files are given to its auditors: one each, two who write together, or two apart who then agree.

    `mixed_seniority`: the two of a pair hold posts of different seniority. `mixed_files`: each auditor's files are of
    as many statuses as can be.
    """

    pairs: shapes.Pairing = "none"
    mixed_seniority: bool = False
    mixed_files: bool = True
