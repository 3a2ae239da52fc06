"""The trail of one returned audit as sentences."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from goldenthread.act.queries import OpenReturn, events_of_return
from goldenthread.audit.history import Told
from goldenthread.trail.models import Event


def history_of(opened: OpenReturn) -> list[Told]:
    """Newest first. Several readings by one person in a row are told as one line with their number."""
    events = groupby(events_of_return(opened), key=lambda event: (event.verb, event.by_id, event.thing))
    return [line for _, run in events for line in _told(list(run), opened)][::-1]


def _told(run: list[Event], opened: OpenReturn) -> list[Told]:
    last = run[-1]
    if last.verb == "read":
        title = "Read the audit" if len(run) == 1 else f"Read the audit {len(run)} times"
        return [Told(title, f"{last.by_name}, {last.capacity}", last.at)]
    return [_one(event, opened) for event in run]


def _one(event: Event, opened: OpenReturn) -> Told:
    sentence = SENTENCES.get((event.thing, event.verb), lambda opened: f"{event.verb.capitalize()} the {event.thing}")
    tasks = {task.pk: task for task in opened.tasks}
    text = event.because
    if event.thing == "task" and event.thing_id in tasks:
        asked = tasks[event.thing_id].text
        text = f"“{asked}” Reason: {event.because}" if event.because else f"“{asked}”"
    return Told(sentence(opened), f"{event.by_name}, {event.capacity}", event.at, text)


SENTENCES: dict[tuple[str, str], Callable[[OpenReturn], str]] = {
    ("audit", "submitted"): lambda opened: "Submitted the audit",
    ("audit", "returned"): lambda opened: "Returned the audit to the team",
    ("task", "completed"): lambda opened: "Marked a task done",
    ("task", "agreed to"): lambda opened: "Agreed to a task",
    ("task", "challenged"): lambda opened: "Said that a task is not hers, or not needed",
    ("task", "kept"): lambda opened: "Decided that a challenged task stands",
    ("task", "dropped"): lambda opened: "Decided that a challenged task is not needed",
    ("task", "extended"): lambda opened: "Gave a task more time",
    ("task", "asked after"): lambda opened: "Asked after a task",
    ("task", "reopened"): lambda opened: "Asked for a task again",
    ("return", "signed off"): lambda opened: "Signed off the tasks completed section",
    ("return", "accepted"): lambda opened: "Accepted the signed section",
    ("return", "sent back"): lambda opened: "Sent the signed section back to the team",
}
