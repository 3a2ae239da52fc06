"""Supervision notes: listed from the council's own posts, and drawn for a quarter as cases are for a session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from goldenthread.framework.queries import framework_in_force
from goldenthread.method.access import may
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.select.models import CaseLine, CaseList, Draw
from goldenthread.select.queries.frames import SUPERVISION
from goldenthread.select.queries.supervision import holders_of_cases
from goldenthread.select.services.draws import Chosen, frozen
from goldenthread.trail.services import record, step
from goldenthread.web.wording import day

NOBODY = (
    "Nobody held a post that holds cases on {day}, so there are no supervision notes to draw from. "
    "Put the practitioners in their posts in Settings."
)
DRAWN_ALREADY = "Supervision notes for {period} are already drawn, or a draw of them is frozen and waits for its dice."
BY_TEAM = "So many of each team, so that every team’s notes are inspected in turn."


@step
def list_supervision_files(*, by: Person, as_at: date, now: datetime) -> CaseList:
    """A list with a line for each practitioner who holds cases on the day: her notes, her team, and herself."""
    if not may("load case lists and draw", standings(by)):
        raise Refused("Supervision notes are listed by the Quality Assurance Unit.")
    holders = holders_of_cases(by.authority_id, framework_in_force(by.authority_id, as_at).parsed, as_at)
    if not holders:
        raise Refused(NOBODY.format(day=day(as_at, "plain")))
    summary = {"cases": len(holders), "by_team": Counter(holder.team_name for holder in holders if holder.team_name)}
    made = CaseList.objects.create(
        authority_id=by.authority_id, source="posts", kind=SUPERVISION, as_at=as_at, state="loaded",
        summary=summary, uploaded_at=now, uploaded_by=by, loaded_at=now, loaded_by=by,
    )  # fmt: skip
    CaseLine.objects.bulk_create(
        CaseLine(
            authority_id=by.authority_id, case_list=made, ref=holder.ref, status=SUPERVISION, team_id=holder.team,
            team_name=holder.team_name, worker_id=holder.person, worker_name=holder.name,
        )
        for holder in holders
    )  # fmt: skip
    record(by=by, verb="listed", thing=made, at=now, now={"as_at": as_at.isoformat(), "people": len(holders)})
    return made


@step
def freeze_supervision_draw(
    *, by: Person, period: Period, as_at: date, quotas: Mapping[str, int], now: datetime, seed_kind: str = "dice"
) -> Draw:
    """List the supervision notes as at a day and fix what will be drawn from them for this quarter."""
    if as_at > period.ends_on:
        raise Refused(f"{period.label} is over, so what would be drawn for it could no longer be inspected in it.")
    listed = list_supervision_files(by=by, as_at=as_at, now=now)
    return frozen(
        by=by, case_list=listed, framework=framework_in_force(by.authority_id, as_at),
        cases=list(listed.lines.all()), exclusions=(), quotas=quotas, now=now,
        purpose=f"Supervision notes, {period.label}", stem=f"{period.starts_on.isoformat()}-supervision",
        drawn_already=DRAWN_ALREADY.format(period=period.label), period_starts_on=period.starts_on,
        chosen=Chosen(kind=SUPERVISION, because=BY_TEAM, seed_kind=seed_kind),
    )  # fmt: skip
