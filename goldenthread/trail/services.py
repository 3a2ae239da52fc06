"""Writing the trail. A service of any stage is a `@step`: change and event in one transaction, or neither."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import connection, models, transaction

from goldenthread.trail.models import FIRST, Event

P = ParamSpec("P")
R = TypeVar("R")

THE_CHAIN = 20091101  # the advisory lock's number: any one, always the same

FIELDS = Event._meta.concrete_fields
LAST = f"SELECT seq, hash FROM {Event._meta.db_table} ORDER BY seq DESC LIMIT 1"  # noqa: S608 - our own names
ADD = (
    f"INSERT INTO {Event._meta.db_table} ({', '.join(str(field.column) for field in FIELDS)}) "  # noqa: S608 - as above
    f"VALUES ({', '.join(['%s'] * len(FIELDS))})"
)

_recorded: ContextVar[int] = ContextVar("events recorded", default=0)


class Unrecorded(Exception):
    """A step changed something and recorded nothing: a fault of ours, rolled back."""


class Actor(Protocol):
    """Whoever acts: a person of the council, with the post she acts from."""

    pk: Any
    name: str
    authority_id: Any

    @property
    def capacity(self) -> str: ...


def record(
    *,
    by: Actor,
    verb: str,
    thing: models.Model,
    at: datetime,
    was: Any = None,
    now: Any = None,
    because: str = "",
    capacity: str = "",
) -> Event:
    """Add one event to the trail, within the transaction of whatever it records."""
    with transaction.atomic(savepoint=False):
        seq, previous = _head()
        event = Event(
            seq=seq + 1,
            at=at.astimezone(UTC),
            authority_id=getattr(thing, "authority_id", None) or by.authority_id,
            by_id=by.pk,
            by_name=by.name,
            capacity=capacity or by.capacity,
            verb=verb,
            thing=str(thing._meta.model_name),
            thing_id=thing.pk,
            was=was,
            now=now,
            because=because,
            previous=previous,
        )
        event.hash = event.digest()
        _add(event)
    _recorded.set(_recorded.get() + 1)
    return event


def _head() -> tuple[int, str]:
    """The last event's number and hash, read under a lock: without one the chain forks under READ COMMITTED.

    On SQLite the transaction itself is the lock (BEGIN IMMEDIATE).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [THE_CHAIN])
        cursor.execute(LAST)
        last: tuple[int, str] | None = cursor.fetchone()
    return last or (0, FIRST)


def _add(event: Event) -> None:
    """Insert the event. Every save adds one, so its statement is written once and not made anew by the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(ADD, [field.get_db_prep_save(getattr(event, field.attname), connection) for field in FIELDS])


@contextmanager
def recorded() -> Iterator[None]:
    """A transaction that is rolled back unless something was recorded within it."""
    before = _recorded.get()
    try:
        with transaction.atomic():
            yield
            if _recorded.get() == before:
                raise Unrecorded("Nothing was recorded, so nothing was changed.")
    except BaseException:
        _recorded.set(before)  # what was rolled back was not recorded, should a step around this one go on
        raise


def step(service: Callable[P, R]) -> Callable[P, R]:
    """A service that changes state: its change and its event are kept together, or neither is."""

    @functools.wraps(service)
    def within(*args: P.args, **kwargs: P.kwargs) -> R:
        with recorded():
            return service(*args, **kwargs)

    return within
