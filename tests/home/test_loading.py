"""The demonstration council comes in through the services, whole or not at all, and its trail is whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from goldenthread.home.loading.demonstration import load_demonstration
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority, Person

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_it_never_joins_a_council_that_is_there() -> None:
    Authority.objects.create(name="A real council", short_name="Real")
    with pytest.raises(Refused, match="is a council in this database already"):
        load_demonstration(now=NOW, today=TODAY, tell=lambda _: None)
    assert Person.objects.count() == 0
