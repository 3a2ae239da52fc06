"""Who someone is to a thing, and what each may see and do beside the steps of its lifecycle.

`Is` names a standing: not a role in general but what this person is to this child's audit. `MAY` is the table an
information-governance lead reads: a line per act, and the standings it is open to.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum


class Is(Enum):
    """What a person is to a thing. The stored word is the value; `words` is what a sentence says."""

    QUALITY_ASSURANCE = "quality assurance"
    DIRECTOR = "director"
    AUDITOR = "auditor"
    OWNER = "owner"
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
    Is.OWNER: "the person whose task it is",
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
    "read an audit": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.AUDITOR}),
    "write in an audit": frozenset({Is.AUDITOR}),
    "allot audits": frozenset({Is.QUALITY_ASSURANCE}),
    "see what everybody owes": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER, Is.TEAM_MANAGER}),
    "see senior managers' inspections": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR}),
    "share out inspections": frozenset({Is.QUALITY_ASSURANCE}),
    "sign the statement of inspections": frozenset({Is.DIRECTOR}),
    # act
    "read a returned audit": frozenset(
        {Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.PRACTITIONER, Is.TEAM_MANAGER, Is.SERVICE_MANAGER, Is.OWNER}
    ),
    "return audits": frozenset({Is.QUALITY_ASSURANCE}),
    # learn
    "write reports": frozenset({Is.QUALITY_ASSURANCE}),
    "read published reports": frozenset({Is.QUALITY_ASSURANCE, Is.DIRECTOR, Is.SERVICE_MANAGER, Is.TEAM_MANAGER}),
    # settings
    "see the settings": frozenset({Is.QUALITY_ASSURANCE}),
}


def may(act: str, standings: Collection[Is]) -> bool:
    """Whether someone with these standings may do this act.

    >>> may("read an audit", {Is.AUDITOR}), may("read an audit", {Is.PRACTITIONER})
    (True, False)
    """
    return bool(MAY[act] & set(standings))


@dataclass(frozen=True, slots=True)
class Auditor:
    """What independence needs to know of someone who might audit: who she is, which teams and services are hers."""

    person: int
    teams: frozenset[int]
    manages: frozenset[int]


@dataclass(frozen=True, slots=True)
class File:
    """What independence needs to know of a child's file: who holds the case, in which team of which service."""

    worker: int | None
    team: int | None
    service: int | None = None


@dataclass(frozen=True, slots=True)
class IndependenceRule:
    """Which ties the framework forbids between an auditor and the file she audits."""

    own_case: bool = True
    own_team: bool = True
    manages: bool = True


def why_not_audit(auditor: Auditor, file: File, rule: IndependenceRule) -> str | None:
    """The sentence that refuses this auditor this file, or None. Checked when allotted, opened and submitted.

    >>> why_not_audit(Auditor(7, frozenset({2}), frozenset()), File(worker=7, team=2), IndependenceRule())
    'holds this case'
    """
    if rule.own_case and file.worker is not None and auditor.person == file.worker:
        return "holds this case"
    if rule.manages and file.team in auditor.manages:
        return "manages the team that holds this case"
    if rule.manages and file.service in auditor.manages:
        return "manages the service that holds this case"
    if rule.own_team and file.team in auditor.teams:
        return "is in the team that holds this case"
    return None
