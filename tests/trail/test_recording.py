"""No write without a trace: what a step changes and its event are kept together, or neither is."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DatabaseError, connection, transaction

from goldenthread.people.models import Authority
from goldenthread.trail.models import Event
from goldenthread.trail.queries import events_of
from goldenthread.trail.services import Unrecorded, record, step
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("council")]
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def council() -> None:
    make.council()


@step
def rename(*, to: str, recorded: bool = True, then_fail: bool = False) -> None:
    here = make.council()
    Authority.objects.filter(pk=here.authority.pk).update(short_name=to)
    if recorded:
        record(by=here.maya, verb="renamed", thing=here.authority, at=NOON, now={"name": to})
    if then_fail:
        raise RuntimeError


def kept() -> tuple[str, int]:
    return make.council().authority.short_name, Event.objects.filter(verb="renamed").count()


def test_a_step_keeps_its_change_and_its_event() -> None:
    rename(to="Mere")

    assert kept() == ("Mere", 1)


def test_a_step_that_records_nothing_changes_nothing() -> None:
    with pytest.raises(Unrecorded):
        rename(to="Mere", recorded=False)

    assert kept() == ("Ambermere", 0)


def test_a_step_that_fails_after_recording_leaves_neither() -> None:
    with pytest.raises(RuntimeError):
        rename(to="Mere", then_fail=True)

    assert kept() == ("Ambermere", 0)


def test_what_one_step_recorded_does_not_count_for_the_next() -> None:
    rename(to="Mere")

    with pytest.raises(Unrecorded):
        rename(to="Lake", recorded=False)


def test_what_was_rolled_back_within_a_step_does_not_count_for_it() -> None:
    @step
    def outer() -> None:
        with suppress(RuntimeError):
            rename(to="Mere", then_fail=True)

    with pytest.raises(Unrecorded):
        outer()


def test_a_step_within_a_step_counts_for_both() -> None:
    @step
    def outer() -> None:
        rename(to="Mere")

    outer()

    assert kept() == ("Mere", 1)


def test_an_event_says_who_in_which_capacity_did_what_to_what_and_why() -> None:
    here = make.council()
    summer = timezone(timedelta(hours=1))

    made = record(
        by=here.rafiq, verb="renamed", thing=here.authority, at=datetime(2026, 7, 1, 10, 0, tzinfo=summer),
        was={"name": "Ambermere"}, now={"name": "Mere"}, because="A shorter name.",
    )  # fmt: skip

    content = Event.objects.get(pk=made.pk).content()
    assert content == {
        "seq": made.seq,
        "at": "2026-07-01T09:00:00.000000+00:00",
        "authority": here.authority.pk,
        "by": here.rafiq.pk,
        "name": here.rafiq.name,
        "as": "Team Manager, Duty 2",
        "verb": "renamed",
        "thing": "authority",
        "id": here.authority.pk,
        "was": {"name": "Ambermere"},
        "now": {"name": "Mere"},
        "because": "A shorter name.",
    }


def test_the_trail_keeps_the_name_that_somebody_had() -> None:
    here = make.council()
    record(by=here.rafiq, verb="renamed", thing=here.authority, at=NOON)
    before = here.rafiq.name
    here.rafiq.name = "Someone Married"
    here.rafiq.save()

    assert Event.objects.get(verb="renamed").by_name == before


def test_events_of_a_thing_come_in_the_order_they_happened_and_only_its_own() -> None:
    here = make.council()
    for verb, thing in (("one", here.authority), ("two", here.maya), ("three", here.authority)):
        record(by=here.maya, verb=verb, thing=thing, at=NOON)

    assert [event.verb for event in events_of(here.authority) if event.at == NOON] == ["one", "three"]
    assert [event.verb for event in events_of(here.authority, here.maya) if event.at == NOON] == ["one", "two", "three"]
    assert list(events_of()) == []


@pytest.mark.parametrize(
    "sql", ["UPDATE trail_event SET because = 'x'", "DELETE FROM trail_event", "UPDATE trail_event SET seq = seq + 100"]
)
def test_the_database_itself_refuses_to_change_the_trail(sql: str) -> None:
    rename(to="Mere")

    with pytest.raises(DatabaseError, match="The trail is never changed"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.postgresql
def test_the_trail_cannot_be_truncated() -> None:
    rename(to="Mere")

    with pytest.raises(DatabaseError, match="The trail is never changed"), transaction.atomic():
        connection.cursor().execute("TRUNCATE trail_event")
