"""What may be drawn from: the open cases of a list that a session's theme covers, and those left out, each with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from goldenthread.method import sampling
from goldenthread.method.framework import Framework
from goldenthread.method.quotas import quotas_in_proportion
from goldenthread.plan.models import Session
from goldenthread.select.models import CaseLine, CaseList, DrawnCase

SUPERVISION = "supervision_file"  # a kind of case list, and the status of its lines
REASONS = {
    "audited": "audited, or drawn to be, in the last {months} months",
    "restricted": "restricted",
}


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A case that cannot be drawn, and why."""

    ref: str
    reason: str

    def as_json(self) -> dict[str, str]:
        return {"ref": self.ref, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class DrawFrame:
    """What a session may be given: the cases, their strata's sizes, and who is left out."""

    cases: Sequence[CaseLine]
    sizes: Mapping[str, int]
    exclusions: Sequence[Exclusion]

    @property
    def refs(self) -> frozenset[str]:
        """Every case of the theme, those left out included."""
        return frozenset(line.ref for line in self.cases) | {left.ref for left in self.exclusions}

    @property
    def left_out(self) -> Mapping[str, int]:
        return Counter(exclusion.reason for exclusion in self.exclusions)


def draw_frame(
    case_list: CaseList, session: Session, framework: Framework, left_out: Mapping[str, str] | None = None
) -> DrawFrame:
    """The frame for this session. `left_out` holds cases the QAU leaves out by hand, each with the reason."""
    months = framework.draw.exclude_audited_within_months
    by_hand = left_out or {}
    lines = case_list.lines.only("case_list", "ref", "status", "team_name", "restricted").order_by("ref")
    if session.group.statuses:
        lines = lines.filter(status__in=session.group.statuses)
    audited = recently_drawn(case_list.authority_id, session.held_on - relativedelta(months=months))
    cases: list[CaseLine] = []
    exclusions: list[Exclusion] = []
    for line in lines:
        reason = (
            REASONS["audited"].format(months=months) if line.ref in audited
            else REASONS["restricted"] if line.restricted
            else by_hand.get(line.ref, "")
        )  # fmt: skip
        if reason:
            exclusions.append(Exclusion(line.ref, reason))
        else:
            cases.append(line)
    sizes = Counter(sampling.stratum(line.status, line.team_name) for line in cases)
    return DrawFrame(cases, dict(sorted(sizes.items())), exclusions)


def stratum_words(framework: Framework, stratum: str) -> str:
    """A stratum in the council's words: "Looked after child, Duty 2"; of supervision notes, the team alone."""
    status, _, team = stratum.partition(" / ")
    labels = {each.key: each.label for each in framework.statuses}
    return team if status == SUPERVISION else f"{labels.get(status, status)}, {team}"


def proposed_quotas(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """So many files, or all there are, shared among the strata in proportion to their sizes."""
    return quotas_in_proportion(sizes, min(total, sum(sizes.values())))


def recently_drawn(authority_id: int, since: date) -> frozenset[str]:
    """The references drawn for a session on or after this day, and not replaced since."""
    drawn = DrawnCase.objects.filter(
        authority=authority_id, standing="selected", draw__session__held_on__gte=since,
        draw__session__cancelled_at__isnull=True,
    )  # fmt: skip
    return frozenset(drawn.values_list("ref", flat=True))
