"""The factories go all the way round the cycle by themselves."""

from __future__ import annotations

import pytest
from django.db import transaction

from goldenthread.people.models import Post, Team
from goldenthread.plan.models import Group
from goldenthread.trail.models import Event
from goldenthread.trail.queries import breaks
from tests import kept, make

pytestmark = pytest.mark.django_db


def test_one_call_walks_from_an_empty_database_to_an_accepted_return() -> None:
    returned = make.accepted_return()

    assert (returned.state, returned.audit.state, returned.audit.session.group.key) == (
        "accepted",
        "submitted",
        "safeguarding",
    )


def test_the_council_is_made_once() -> None:
    assert make.council() == make.council()


def test_what_is_set_down_again_is_what_was_founded_and_whoever_comes_next_has_a_number_of_her_own() -> None:
    kept._kept.clear()
    found = []
    for _ in range(2):
        with transaction.atomic():
            make.council()
            found.append({model: list(model.objects.order_by("pk").values()) for model in (Post, Team, Group, Event)})
            make.person()
            assert breaks() == []
            transaction.set_rollback(True)

    # On PostgreSQL numbers are never given twice, so the second set is the first's and not merely one like it.
    assert found[0] == found[1]
    assert all(found[0].values())


def test_nothing_is_set_down_where_somebody_is_already() -> None:
    make.council()
    asked = []
    kept.made_once(lambda: asked.append("made"))

    assert asked == ["made"]
