"""What one value of a framework may be: the kinds of number, text and key that its rules are made of.

A rule says in its type what it takes (`records: Counted`, `post: PostKey`); reading.py holds the value to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol


class Shape(Protocol):
    """Something a value has to be, beyond its type."""

    @property
    def expected(self) -> str: ...

    def holds(self, value: object) -> bool: ...


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most` (no limit if None).

    >>> Whole(0).holds(-1), Whole(1, 12).expected
    (False, 'a whole number from 1 to 12')
    """

    least: int
    most: int | None = None

    @property
    def expected(self) -> str:
        if self.most is None:
            return f"a whole number of {self.least} or more"
        return f"a whole number from {self.least} to {self.most}"

    def holds(self, value: object) -> bool:
        return isinstance(value, int) and value >= self.least and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Written:
    """Text that a pattern matches from end to end."""

    pattern: str
    expected: str

    def holds(self, value: object) -> bool:
        return isinstance(value, str) and re.fullmatch(self.pattern, value) is not None


@dataclass(frozen=True, slots=True)
class KeyOf:
    """The key of an entry of another list of the same framework, or one of the words in `also`."""

    section: str
    also: tuple[str, ...] = ()


Every = Literal["month", "quarter", "half_year", "year"]
Cadence = Literal["session", "month", "quarter", "half_year", "year"]
Oversees = Literal["", "team", "service", "authority"]
DayKind = Literal["working", "calendar"]
FileKind = Literal["case_file", "supervision_file"]
Counts = Literal["every", "own"]
Stratum = Literal["status", "team"]
Way = Literal["simple_random", "stratified", "event", "rule", "hand"]
Allocation = Literal["proportional", "fixed", "at_least"]
Occasion = Literal["closure", "transfer", "grade"]
SeedSource = Literal["dice", "shares", "beacon"]
Again = Literal["may", "must", "must_not"]
Pairing = Literal["none", "together", "apart"]

Domain = Literal["", "practice", "process"]
Detail = Literal["team", "service", "council"]
ReauditScope = Literal["whole", "failed_sections"]

Text = Annotated[str, Written(r"(?s)\s*\S.*", "at least one word in quotation marks")]
Key = Annotated[str, Written(r"[a-z][a-z0-9_]*", "a key of small letters, digits and underscores")]
Colour = Annotated[str, Written(r"#[0-9a-f]{6}", "a colour such as #00703c")]

Counted = Annotated[int, Whole(1)]
CountedOrNone = Annotated[int, Whole(0)]
Month = Annotated[int, Whole(1, 12)]
Percent = Annotated[int, Whole(0, 100)]

PRACTITIONER = "practitioner"  # no post: whoever holds the case on the day

PostKey = Annotated[str, KeyOf("posts")]
PostOrHolder = Annotated[str, KeyOf("posts", also=(PRACTITIONER,))]
StatusKey = Annotated[str, KeyOf("statuses")]
GradeKey = Annotated[str, KeyOf("grades")]
KindKey = Annotated[str, KeyOf("kinds")]
PartKind = Literal["auditor", "co_auditor", "moderator", "practitioner", "reply", "family", "discussion"]
BodyKey = Annotated[str, KeyOf("bodies")]
