"""Audits in any order, by anybody, under two frameworks that work differently: nothing that must hold ever breaks.

`TEST_STORIES` says how many stories of each are told: some by default, and a thousand before a change of what may
follow what, which take a quarter of an hour.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.any_order.councils import council_under
from tests.any_order.invariants import INVARIANTS
from tests.any_order.story import Story

STORIES = int(os.environ.get("TEST_STORIES", "24"))
FRAMEWORKS = ("knowsley_2009", "wexmoor_2026")
REACHED = {"share out", "allot", "answer", "note", "submit"}  # by any few stories; how far they get is theirs

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("key", FRAMEWORKS)
def test_whatever_is_tried_in_whatever_order_everything_holds(key: str) -> None:
    told = type(
        "Told", (Story,), {"small": council_under(key), "taken": {}, "refused": {}, "TestCase": None}
    )  # fmt: skip
    few = settings(
        max_examples=STORIES, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,), derandomize=True, database=None,
    )  # fmt: skip

    run_state_machine_as_test(told, settings=few)

    assert set(told.taken) >= REACHED, sorted(REACHED - set(told.taken))
    assert told.refused


def test_at_least_twenty_things_are_held_after_every_step() -> None:
    assert len(INVARIANTS) >= 20
