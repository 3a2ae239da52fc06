"""The trail of one audit, its file, its return, tasks and concern, in the order it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from goldenthread.audit.models import Audit
from goldenthread.learn.queries.whole_audit_facts import Happened
from goldenthread.learn.queries.whole_audit_following import Followed
from goldenthread.select.models import DrawnCase
from goldenthread.trail.models import Event
from goldenthread.trail.queries import events_of

# What a document says of an event; of any other, its verb and its thing.
SAID = {
    ("audit", "allotted"): "allotted the file",
    ("audit", "read"): "opened the audit",
    ("audit", "answered"): "answered questions",
    ("audit", "settled"): "chose between two answers",
    ("audit", "noted"): "added a finding",
    ("audit", "changed"): "changed a finding",
    ("audit", "removed"): "removed a finding",
    ("audit", "restored"): "brought a finding back",
    ("audit", "asked for"): "asked for the parts beside the audit",
    ("audit", "wrote"): "wrote in a part of the audit",
    ("audit", "gave"): "submitted a part of the audit",
    ("audit", "saw"): "opened a part of the audit",
    ("audit", "agreed"): "agreed one judgement of two auditors",
    ("audit", "submitted"): "submitted the audit",
    ("audit", "returned"): "returned the audit to the team",
    ("audit", "moderated"): "agreed the grades in moderation",
    ("audit", "challenged"): "challenged a grade",
    ("audit", "decided"): "decided the challenge of a grade",
    ("audit", "downloaded"): "took the whole audit as a document",
    ("draw", "froze"): "froze the list",
    ("draw", "drew"): "drew the files",
    ("draw", "replaced"): "replaced a file of the draw",
    ("task", "completed"): "marked a task done",
    ("task", "reopened"): "asked for a task again",
    ("return", "signed off"): "signed off the tasks",
    ("return", "accepted"): "accepted the signed tasks",
    ("return", "sent back"): "sent the signed tasks back",
}


def trail_of(audit: Audit, case: DrawnCase, after: Followed, *, concerns: bool) -> tuple[Happened, ...]:
    """Every event, the earliest first; the same act by the same person several times in a row is one line.

    Without `concerns` it tells that a concern was raised and answered, and nothing that was said of it.
    """
    things: list[Any] = [audit, case, case.draw, *after.tasks, *after.moderations, *after.concerns, *after.reaudits]
    if after.returned:
        things.append(after.returned)
    told = _lines(events_of(*things))
    return tuple(line if concerns or thing != "concern" else replace(line, because="") for thing, line in told)


def _lines(events: Iterable[Event]) -> Iterator[tuple[str, Happened]]:
    """Each line with what it is about."""
    for _, run in groupby(events, key=lambda event: (event.thing, event.verb, event.by_id, event.because)):
        told = list(run)
        yield told[0].thing, _told(told)


def _told(run: Sequence[Event]) -> Happened:
    first = run[0]
    what = SAID.get((first.thing, first.verb), f"{first.verb}: {first.thing}")
    times = f" ({len(run)} times)" if len(run) > 1 else ""
    return Happened(first.at, first.by_name, first.capacity, f"{what}{times}", first.because)
