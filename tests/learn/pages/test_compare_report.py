"""Comparing: what changed since an earlier edition, words and figures side by side."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from goldenthread.learn.reports import session as session_report
from goldenthread.learn.services import draft_edition, save_words
from goldenthread.plan.models import Session
from tests import make
from tests.learn.published import edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(client: Client) -> Client:
    client.force_login(make.council().maya)
    return client


def address(session: Session) -> str:
    return reverse("compare_report", args=["session", f"session:{session.code}"])


def test_words_and_figures_that_changed_stand_side_by_side(unit: Client) -> None:
    session = make.drawn_session(2)
    audits = make.audits(session)
    make.submitted_audit(audits[0])
    edition(session, summary="Warm work.")
    make.submitted_audit(audits[1])
    maya = make.council().maya
    draft = draft_edition(by=maya, report="session", subject=session_report.of(session), now=make.NOW)
    save_words(by=maya, edition=draft, words={"summary": "Warmer work."}, seen_version=1, now=make.NOW)

    shown = unit.get(address(session)).content.decode()

    for piece in ("Warm work.", "Warmer work.", "1 of 2", "2 of 2"):
        assert piece in shown


def test_what_is_the_same_is_said_to_be(unit: Client) -> None:
    session = make.submitted_audit().session
    edition(session)

    with time_machine.travel(make.NOW, tick=False):
        shown = unit.get(address(session)).content.decode()

    assert "Nothing differs: words and figures are the same." in shown


def test_without_an_earlier_edition_there_is_nothing_to_compare_with(unit: Client) -> None:
    session = make.submitted_audit().session

    assert "so there is nothing to compare with" in unit.get(address(session)).content.decode()


@pytest.mark.parametrize("who", ["helena", "rafiq", "grace"])
def test_only_the_unit_compares(client: Client, who: str) -> None:
    session = make.submitted_audit().session
    client.force_login(getattr(make.council(), who))

    assert client.get(address(session)).status_code == 403


def test_an_edition_of_nothing_is_not_found(unit: Client) -> None:
    assert unit.get(reverse("compare_report", args=["session", "session:nowhere"])).status_code == 404
    assert unit.get(reverse("compare_report", args=["nothing", "session:nowhere"])).status_code == 404
