"""Who someone is to a thing, and what each may see and do beside the steps of its lifecycle.

`Is` names a standing: not a role in general but what this person is to this child's audit. `MAY` is the table an
information-governance lead reads: a line per act, and the standings it is open to.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum


class Is(Enum):
    """What a person is to a thing. The stored word is the value; `words` is what a sentence says."""

    QUALITY_ASSURANCE = "quality assurance"
    DIRECTOR = "director"
    AUDITOR = "auditor"
    CO_AUDITOR = "co-auditor"
    SEATED = "seated"
    MODERATOR = "moderator"
    CHALLENGER = "challenger"
    DECIDER = "decider"
    OWNER = "owner"
    TOLD = "told"
    RAISER = "raiser"
    PRACTITIONER = "practitioner"
    TEAM_MANAGER = "team manager"
    SERVICE_MANAGER = "service manager"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    Is.QUALITY_ASSURANCE: "the Quality Assurance Unit",
    Is.DIRECTOR: "the directors",
    Is.AUDITOR: "the auditor of this file",
    Is.CO_AUDITOR: "the second auditor of this file, who audits it apart from the first",
    Is.SEATED: "whoever sits at the session",
    Is.MODERATOR: "the moderator of this audit",
    Is.CHALLENGER: "whoever may challenge a grade for the audited team",
    Is.DECIDER: "whoever decides a challenge",
    Is.OWNER: "the person whose task it is",
    Is.TOLD: "whoever was told that a child may be unsafe",
    Is.RAISER: "whoever raised the concern",
    Is.PRACTITIONER: "the practitioner who holds the case",
    Is.TEAM_MANAGER: "the team's manager",
    Is.SERVICE_MANAGER: "the service's manager",
}

MAY: dict[str, frozenset[Is]] = {
    # plan
    "see the sessions": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.AUDITOR}),
    "arrange sessions": frozenset({Is.QUALITY_ASSURANCE}),
    "see the year": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR}),
    "see the capacity": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR}),
    # select
    "see case lists and draws": frozenset({Is.QUALITY_ASSURANCE}),
    "load case lists and draw": frozenset({Is.QUALITY_ASSURANCE}),
    # audit
    "read an audit": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.AUDITOR, Is.MODERATOR}),
    "write in an audit": frozenset({Is.AUDITOR}),
    "allot audits": frozenset({Is.QUALITY_ASSURANCE}),
    "see what everybody owes": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER, Is.TEAM_MANAGER}),
    "see the coverage": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR}),
    "keep conflicts of interest": frozenset({Is.QUALITY_ASSURANCE}),
    "see the moderation": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR}),
    "arrange moderation": frozenset({Is.QUALITY_ASSURANCE}),
    "moderate an audit": frozenset({Is.MODERATOR}),
    "challenge a grade": frozenset({Is.CHALLENGER}),
    "decide a challenge": frozenset({Is.DECIDER}),
    "see agreement": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR}),
    "see senior managers' inspections": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR}),
    "share out inspections": frozenset({Is.QUALITY_ASSURANCE}),
    "sign the statement of inspections": frozenset({Is.DIRECTOR}),
    # act
    "read a returned audit": frozenset(
        {Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.PRACTITIONER, Is.TEAM_MANAGER, Is.SERVICE_MANAGER, Is.OWNER}
    ),
    "return audits": frozenset({Is.QUALITY_ASSURANCE}),
    "chase tasks": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.TEAM_MANAGER, Is.SERVICE_MANAGER}),
    "raise a concern": frozenset({Is.QUALITY_ASSURANCE, Is.AUDITOR, Is.CO_AUDITOR, Is.MODERATOR}),
    "read a concern": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.TOLD, Is.RAISER}),
    "see the assurance": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER}),
    "sample signed-off tasks": frozenset({Is.QUALITY_ASSURANCE}),
    "check a signed-off task": frozenset({Is.QUALITY_ASSURANCE, Is.SERVICE_MANAGER}),
    "see re-audits": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER, Is.TEAM_MANAGER}),
    "arrange re-audits": frozenset({Is.QUALITY_ASSURANCE}),
    # learn
    "see the overview": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER}),
    "write reports": frozenset({Is.QUALITY_ASSURANCE}),
    "read published reports": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER, Is.TEAM_MANAGER}),
    "read reports within the service": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER}),
    "read a team's own page": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER, Is.TEAM_MANAGER}),
    "plan briefings": frozenset({Is.QUALITY_ASSURANCE}),
    "see briefings": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER, Is.TEAM_MANAGER}),
    "mark who was briefed": frozenset({Is.QUALITY_ASSURANCE, Is.TEAM_MANAGER}),
    "see the themes": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER, Is.TEAM_MANAGER}),
    "make evidence packs": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER, Is.TEAM_MANAGER}),
    "make packs with names": frozenset({Is.QUALITY_ASSURANCE}),
    "download data": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR}),
    "download protected data": frozenset({Is.QUALITY_ASSURANCE}),
    # settings
    "see the settings": frozenset({Is.QUALITY_ASSURANCE}),
    "edit the themes": frozenset({Is.QUALITY_ASSURANCE}),
}


def may(act: str, standings: Collection[Is]) -> bool:
    """Whether someone with these standings may do this act.

    >>> may("read an audit", {Is.AUDITOR}), may("read an audit", {Is.PRACTITIONER})
    (True, False)
    """
    return bool(MAY[act] & set(standings))
