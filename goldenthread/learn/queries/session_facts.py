"""What one session found, as frozen facts: what its report is composed from. No child's reference is among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.method.disclosure import Released
from goldenthread.method.framework import Framework


@dataclass(frozen=True, slots=True)
class Chosen:
    """How the files were chosen: what anyone needs to check the draw, and what became of it.

    `population` is how many cases the strata drawn from held; `left_out` and `replaced` hold (reason, how many).
    """

    draw_id: str
    source: str
    seed: str
    list_sha256: str
    listed_on: date
    population: int
    strata: int
    drawn: int
    left_out: tuple[tuple[str, int], ...]
    replaced: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AuditedFile:
    """One submitted audit in the council's words: status, team, the overall grade, and each section's."""

    status: str
    team: str
    grade: str
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """One finding; `file` tells the findings of one file from another's and means nothing else."""

    file: int
    sort: str
    domain: str
    theme: str
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """How often something was answered yes, partly, no and not applicable."""

    label: str
    yes: int
    partly: int
    no: int
    not_applicable: int

    @property
    def of(self) -> int:
        """Answers where it applied."""
        return self.yes + self.partly + self.no


@dataclass(frozen=True, slots=True)
class Change:
    """A scale from 0 to 10 asked twice of `n` files: both means, and how many files rose, stayed, fell."""

    n: int
    before: float
    now: float
    rose: int
    stayed: int
    fell: int


@dataclass(frozen=True, slots=True)
class TasksSet:
    """How the tasks stood on the day of the report. `late` are to do and past their day; `to_do` are not yet due."""

    signed_off: int = 0
    done: int = 0
    to_do: int = 0
    late: int = 0

    @property
    def total(self) -> int:
        return self.signed_off + self.done + self.to_do + self.late


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """Everything a session's report says, before it is said. `circulated`: for readers outside the unit."""

    council: str
    framework: Framework
    group: str
    held_on: date
    venue: str
    focus: str
    as_of: date
    circulated: bool
    templates: tuple[str, ...]
    chosen: Chosen | None
    files: tuple[AuditedFile, ...]
    unfinished: int
    withdrawn: int
    findings: tuple[Noted, ...]
    outcomes: tuple[Answered, ...]
    early_help: Answered
    regional_points: tuple[Answered, ...]
    change: Change | None
    returned: int
    awaiting: int
    accepted: int
    tasks: TasksSet
    beside: int = 0  # submitted files that were chosen for a reason, and so are in no figure
    of: str = "session"  # which session, in a stable word
    earlier: tuple[Released, ...] = ()  # what was circulated of it before

    @property
    def scale(self) -> tuple[str, ...]:
        """The grades, best first."""
        return tuple(grade.label for grade in self.framework.grades)
