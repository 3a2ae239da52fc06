"""Reading the trail: what happened to one thing, and whether the chain is whole."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import QuerySet

from goldenthread.trail.models import Event


def events_of(*things: models.Model) -> QuerySet[Event]:
    """Everything done to, or seen of, these things, oldest first."""
    matching = models.Q()
    for thing in things:
        matching |= models.Q(thing=thing._meta.model_name, thing_id=thing.pk)
    return Event.objects.filter(matching).order_by("seq") if things else Event.objects.none()


def breaks(events: Iterable[Event] | None = None) -> list[str]:
    """A sentence for each place where the chain does not hold; none when it is whole."""
    found: list[str] = []
    expected, previous = 1, "0" * 64
    for event in events if events is not None else Event.objects.order_by("seq").iterator(2000):
        if event.seq != expected:
            found.append(f"Event {expected} is missing: the next one is {event.seq}.")
        if event.previous != previous:
            found.append(f"Event {event.seq} does not follow from the event before it.")
        if event.digest() != event.hash:
            found.append(f"Event {event.seq} is not what was recorded: its content has been changed.")
        expected, previous = event.seq + 1, event.hash
    return found
