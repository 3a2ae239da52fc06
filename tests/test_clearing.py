"""Between two live-server tests the trail is emptied, and within each it is guarded as ever."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError

from goldenthread.trail.models import Event


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_each_time_the_trail_begins_empty_and_cannot_be_emptied(time: str) -> None:
    assert Event.objects.count() == 0
    Event.objects.create(seq=1, at=datetime(2026, 11, 2, tzinfo=UTC), verb="opened", thing="audit", thing_id=1)

    with pytest.raises(DatabaseError):
        Event.objects.all().delete()
