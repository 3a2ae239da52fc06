"""The demonstration council, loaded once for all of these: it came through the services, and every link on it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html
import pytest
import time_machine
from django.db import transaction
from django.db.models import QuerySet
from django.urls import resolve

from goldenthread.act.models import Concern, Extension, Reaudit, Return, Task, TaskCheck
from goldenthread.audit.models import Audit, Calibration, Moderation
from goldenthread.framework.models import Theme
from goldenthread.home.loading.demonstration import load_demonstration
from goldenthread.learn.models import Attendance, Briefing, Edition
from goldenthread.method.case_list import verify
from goldenthread.people.models import Person
from goldenthread.select.models import CaseList, Draw
from goldenthread.select.services.draws import outcome_of
from goldenthread.trail.queries import breaks
from tests.browsing import signed_in

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

TWICE = 2  # each page is opened for so many of the things it shows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[int, list[str]]]:
    """A fifth of the council: its past audits, and what was told meanwhile. Taken back after the last of the tests."""
    told: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_demonstration(now=NOW, today=TODAY, tell=told.append, scale=0.2), told
        transaction.set_rollback(True)


def published() -> QuerySet[Edition]:
    return Edition.objects.filter(state="published")


def test_a_small_demonstration_is_loaded_through_every_stage(loaded: tuple[int, list[str]]) -> None:
    audits, told = loaded

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


def test_every_link_that_anybody_is_shown_opens() -> None:
    broken = {person.username: walked(person) for person in Person.objects.exclude(about="")}

    assert {name: found for name, found in broken.items() if found} == {}


def walked(person: Person) -> list[str]:
    """The addresses that she is led to and that do not open, from Your work on."""
    client, opened, broken, waiting = signed_in(person), Counter[str](), [], ["/"]
    known = set(waiting)
    with time_machine.travel(NOW, tick=False):
        while waiting:
            address = waiting.pop(0)
            page = resolve(urlsplit(address).path).view_name
            if opened[page] == TWICE:
                continue
            opened[page] += 1
            answer = client.get(address, follow=True)
            if answer.status_code != HTTPStatus.OK:
                broken.append(f"{address}: {answer.status_code}")
            for link in links(answer, address):
                if link not in known:
                    known.add(link)
                    waiting.append(link)
    return broken


def links(answer: Any, address: str) -> list[str]:
    """Where the links of a page lead to within the product, signing out left alone."""
    if answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return []
    found = lxml.html.document_fromstring(answer.content).xpath("//a/@href")
    led = (urldefrag(urljoin(address, link)).url for link in found)
    return [link for link in led if link.startswith("/") and not link.startswith(("/static/", "/sign-out/"))]
