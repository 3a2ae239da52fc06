"""Of what a report is written: one session, one period and whom its edition is for, one team, one audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from goldenthread.audit.models import Audit
from goldenthread.audit.queries.audits import submitted_in
from goldenthread.method.periods import Period
from goldenthread.people.models import Authority, Team
from goldenthread.plan.models import Session


@dataclass(frozen=True, slots=True)
class Subject:
    """Of what an edition is. `key` is the stable word kept in `Edition.subject` and in addresses; its kind of report
    makes it and reads it again ("session:4f…", "2026-07-01:dmt"). It never holds a child's reference.

    `title` is what a person calls it, `note` what a list says beside it ("3 of 5 audits submitted"). `body` is a key of
    the framework's bodies. `readers`: for whom an edition of it may be (learn/readers.py); none: as its report says.
    """

    key: str
    title: str
    authority: Authority
    session: Session | None = None
    period: Period | None = None
    body: str = ""
    team: Team | None = None
    audit: Audit | None = None
    note: str = ""
    readers: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        """The same as an edition keeps it, so that lists can be narrowed."""
        return {
            "authority": self.authority,
            "subject": self.key,
            "session": self.session,
            "period_starts_on": self.period.starts_on if self.period else None,
            "period_ends_on": self.period.ends_on if self.period else None,
            "body": self.body,
            "team": self.team,
            "audit": self.audit,
        }


def rests_on(subject: Subject) -> Q:
    """The audits that a report of this rests on, as a condition on audits: one, a session's, a period's, a team's."""
    found = Q(authority=subject.authority.pk)
    if subject.audit:
        found &= Q(pk=subject.audit.pk)
    if subject.session:
        found &= Q(session=subject.session.pk)
    if subject.period:
        found &= submitted_in(subject.period)
    if subject.team:
        found &= Q(team=subject.team.pk) | Q(service=subject.team.pk)
    return found
