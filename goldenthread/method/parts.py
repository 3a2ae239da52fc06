"""The parts of an audit: who writes each, who sees it, and from when. One table, read left to right.

An audit of one child's file has parts, each somebody's contribution: the auditors', the practitioner's own, the
family's words, the group's discussion, the practitioner's reply, a moderator's. What the table does not say is never
seen and never written.

Source: the seed, "an opportunity for colleagues to discuss issues with each other, to have some “reflective” discussion
about practice"; the right of reply and the family's voice are added to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from goldenthread.method.access import Is


class From(Enum):
    """From when somebody sees a part. The value is what a page says."""

    WRITTEN = "while it is written"
    SUBMITTED = "once it is submitted"
    BOTH = "once both auditors have submitted theirs"
    OWN_GIVEN = "once her own part is submitted"
    RETURNED = "once the audit is returned"


class While(Enum):
    """When a part can be written. The value is what a page says."""

    AUDITING = "until the audit is submitted"
    RETURNING = "until the audit is returned"
    MODERATING = "once the audit is submitted"
    RETURNED = "once the audit is returned"


@dataclass(frozen=True, slots=True)
class Moment:
    """How far an audit has come, as one part of it and one person need to know.

    `submitted`: this part is. `both`: every auditor's part is. `own_given`: of a moderator, her own part is submitted
    (or her stage is not blind). `audited`: the audit is submitted. `returned`, `withdrawn`: the audit is.
    """

    submitted: bool = False
    both: bool = False
    own_given: bool = False
    audited: bool = False
    returned: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of part. `blind`: whoever is one of these sees it no sooner than the table says of that, whatever else
    she is: a director who audits a file apart from another does not read the other's part as a director."""

    kind: str
    writers: frozenset[Is]
    written: While
    sees: Mapping[Is, From]
    blind: frozenset[Is] = frozenset()


EVERYTHING = {Is.QUALITY_ASSURANCE: From.WRITTEN, Is.DIRECTOR: From.WRITTEN}
WHAT_IS_GIVEN = {Is.QUALITY_ASSURANCE: From.SUBMITTED, Is.DIRECTOR: From.SUBMITTED}
AUDITORS_WHEN_GIVEN = {Is.AUDITOR: From.SUBMITTED, Is.CO_AUDITOR: From.SUBMITTED}
MANAGERS_WHEN_RETURNED = {Is.TEAM_MANAGER: From.RETURNED, Is.SERVICE_MANAGER: From.RETURNED}
THOSE_IT_RETURNS_TO = {Is.PRACTITIONER: From.RETURNED, Is.OWNER: From.RETURNED, **MANAGERS_WHEN_RETURNED}

TABLE: tuple[Row, ...] = (
    Row(
        "auditor", frozenset({Is.AUDITOR}), While.AUDITING,
        {**EVERYTHING, Is.AUDITOR: From.WRITTEN, Is.CO_AUDITOR: From.BOTH, Is.MODERATOR: From.OWN_GIVEN,
         **THOSE_IT_RETURNS_TO},
        blind=frozenset({Is.CO_AUDITOR, Is.MODERATOR}),
    ),
    Row(
        "co_auditor", frozenset({Is.CO_AUDITOR}), While.AUDITING,
        {**EVERYTHING, Is.CO_AUDITOR: From.WRITTEN, Is.AUDITOR: From.BOTH, Is.MODERATOR: From.OWN_GIVEN},
        blind=frozenset({Is.AUDITOR, Is.MODERATOR}),
    ),
    Row(
        "moderator", frozenset({Is.MODERATOR}), While.MODERATING,
        {**WHAT_IS_GIVEN, Is.MODERATOR: From.WRITTEN, **AUDITORS_WHEN_GIVEN},
        blind=frozenset({Is.AUDITOR, Is.CO_AUDITOR}),
    ),
    Row(
        "practitioner", frozenset({Is.PRACTITIONER}), While.AUDITING,
        {**WHAT_IS_GIVEN, Is.PRACTITIONER: From.WRITTEN, **AUDITORS_WHEN_GIVEN, Is.MODERATOR: From.SUBMITTED,
         **MANAGERS_WHEN_RETURNED},
    ),
    Row(
        "reply", frozenset({Is.PRACTITIONER}), While.RETURNED,
        {**WHAT_IS_GIVEN, Is.PRACTITIONER: From.WRITTEN, **AUDITORS_WHEN_GIVEN, Is.MODERATOR: From.SUBMITTED,
         Is.TEAM_MANAGER: From.SUBMITTED, Is.SERVICE_MANAGER: From.SUBMITTED},
    ),
    Row(
        "family", frozenset({Is.AUDITOR, Is.CO_AUDITOR, Is.TEAM_MANAGER, Is.QUALITY_ASSURANCE}), While.RETURNING,
        {Is.QUALITY_ASSURANCE: From.WRITTEN, Is.DIRECTOR: From.SUBMITTED, Is.AUDITOR: From.WRITTEN,
         Is.CO_AUDITOR: From.WRITTEN, Is.TEAM_MANAGER: From.WRITTEN, Is.MODERATOR: From.SUBMITTED,
         Is.PRACTITIONER: From.RETURNED, Is.SERVICE_MANAGER: From.RETURNED},
    ),
    Row(
        "discussion", frozenset({Is.SEATED, Is.AUDITOR, Is.CO_AUDITOR}), While.RETURNING,
        {**WHAT_IS_GIVEN, Is.SEATED: From.WRITTEN, Is.AUDITOR: From.WRITTEN, Is.CO_AUDITOR: From.WRITTEN,
         Is.MODERATOR: From.OWN_GIVEN},
        blind=frozenset({Is.MODERATOR}),
    ),
)  # fmt: skip

ROWS: dict[str, Row] = {row.kind: row for row in TABLE}
WRITERS = frozenset[Is]().union(*(row.writers for row in TABLE))
AUDITORS = ("auditor", "co_auditor")  # the parts of those who audit a file


def may_see(kind: str, standings: Collection[Is], moment: Moment) -> bool:
    """Whether someone with these standings sees a part of this kind, as it stands, at this moment.

    >>> may_see("practitioner", {Is.AUDITOR}, Moment()), may_see("practitioner", {Is.AUDITOR}, Moment(submitted=True))
    (False, True)
    >>> may_see("co_auditor", {Is.AUDITOR, Is.DIRECTOR}, Moment(submitted=True))
    False
    """
    row, held = ROWS[kind], set(standings)
    bound = held & row.blind if not held & row.writers else set()
    if bound:
        return all(_has_come(row.sees[standing], moment) for standing in bound)
    return any(standing in held and _has_come(since, moment) for standing, since in row.sees.items())


def may_write(kind: str, standings: Collection[Is], moment: Moment) -> bool:
    """Whether someone with these standings may write in a part of this kind at this moment.

    >>> may_write("reply", {Is.PRACTITIONER}, Moment()), may_write("reply", {Is.PRACTITIONER}, Moment(returned=True))
    (False, True)
    """
    return why_not_write(kind, standings, moment) is None


def why_not_write(kind: str, standings: Collection[Is], moment: Moment) -> str | None:
    """The sentence that refuses to let someone write in a part, or None.

    >>> why_not_write("reply", {Is.PRACTITIONER}, Moment(audited=True))
    'This is written once the audit is returned.'
    """
    row = ROWS[kind]
    if not row.writers & set(standings):
        return "This part of the audit is not yours to write."
    if moment.withdrawn:
        return "This audit is withdrawn, so nothing more is written in it."
    if moment.submitted:
        return "This is submitted, so it can no longer be changed."
    return None if _is_open(row.written, moment) else f"This is written {row.written.value}."


def seen_from(kind: str, standings: Collection[Is]) -> str:
    """When someone comes to see a part, in words: "once it is submitted"; "" if never.

    >>> seen_from("practitioner", {Is.AUDITOR}), seen_from("practitioner", {Is.OWNER})
    ('once it is submitted', '')
    """
    row, held = ROWS[kind], set(standings)
    bound = held & row.blind if not held & row.writers else set()
    since = [row.sees[standing] for standing in bound or held if standing in row.sees]
    order = list(From)
    return min(since, key=order.index).value if since else ""


def _has_come(since: From, moment: Moment) -> bool:
    return {
        From.WRITTEN: True,
        From.SUBMITTED: moment.submitted,
        From.BOTH: moment.both,
        From.OWN_GIVEN: moment.own_given and moment.submitted,
        From.RETURNED: moment.returned and moment.submitted,
    }[since]


def _is_open(written: While, moment: Moment) -> bool:
    return {
        While.AUDITING: not moment.audited,
        While.RETURNING: not moment.returned,
        While.MODERATING: moment.audited,
        While.RETURNED: moment.returned,
    }[written]
