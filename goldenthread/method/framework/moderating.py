"""The rules of an audit's parts and of moderation: whose voice is asked for, which grades are looked at again.

Each class is a table of the framework file and each field a key of it, as in rules.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.method.framework import shapes
from goldenthread.method.framework.shapes import Counted, CountedOrNone, Key, PostKey, Text


@dataclass(frozen=True, slots=True)
class Grading:
    """From which grade on practice is good enough: reports count the files of this grade or better."""

    good_from: shapes.GradeKey = "good"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an audit beside the auditors': its template (a key of a template), and working days to write it.

    Days run from when the audit is allotted; a reply's from when the audit is returned.
    """

    kind: shapes.PartKind
    label: Text
    template: Key
    days: Counted = 10
    required: bool = False  # the audit cannot be submitted before it is written


@dataclass(frozen=True, slots=True)
class ModerationStage:
    """One stage of moderation, the first stage first: which audits go to it, who moderates, and by when.

    An audit goes to it if `every`, or it has one of these overall `grades`, or it is among the first `first_of_auditor`
    audits of somebody, or it falls in the random share of `random_percent`. `blind`: the moderator gives her grades
    without seeing the auditor's. `days` are working days from submission, or from the end of the stage before. Holders
    of the posts `by` moderate.
    """

    key: Key
    label: Text
    by: tuple[PostKey, ...]
    every: bool = False
    grades: tuple[shapes.GradeKey, ...] = ()
    first_of_auditor: CountedOrNone = 0
    random_percent: shapes.Percent = 0
    blind: bool = True
    days: Counted = 5


@dataclass(frozen=True, slots=True)
class AuditGrade:
    """A grade for the audit itself, apart from the practice it looked at. Best first."""

    key: Key
    label: Text


@dataclass(frozen=True, slots=True)
class Challenge:
    """How the audited team disputes a grade: within so many working days of the return (0: not at all); who decides."""

    days: CountedOrNone = 0
    by: tuple[PostKey, ...] = ()
    decided_by: tuple[PostKey, ...] = ()
    decided_within_days: Counted = 10


@dataclass(frozen=True, slots=True)
class Comparing:
    """When agreement is shown: nothing of one person's grades on fewer than `person_minimum` audits, and no ranking."""

    person_minimum: Counted = 10
