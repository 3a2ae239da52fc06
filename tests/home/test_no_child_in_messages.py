"""No child's data in any message: a whole round and a month of reminders, and every message searched for every case."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from goldenthread.home.nightly.reminders import SOURCES, remind
from goldenthread.notices.models import Notice
from goldenthread.people.models import Person
from goldenthread.plan.services.sessions import cancel_session
from goldenthread.select.models import CaseLine
from tests import make
from tests.audit import inspecting

pytestmark = pytest.mark.django_db

DAYS = [date(2026, 10, 26), date(2026, 11, 6), date(2026, 11, 13), date(2026, 12, 10)]


def test_no_message_of_a_round_names_a_case() -> None:
    here = make.council()
    Person.objects.update(email="somebody@ambermere.example")
    inspecting.shared_out()
    returned = make.returned_audit()
    cancel_session(by=here.maya, session=returned.audit.session, because=f"Case {returned.audit.ref}", now=make.NOW)
    for day in DAYS:
        remind(here.authority.pk, SOURCES, now=datetime(day.year, day.month, day.day, 2, tzinfo=UTC), today=day)

    written = [" ".join((each.key, each.subject, each.body, each.calendar)) for each in Notice.objects.all()]
    refs = list(CaseLine.objects.values_list("ref", flat=True))
    assert (len(written) > 10, len(refs) > 10) == (True, True)
    assert set(Notice.objects.values_list("kind", flat=True)) >= {
        "invitation",
        "cancellation",
        "reminder",
    }
    assert [(ref, text) for text in written for ref in refs if ref in text] == []
