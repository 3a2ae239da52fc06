"""The trail of one audit as sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from goldenthread.audit.queries import OpenAudit
from goldenthread.trail.models import Event
from goldenthread.trail.queries import events_of


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a history, or several of a kind in a row told as one."""

    title: str
    by: str
    at: datetime
    text: str = ""


def history_of(opened: OpenAudit) -> list[Told]:
    """Newest first. Many saves, or readings, by one person in a row are told as one line with their number."""
    events = list(events_of(opened.audit, opened.audit.case.draw, opened.audit.case))
    told = [
        _told(list(run), opened) for _, run in groupby(events, key=lambda event: (event.verb, event.by_id, event.thing))
    ]
    return told[::-1]


def _told(run: list[Event], opened: OpenAudit) -> Told:
    last = run[-1]
    sentence = SENTENCES.get((last.thing, last.verb), lambda run, opened: f"{last.verb.capitalize()} the {last.thing}")
    return Told(sentence(run, opened), f"{last.by_name}, {last.capacity}", last.at, last.because)


def _answered(run: list[Event], opened: OpenAudit) -> str:
    questions = {name for event in run for name in (event.now or {})}
    kept_apart = any("kept beside" in str(value) for event in run for value in (event.now or {}).values())
    said = f"Answered {len(questions)} question{'s' if len(questions) != 1 else ''}"
    return f"{said}; somebody else had written too, and both were kept" if kept_apart else said


def _read(run: list[Event], opened: OpenAudit) -> str:
    return "Opened the audit" if len(run) == 1 else f"Opened the audit {len(run)} times"


def _part(run: list[Event], opened: OpenAudit) -> str:
    """The part that an event is about, in the council's words; of a part of auditors who audit apart, in ours."""
    kind = str((run[-1].now or {}).get("part", ""))
    labels: dict[str, str] = {"auditor": "the first auditor's part", "co_auditor": "the second auditor's part"}
    labels |= {rule.kind: f"“{rule.label}”" for rule in opened.framework.parts}
    return labels.get(kind, "a part")


Sentence = Callable[[list[Event], OpenAudit], str]


def _plain(text: str) -> Sentence:
    return lambda run, opened: text


def _submitted(run: list[Event], opened: OpenAudit) -> str:
    grade = opened.framework.grade((run[-1].now or {}).get("overall", ""))
    return f"Submitted the audit, graded {grade.label}"


SENTENCES: dict[tuple[str, str], Sentence] = {
    ("audit", "allotted"): _plain("Allotted the file"),
    ("audit", "read"): _read,
    ("audit", "answered"): _answered,
    ("audit", "settled"): _plain("Chose between two answers to one question"),
    ("audit", "noted"): lambda run, opened: "Added a finding" if len(run) == 1 else f"Added {len(run)} findings",
    ("audit", "changed"): _plain("Changed a finding"),
    ("audit", "removed"): _plain("Removed a finding"),
    ("audit", "restored"): _plain("Brought a finding back"),
    ("audit", "asked for"): _plain("Asked for the parts beside the audit"),
    ("audit", "wrote"): lambda run, opened: f"Wrote in {_part(run, opened)}",
    ("audit", "gave"): lambda run, opened: f"Submitted {_part(run, opened)}",
    ("audit", "saw"): lambda run, opened: f"Opened {_part(run, opened)}",
    ("audit", "agreed"): _plain("Agreed one judgement of two auditors"),
    ("audit", "submitted"): _submitted,
    ("audit", "withdrew"): _plain("Withdrew the audit"),
    ("audit", "returned"): _plain("Returned the audit to the team"),
    ("audit", "moderated"): _plain("Agreed the grades in moderation"),
    ("audit", "challenged"): _plain("Challenged a grade for the audited team"),
    ("audit", "decided"): _plain("Decided the challenge of a grade"),
    ("draw", "froze"): _plain("Froze the list the case was drawn from"),
    ("draw", "drew"): _plain("Drew the cases"),
    ("draw", "replaced"): _plain("Replaced a case of the draw"),
}
