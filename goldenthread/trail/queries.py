"""Reading the trail: what happened to one thing, and whether the chain is whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import QuerySet

from goldenthread.trail.models import FIRST, Event


def events_of(*things: models.Model) -> QuerySet[Event]:
    """Everything done to, or seen of, these things, oldest first."""
    matching = models.Q()
    for thing in things:
        matching |= models.Q(thing=thing._meta.model_name, thing_id=thing.pk)
    return Event.objects.filter(matching).order_by("seq") if things else Event.objects.none()


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How long the trail was at a moment, and the hash of its last event: kept outside, it shows what came before."""

    count: int
    head: str
    at: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The trail read from its first event to its last: how many there are, the last one's hash, what does not hold."""

    events: int
    head: str
    breaks: tuple[str, ...]


def breaks(events: Iterable[Event] | None = None) -> list[str]:
    """A sentence for each place where the chain does not hold; none when it is whole."""
    return list(examined(events).breaks)


def examined(events: Iterable[Event] | None = None, checkpoint: Checkpoint | None = None) -> Verdict:
    """Hold every event against the one before it, and the whole against the checkpoint if there is one.

    The chain alone shows neither a tail cut off nor a trail made up anew from the start; a checkpoint shows both.
    """
    found: list[str] = []
    number, expected, previous = 0, 1, FIRST
    for event in events if events is not None else Event.objects.order_by("seq").iterator(2000):
        if event.seq != expected:
            found.append(f"Event {expected} is missing: the next one is {event.seq}.")
        if event.previous != previous:
            found.append(f"Event {event.seq} does not follow from the event before it.")
        if event.digest() != event.hash:
            found.append(f"Event {event.seq} is not what was recorded: its content has been changed.")
        if checkpoint and event.seq == checkpoint.count and event.hash != checkpoint.head:
            found.append(f"Event {event.seq} is not the one that the checkpoint of {checkpoint.at} names.")
        number, expected, previous = number + 1, event.seq + 1, event.hash
    if checkpoint and expected <= checkpoint.count:
        named = f"the checkpoint of {checkpoint.at} names {checkpoint.count}"
        found.append(f"The trail ends at event {expected - 1}; {named}.")
    return Verdict(number, previous, tuple(found))
