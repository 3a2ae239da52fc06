"""The demonstration council comes in through the services, whole or not at all, and its trail is whole."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from goldenthread.act.models import Return
from goldenthread.audit.models import Audit
from goldenthread.home.loading.demonstration import load_demonstration
from goldenthread.learn.models import Edition
from goldenthread.method.case_list import verify
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority, Person
from goldenthread.select.models import CaseList, Draw
from goldenthread.select.services.draws import outcome_of
from goldenthread.trail.queries import breaks

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_small_demonstration_is_loaded_through_every_stage() -> None:
    told: list[str] = []
    audits = load_demonstration(now=NOW, today=TODAY, tell=told.append, scale=0.2)

    assert audits == Audit.objects.filter(state="submitted").count() == Return.objects.count() > 20
    assert Counter(Edition.objects.values_list("state", flat=True))["published"] > 5
    assert CaseList.objects.filter(as_at=date(2026, 11, 22), source="annex_a", state="loaded").count() == 1
    assert Person.objects.exclude(about="").count() == 14
    assert Audit.objects.filter(state="allotted").exclude(parts__people__about="").count() > 2
    assert [
        draw.draw_id for draw in Draw.objects.all() if verify(outcome_of(draw).as_json(), draw.frame.encode())
    ] == []
    assert breaks() == []
    assert told[0] == "Inventing a council"


def test_it_never_joins_a_council_that_is_there() -> None:
    Authority.objects.create(name="A real council", short_name="Real")
    with pytest.raises(Refused, match="is a council in this database already"):
        load_demonstration(now=NOW, today=TODAY, tell=lambda _: None)
    assert Person.objects.count() == 0
