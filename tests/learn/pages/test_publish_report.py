"""Publishing: who will read it is chosen, the edition is shown once more, then it is done."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.learn.models import Edition
from goldenthread.learn.reports import session as session_report
from goldenthread.learn.services import draft_edition
from goldenthread.plan.models import Session
from tests import make
from tests.learn.published import six_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(client: Client) -> Client:
    client.force_login(make.council().maya)
    return client


def begun(session: Session) -> str:
    draft_edition(by=make.council().maya, report="session", subject=session_report.of(session), now=make.NOW)
    return reverse("publish_report", args=["session", f"session:{session.code}"])


def test_a_report_nobody_has_begun_is_written_first(unit: Client) -> None:
    session = make.submitted_audit().session

    response = unit.get(reverse("publish_report", args=["session", f"session:{session.code}"]))

    assert response.headers["Location"] == reverse("write_report", args=["session", f"session:{session.code}"])


def test_it_asks_first_who_will_read_it(unit: Client) -> None:
    shown = unit.get(begun(make.submitted_audit().session)).content.decode()

    assert "Who will read this edition?" in shown
    assert "Publish edition" not in shown


def test_going_on_without_a_choice_is_answered(unit: Client) -> None:
    shown = unit.get(begun(make.submitted_audit().session), {"then": "show"}).content.decode()

    assert '<a href="#readers">Choose who will read this edition.</a>' in shown


@pytest.mark.parametrize(
    ("readers", "for_whom"), [("unit", "Quality Assurance Unit only"), ("circulation", "Team Managers")]
)
def test_what_was_shown_is_published(unit: Client, readers: str, for_whom: str) -> None:
    address = begun(six_files())
    shown = unit.get(address, {"readers": readers}).content.decode()
    digest = re.search(r'name="shown" value="([0-9a-f]{64})"', shown)
    assert digest is not None

    response = unit.post(address, {"readers": readers, "shown": digest[1]})

    kept = Edition.objects.get()
    assert response.headers["Location"] == reverse("read_edition", args=[kept.code])
    assert (kept.state, kept.sha256) == ("published", digest[1])
    assert for_whom in shown
    assert for_whom in unit.get(response.headers["Location"]).content.decode()


def test_what_was_not_shown_is_not_published(unit: Client) -> None:
    response = unit.post(begun(make.submitted_audit().session), {"readers": "unit", "shown": "0" * 64})

    assert response.status_code == 409
    assert "The report has changed since it was shown to you" in response.content.decode()
    assert Edition.objects.get().state == "draft"


def test_few_files_are_not_shown_for_circulation_but_refused_in_a_sentence(unit: Client) -> None:
    response = unit.get(begun(make.submitted_audit().session), {"readers": "circulation"})

    assert response.status_code == 403
    assert "Publish it for the unit only." in response.content.decode()
