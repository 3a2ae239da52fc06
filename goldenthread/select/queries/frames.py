"""What may be drawn from: the open cases of a list that a session's theme covers, and those left out, each with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from goldenthread.method.framework import Framework, Selecting
from goldenthread.method.selecting import ONE_STRATUM, quotas_of, stratum_of
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
    case_list: CaseList, session: Session, framework: Framework, left_out: Mapping[str, str] | None = None, *,
    way: str = "stratified", facts: Sequence[str] = (),
) -> DrawFrame:  # fmt: skip
    """The frame for this session, in the strata of this way of drawing.

    `left_out` holds cases the QAU leaves out by hand, each with the reason; `facts` what else is read of each line.
    """
    months = framework.draw.exclude_audited_within_months
    by_hand = left_out or {}
    lines = case_list.lines.only("case_list", "ref", "status", "team_name", "restricted", *facts).order_by("ref")
    if theme := theme_of(session, case_list):
        lines = lines.filter(status__in=theme)
    audited = recently_drawn(case_list.authority_id, session.held_on - relativedelta(months=months))
    cases: list[CaseLine] = []
    exclusions: list[Exclusion] = []
    for line in lines:
        reason = (
            REASONS["audited"].format(months=months) if line.ref in audited
            else restricted(line) or by_hand.get(line.ref, "")
        )  # fmt: skip
        if reason:
            exclusions.append(Exclusion(line.ref, reason))
        else:
            cases.append(line)
    by = framework.draw.stratify_by
    sizes = Counter(stratum_of(way, by, line.status, line.team_name) for line in cases)
    return DrawFrame(cases, dict(sorted(sizes.items())), exclusions)


def theme_of(session: Session, case_list: CaseList) -> Sequence[str]:
    """The statuses whose files the session takes from this list; none: every one. Only children's cases have them."""
    statuses: list[str] = session.group.statuses
    return statuses if case_list.kind == "case_file" else ()


def restricted(line: CaseLine) -> str:
    """Why this case is left out of everything, if it is."""
    return REASONS["restricted"] if line.restricted else ""


def stratum_words(framework: Framework, stratum: str) -> str:
    """A stratum in the council's words: "Looked after child, Duty 2"; of supervision notes, the team alone."""
    if stratum == ONE_STRATUM:
        return "All cases"
    status, _, team = stratum.partition(" / ")
    labels = {each.key: each.label for each in framework.statuses} | {"all": "Every status", "other": "Other statuses"}
    return team if status == SUPERVISION else f"{labels.get(status, status)}, {team}"


def proposed_quotas(sizes: Mapping[str, int], total: int, rule: Selecting | None = None) -> dict[str, int]:
    """How many files of each stratum are proposed, by the framework's way where it is given, else in proportion."""
    if not sizes:
        return {}
    return quotas_of(rule or Selecting("case_file", "stratified"), sizes, total)


def recently_drawn(authority_id: int, since: date) -> frozenset[str]:
    """The references drawn for a session on or after this day, and not replaced since."""
    drawn = DrawnCase.objects.filter(
        authority=authority_id, standing="selected", draw__session__held_on__gte=since,
        draw__session__cancelled_at__isnull=True,
    )  # fmt: skip
    return frozenset(drawn.values_list("ref", flat=True))
