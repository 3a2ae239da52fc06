"""A case list as its pages show it: its counts in the council's words, the largest first."""

from __future__ import annotations

from datetime import date
from typing import Any

from goldenthread.method.framework import Framework
from goldenthread.select.models import CaseList

FAULTS_SHOWN = 100
KINDS = dict(CaseList.KINDS)
UNREAD: dict[str, Any] = {
    **dict.fromkeys(("by_status", "by_tag", "by_team"), {}),
    **dict.fromkeys(("closed", "undecided", "restricted", "fault_count", "difference")),
    **dict.fromkeys(("faults", "cross_checks"), ()),
}  # what a list that was read from no files says of their reading
FROZEN = {
    "dice": "The list is frozen. Now roll the dice, read out before two witnesses.",
    "shares": "The list is frozen. Now ask three people or more to give their numbers.",
    "beacon": "The list is frozen. Wait until the round is out, then paste its signature.",
}


def shown_counts(case_list: CaseList, framework: Framework) -> dict[str, Any]:
    """What the counts of a list show, in the council's words; of a list made from posts, only its own counts."""
    summary = UNREAD | case_list.summary
    statuses = {status.key: status.label for status in framework.statuses}
    words = statuses | {tag.key: tag.label[:1].upper() + tag.label[1:] for tag in framework.tags}
    by_tag = [(words.get(key, key.replace("_", " ").capitalize()), count) for key, count in summary["by_tag"].items()]
    difference = summary["difference"]
    return {
        "case_list": case_list,
        "kinds": KINDS,
        "sources": {"cin_census": "The census", "ssda903": "The SSDA903"},
        "summary": summary,
        "since": date.fromisoformat(difference["since"]) if difference else None,
        "statuses": statuses,
        "by_status": [(statuses.get(key, key), count) for key, count in summary["by_status"].items()],
        "by_tag": sorted(by_tag, key=_by_number),
        "by_team": sorted(summary["by_team"].items(), key=_by_number),
        "faults": summary["faults"][:FAULTS_SHOWN],
    }


def _by_number(row: tuple[str, int]) -> tuple[int, str]:
    return (-row[1], row[0])
