"""The factories go all the way round the cycle by themselves."""

from __future__ import annotations

import pytest

from tests import make

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
