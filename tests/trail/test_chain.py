"""Each event is chained to the one before it, so that whoever owns the database cannot rewrite it unseen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.trail.models import Event
from goldenthread.trail.queries import Checkpoint, Verdict, breaks, examined
from goldenthread.trail.services import record
from tests import make
from tests.conftest import without_triggers

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def trail(db: None) -> list[Event]:
    """The events of a council, and three more."""
    here = make.council()
    for turn in (1, 2, 3):
        record(by=here.maya, verb="renamed", thing=here.authority, at=NOON, now={"turn": turn}, because="Why not?")
    return list(Event.objects.order_by("seq"))


@contextmanager
def tampering() -> Iterator[None]:
    """What somebody can do who owns the database: take the triggers down first."""
    with without_triggers():
        yield


def test_a_trail_that_nobody_touched_is_whole(trail: list[Event]) -> None:
    assert breaks() == []


def test_every_link_follows_from_the_one_before(trail: list[Event]) -> None:
    assert [event.previous for event in trail] == ["0" * 64, *(event.hash for event in trail[:-1])]


CHANGED = {
    "at": datetime(2026, 11, 2, 12, 0, 0, 1, tzinfo=UTC),
    "authority_id": None,
    "by_id": 999,
    "by_name": "Someone Else",
    "capacity": "Service Director",
    "verb": "approved",
    "thing": "audit",
    "thing_id": 999,
    "was": {"turn": 0},
    "now": {"turn": 9},
    "because": "No reason.",
}


@pytest.mark.parametrize("field", CHANGED)
def test_a_changed_field_is_found(trail: list[Event], field: str) -> None:
    seq = trail[-2].seq
    with tampering():
        Event.objects.filter(seq=seq).update(**{field: CHANGED[field]})

    assert breaks() == [f"Event {seq} is not what was recorded: its content has been changed."]


def test_every_field_of_an_event_is_covered() -> None:
    assert {field.attname for field in Event._meta.concrete_fields} == {*CHANGED, "seq", "previous", "hash"}


def test_a_changed_event_with_its_hash_made_anew_is_found(trail: list[Event]) -> None:
    forged = trail[-2]
    forged.because = "No reason."
    with tampering():
        Event.objects.filter(seq=forged.seq).update(because=forged.because, hash=forged.digest())

    assert breaks() == [f"Event {forged.seq + 1} does not follow from the event before it."]


def test_a_deleted_event_is_found(trail: list[Event]) -> None:
    seq = trail[-2].seq
    with tampering():
        Event.objects.filter(seq=seq).delete()

    assert breaks() == [
        f"Event {seq} is missing: the next one is {seq + 1}.",
        f"Event {seq + 1} does not follow from the event before it.",
    ]


def test_the_first_event_deleted_is_found(trail: list[Event]) -> None:
    with tampering():
        Event.objects.filter(seq=1).delete()

    assert breaks()[0] == "Event 1 is missing: the next one is 2."


def test_an_inserted_event_is_found(trail: list[Event]) -> None:
    last = trail[-1]
    with tampering():
        Event.objects.filter(seq=last.seq).update(seq=last.seq + 1)
    put_in = Event(**{**vars_of(last), "previous": trail[-2].hash, "because": "It was so."})
    put_in.hash = put_in.digest()
    put_in.save(force_insert=True)

    assert breaks() == [
        f"Event {last.seq + 1} does not follow from the event before it.",
        f"Event {last.seq + 1} is not what was recorded: its content has been changed.",
    ]


def test_two_events_swapped_are_found(trail: list[Event]) -> None:
    one, other = trail[-3].seq, trail[-2].seq
    with tampering():
        Event.objects.filter(seq=one).update(seq=9999)
        Event.objects.filter(seq=other).update(seq=one)
        Event.objects.filter(seq=9999).update(seq=other)

    assert len(breaks()) == 5


def vars_of(event: Event) -> dict[str, object]:
    return {field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields}


# --- what only a checkpoint shows ------------------------------------------------------------------------


def test_a_tail_cut_off_is_shown_by_a_checkpoint_alone(trail: list[Event]) -> None:
    last = trail[-1]
    checkpoint = Checkpoint(last.seq, last.hash, "2026-11-02")
    with tampering():
        Event.objects.filter(seq=last.seq).delete()

    assert breaks() == []
    assert examined(checkpoint=checkpoint).breaks == (
        f"The trail ends at event {last.seq - 1}; the checkpoint of 2026-11-02 names {last.seq}.",
    )


def test_a_trail_made_up_anew_is_shown_by_a_checkpoint_alone(trail: list[Event]) -> None:
    last = trail[-1]
    checkpoint, previous = Checkpoint(last.seq, last.hash, "2026-11-02"), "0" * 64
    with tampering():
        for event in trail:
            event.because, event.previous = "Another story.", previous
            previous = event.digest()
            Event.objects.filter(pk=event.pk).update(because=event.because, previous=event.previous, hash=previous)

    assert breaks() == []
    assert examined(checkpoint=checkpoint).breaks == (
        f"Event {last.seq} is not the one that the checkpoint of 2026-11-02 names.",
    )


def test_an_older_checkpoint_holds_while_the_trail_grows(trail: list[Event]) -> None:
    earlier, last = trail[2], trail[-1]

    checkpoint = Checkpoint(earlier.seq, earlier.hash, "2026-11-02")
    assert examined(checkpoint=checkpoint) == Verdict(len(trail), last.hash, ())


# --- many at once, and anything in the words -----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_four_who_write_at_once_fork_nothing() -> None:
    here = make.council()
    before = Event.objects.count()
    failures: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(15):
                record(by=here.maya, verb="renamed", thing=here.authority, at=NOON)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (failures, Event.objects.count() - before, breaks()) == ([], 60, [])


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
SAID = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(was=SAID, now=SAID, because=WORDS)
def test_whatever_is_recorded_reads_back_as_it_was_hashed(was: object, now: object, because: str) -> None:
    here = make.council()

    made = record(by=here.maya, verb="renamed", thing=here.authority, at=NOON, was=was, now=now, because=because)

    assert Event.objects.get(pk=made.pk).digest() == made.hash
