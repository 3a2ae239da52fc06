"""The demonstration council comes in through the services, whole or not at all, and its trail is whole."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db.models import QuerySet

from goldenthread.act.models import Concern, Extension, Reaudit, Return, Task, TaskCheck
from goldenthread.audit.models import Audit, Calibration, Moderation
from goldenthread.framework.models import Theme
from goldenthread.home.loading.demonstration import load_demonstration
from goldenthread.learn.models import Attendance, Briefing, Edition
from goldenthread.method.case_list import verify
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority, Person
from goldenthread.select.models import CaseList, Draw
from goldenthread.select.services.draws import outcome_of
from goldenthread.trail.queries import breaks

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def published() -> QuerySet[Edition]:
    return Edition.objects.filter(state="published")


def test_a_small_demonstration_is_loaded_through_every_stage() -> None:
    told: list[str] = []
    audits = load_demonstration(now=NOW, today=TODAY, tell=told.append, scale=0.2)

    assert audits == Return.objects.count() > 20
    fresh = Audit.objects.filter(state="submitted").exclude(pk__in=Return.objects.values("audit"))
    assert set(fresh.values_list("submitted_at__date", flat=True)) == {TODAY}
    assert {"waiting", "to agree", "agreed", "challenged"} <= set(Moderation.objects.values_list("state", flat=True))
    assert Counter(bool(each.agreed) for each in Calibration.objects.all()) == {True: 1, False: 1}
    assert Counter(Edition.objects.values_list("state", flat=True))["published"] > 5
    assert CaseList.objects.filter(as_at=date(2026, 11, 22), source="annex_a", state="loaded").count() == 1
    assert Person.objects.exclude(about="").count() == 14
    assert Audit.objects.filter(state="allotted").exclude(parts__people__about="").count() > 2
    assert [
        draw.draw_id
        for draw in Draw.objects.exclude(seed="")
        if verify(outcome_of(draw).as_json(), draw.frame.encode())
    ] == []
    assert {"signed off", "to do"} <= set(Task.objects.values_list("state", flat=True))
    assert Task.objects.filter(severity="urgent").exists()
    assert Task.objects.exclude(scope="child").exists()
    assert Task.objects.filter(agreed_at__isnull=False).exists()
    assert Task.objects.filter(decided_at__isnull=False).exists()
    assert Extension.objects.exists()
    assert {"owed", "arranged", "done"} <= set(Reaudit.objects.values_list("state", flat=True))
    assert "done" in set(TaskCheck.objects.values_list("outcome", flat=True))
    assert Counter(Concern.objects.values_list("state", flat=True)) == {"closed": 1, "acknowledged": 1}
    assert Theme.objects.filter(retired_at__isnull=False).count() == 1
    assert {"quarterly", "session", "briefing"} <= set(published().values_list("report", flat=True))
    assert Edition.objects.get(state="draft").report == "quarterly"
    assert Attendance.objects.values("session__briefing").distinct().count() == Briefing.objects.count() == 2
    assert Briefing.objects.filter(edition__isnull=False).exists()
    assert breaks() == []
    assert told[0] == "Inventing a council"


def test_it_never_joins_a_council_that_is_there() -> None:
    Authority.objects.create(name="A real council", short_name="Real")
    with pytest.raises(Refused, match="is a council in this database already"):
        load_demonstration(now=NOW, today=TODAY, tell=lambda _: None)
    assert Person.objects.count() == 0
