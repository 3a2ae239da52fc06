"""The rules of the plan as values: who owes what, which groups meet, how often, in what seats, towards what target.

Each class is a table of the framework file and each field a key of it, as in rules.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.method.framework import shapes
from goldenthread.method.framework.shapes import Counted, CountedOrNone, Key, PostKey, Text

# --- what is owed ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quota:
    """`records` files owed by each holder of `post` in every month, quarter, half year or year."""

    post: PostKey
    records: CountedOrNone
    every: shapes.Every


@dataclass(frozen=True, slots=True)
class Recommendation30:
    """How often which senior managers inspect a random selection, and of what kinds of file (Laming 2003, rec. 30)."""

    every: shapes.Every
    posts: tuple[PostKey, ...]
    inspects: tuple[shapes.FileKind, ...]


@dataclass(frozen=True, slots=True)
class Owing:
    """How quotas are kept. Days are working days, counted to or from the last day of the month, quarter …

    `counts`: "every" audit a holder submits, those of a session too, or only her "own" single records. `excused_by`:
    the posts that may grant an extension or an exemption. A holder is reminded `remind_before_days` before the end and
    every `remind_after_days` after it (0: never); her manager is told after `escalate_after_days` (0: never). A gap in
    the inspections of recommendation 30 is foretold `foretell_days` before the quarter ends.
    """

    counts: shapes.Counts = "every"
    excused_by: tuple[PostKey, ...] = ()
    remind_before_days: CountedOrNone = 5
    remind_after_days: CountedOrNone = 5
    escalate_after_days: CountedOrNone = 10
    foretell_days: CountedOrNone = 20


# --- groups and sessions --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """An auditing group and its theme: cases of these statuses, in teams named with one of `teams` (none: any)."""

    key: Key
    label: Text
    statuses: tuple[shapes.StatusKey, ...]
    teams: tuple[Text, ...] = ()

    def takes(self, status: str, team: str) -> bool:
        """Whether a case of this status, held in the team of this name, is of the group's theme.

        >>> Group("duty", "Frontline duty", ("open_assessment",), ("duty",)).takes("open_assessment", "Duty Team 2")
        True
        """
        return status in self.statuses and (not self.teams or any(t.casefold() in team.casefold() for t in self.teams))


@dataclass(frozen=True, slots=True)
class Seat:
    """`number` places in a session for people in any of `posts`."""

    posts: tuple[PostKey, ...]
    number: Counted


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joins beside the core seats: posts that link into `groups` groups each, and partners who may be co-opted."""

    posts: tuple[PostKey, ...] = ()
    groups: Counted = 1
    partners: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Each group meets every so many weeks, for so many days."""

    every_weeks: Counted
    days: Counted


@dataclass(frozen=True, slots=True)
class Target:
    """Files to be audited in a year, and the sum the framework rests it on: people × files a day × sessions each."""

    files_per_year: Counted
    files_a_day: Counted
    people: Counted
    sessions_a_year: Counted

    @property
    def implied_files(self) -> int:
        """Files a year that the numbers imply, whatever the target says.

        >>> Target(files_per_year=120, files_a_day=5, people=8, sessions_a_year=4).implied_files
        160
        """
        return self.people * self.files_a_day * self.sessions_a_year


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of audit that the year plans for: a case file, a supervision file, a closure or transfer, a re-audit …"""

    key: Key
    label: Text
    plural: Text


@dataclass(frozen=True, slots=True)
class Meeting:
    """How a session is held: fewest who must sit (0: no quorum), and the posts that chair it, the first there is."""

    quorum: CountedOrNone = 0
    chaired_by: tuple[PostKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a year of audits has to cover: at least so many files of each team, of each status and of each locality, and
    files of at least so many workers of each team (0: not asked)."""

    each_team: CountedOrNone = 0
    each_status: CountedOrNone = 0
    each_locality: CountedOrNone = 0
    workers_of_each_team: CountedOrNone = 0
