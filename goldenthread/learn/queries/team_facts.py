"""What one team's own page says, as frozen facts. No reference of a child and nobody's name is among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period


@dataclass(frozen=True, slots=True)
class TeamFile:
    """One audited file that came back to the team. `at_random`: chance chose it; `grade` is what stands, or ""."""

    held_on: date
    group: str
    status: str
    grade: str
    at_random: bool
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TeamTheme:
    """In how many of the team's files something was noted on a theme: `sort` is "good" or "improve"."""

    label: str
    domain: str
    sort: str
    files: int


@dataclass(frozen=True, slots=True)
class TeamTasks:
    """The team's tasks of the period, each in one of these. `late` are to do and past their day."""

    to_do: int = 0
    late: int = 0
    challenged: int = 0
    done: int = 0
    signed_off: int = 0
    dropped: int = 0

    @property
    def total(self) -> int:
        return self.to_do + self.late + self.challenged + self.done + self.signed_off + self.dropped


@dataclass(frozen=True, slots=True)
class TeamReaudit:
    """A file that is audited again: by when, how far it is, and both overall grades ("" where not known)."""

    due_on: date
    state: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A session whose group may take files of this team; which files is not known before they are drawn."""

    held_on: date
    group: str
    focus: str


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """One team's year so far. `awaiting`: audited but not returned yet, so not shown. `council`: (good or better, n)
    of all files of the council drawn at random in the same time. `shift`: of the files moderated, how many grades were
    kept, came out lower, came out higher. `open_cases`: on its last case list, of that day."""

    council_name: str
    framework: Framework
    team: str
    closed_on: date | None
    period: Period
    as_of: date
    files: tuple[TeamFile, ...]
    awaiting: int
    council: tuple[int, int]
    themes: tuple[TeamTheme, ...]
    tasks: TeamTasks
    reaudits: tuple[TeamReaudit, ...]
    shift: tuple[int, int, int]
    open_cases: int
    listed_on: date | None
    coming: tuple[Coming, ...]

    @property
    def random(self) -> tuple[TeamFile, ...]:
        return tuple(file for file in self.files if file.at_random)

    @property
    def good_labels(self) -> frozenset[str]:
        """The grades that are good enough, in the council's words."""
        return good_labels(self.framework)


def good_labels(framework: Framework) -> frozenset[str]:
    keys = [grade.key for grade in framework.grades]
    return frozenset(grade.label for grade in framework.grades[: keys.index(framework.grading.good_from) + 1])
