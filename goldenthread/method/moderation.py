"""Which audits are graded a second time, and why: the rules of one stage of moderation, asked of one audit.

A random share is not drawn by anybody: each audit's ticket follows from a seed that was there before it was graded, so
whoever doubts it works it out again, and nobody can draw again until a wished-for audit falls in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.method.framework.moderating import ModerationStage

REASONS: Mapping[str, str] = {
    "every": "every audit is looked at again",
    "grade": "because of its overall grade",
    "new auditor": "among its auditor’s first audits",
    "random": "in the random share",
    "challenge": "challenged by the team",
}
"""Why an audit is moderated, as it is stored and as a sentence says it. A blind moderator is never told: it may say
which grade was given."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a stage asks of an audit: its overall grade as it stands, and how many audits its least practised auditor
    had submitted before it."""

    grade: str
    earlier_audits: int


def why_moderated(stage: ModerationStage, facts: Facts, share: float) -> str | None:
    """Why an audit goes to this stage, a key of REASONS, or None; `share` is its ticket, from 0 to below 1.

    The reasons that leave nothing to chance come first.

    >>> stage = ModerationStage("second", "Second look", ("team_manager",), grades=("inadequate",), random_percent=10)
    >>> why_moderated(stage, Facts("good", 7), 0.0999), why_moderated(stage, Facts("good", 7), 0.1)
    ('random', None)
    >>> why_moderated(stage, Facts("inadequate", 7), 0.5)
    'grade'
    """
    if stage.every:
        return "every"
    if facts.grade in stage.grades:
        return "grade"
    if facts.earlier_audits < stage.first_of_auditor:
        return "new auditor"
    return "random" if share < stage.random_percent / 100 else None


def ticket(seed: str, stage: str, ref: str) -> float:
    """The audit's place in the random share of a stage: SHA-256 of `seed|moderation|stage|ref` as a fraction of 1.

    `seed` is that of the draw which selected the case, cast before anybody audited it. The first 13 hex digits count,
    52 bits, which a floating-point number holds exactly.

    >>> ticket("31625 44213", "second", "C001") == ticket("31625 44213", "second", "C001")
    True
    >>> ticket("a", "second", "C001")
    0.6761812228697754
    """
    digest = hashlib.sha256(f"{seed}|moderation|{stage}|{ref}".encode()).hexdigest()
    return int(digest[:13], 16) / 16**13


def seed_without_chance(frame_sha256: str, audit: str) -> str:
    """What stands in for a seed where the case was not drawn by chance and so there is none: SHA-256 of
    `frame|audit`, the digest of the list as it was frozen and the audit's code.

    The list was frozen before the audit was allotted, and the code was given when it was: neither follows from a grade.

    >>> seed_without_chance("ab", "K7")[:8]
    '4caf243d'
    """
    return hashlib.sha256(f"{frame_sha256}|{audit}".encode()).hexdigest()


def differing(first: Mapping[str, str], second: Mapping[str, str]) -> tuple[str, ...]:
    """The sections ("": the whole file) of `first` to which `second` gives another grade, in the order of `first`.

    >>> differing({"plan": "good", "": "good"}, {"plan": "inadequate", "": "good"})
    ('plan',)
    """
    return tuple(section for section, grade in first.items() if second.get(section, grade) != grade)
