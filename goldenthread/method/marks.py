"""What a submitted file is counted under: its grades, the themes found in it, how far moderation moved its grade.

A mark is (measure, value). The counts that overviews read are sums of marks; here is what one file adds to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Mark = tuple[str, str]

GRADE, SECTION, THEME, MOVED = "grade", "section", "theme", "moved"
HIGHER, SAME, LOWER = "higher", "same", "lower"


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement of a file, in the order they were made: of which section ("": the whole), at which stage."""

    section: str
    stage: str
    grade: str
    stands: bool


def marks(judged: Sequence[Judged], themes: Iterable[tuple[str, str, str]], scale: Sequence[str]) -> Counter[Mark]:
    """The marks of one file. `themes` are (sort, domain, theme) of its findings; `scale` its grades, best first.

    Moderation moved a grade from the auditors' to the last that a stage of moderation gave; what a challenge decided
    is no shift.

    >>> sorted(marks([Judged("", "auditor", "good", False), Judged("", "first", "poor", True)], [], ["good", "poor"]))
    [('grade', 'poor'), ('moved', 'lower')]
    """
    found = Counter(_grade(each) for each in judged if each.stands)
    found.update((f"{THEME}:{sort}:{domain}", theme) for sort, domain, theme in set(themes))
    overall = {each.stage: each.grade for each in judged if not each.section}
    given = overall.pop("auditor", "")
    overall.pop("decided", None)
    if given and overall:
        found[MOVED, moved(given, list(overall.values())[-1], scale)] += 1
    return found


def _grade(judged: Judged) -> Mark:
    return f"{SECTION}:{judged.section}" if judged.section else GRADE, judged.grade


def moved(given: str, now: str, scale: Sequence[str]) -> str:
    """Which way a grade went on a scale that has its best first.

    >>> moved("good", "poor", ["good", "poor"]), moved("poor", "good", ["good", "poor"]), moved("a", "a", [])
    ('lower', 'higher', 'same')
    """
    if given == now or given not in scale or now not in scale:
        return SAME
    return HIGHER if scale.index(now) < scale.index(given) else LOWER
