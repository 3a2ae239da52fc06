"""Writing a report: figures drafted, the unit's words beside them, and nothing that anybody wrote lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.learn.queries.editions import draft_of
from goldenthread.learn.reports import session as session_report
from goldenthread.plan.models import Session
from tests import make
from tests.learn.published import edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return make.submitted_audit().session


@pytest.fixture
def unit(client: Client) -> Client:
    client.force_login(make.council().maya)
    return client


def key(session: Session) -> str:
    return f"session:{session.code}"


def address(session: Session) -> str:
    return reverse("write_report", args=["session", key(session)])


def sent(client: Client, session: Session, seen: int, **words: str):  # type: ignore[no-untyped-def]
    data = {"words-seen": str(seen)} | {f"words-{part}": text for part, text in words.items()}
    return client.post(address(session), data)


def test_it_shows_the_drafted_figures_with_room_for_words_beside_each_part(unit: Client, session: Session) -> None:
    shown = unit.get(address(session)).content.decode()

    assert "1 of 1" in shown
    assert shown.count("<textarea") == 8


def test_looking_at_it_writes_nothing(unit: Client, session: Session) -> None:
    unit.get(address(session))

    assert draft_of("session", session_report.of(session)) is None


def test_words_are_saved_and_the_way_goes_on_to_the_preview(unit: Client, session: Session) -> None:
    response = unit.post(address(session), {"words-seen": "1", "words-summary": "Warm work.", "then": "preview"})

    assert response.headers["Location"] == reverse("preview_report", args=["session", key(session)])
    assert "Warm work." in unit.get(response.headers["Location"]).content.decode()


def test_after_a_clash_both_texts_stand_on_the_page_and_saving_again_keeps_what_is_typed(
    unit: Client, session: Session
) -> None:
    sent(unit, session, 1, summary="His words.", practice="Only his.")

    clash = sent(unit, session, 1, summary="Her words.", practice="")
    shown = clash.content.decode()

    assert clash.status_code == 409
    assert "Maya Holt saved this report after you opened it" in shown
    assert '<p class="govuk-body">His words.</p>' in shown
    assert ">Her words.</textarea>" in shown
    assert ">Only his.</textarea>" in shown
    sent(unit, session, 2, summary="Her words.", practice="Only his.")
    draft = draft_of("session", session_report.of(session))
    assert draft is not None
    assert draft.words == {"summary": "Her words.", "practice": "Only his."}


def test_too_many_words_are_a_fault_beside_the_field_and_stay_there(unit: Client, session: Session) -> None:
    response = sent(unit, session, 1, grades="g" * 10_001)

    shown = response.content.decode()
    assert "Grades: write at most 10,000 characters." in shown
    assert "g" * 10_001 in shown
    assert 'href="#words-grades"' in shown


def test_another_edition_begins_with_the_words_of_the_last(unit: Client, session: Session) -> None:
    edition(session, summary="Warm work.")

    assert ">Warm work.</textarea>" in unit.get(address(session)).content.decode()


def test_the_pages_script_is_told_the_version_kept(unit: Client, session: Session) -> None:
    response = unit.post(
        reverse("save_report", args=["session", key(session)]), {"words-seen": "1", "words-grades": "Steady."}
    )

    assert (response.status_code, response.json()) == (200, {"version": 2})


def test_the_pages_script_is_told_why_words_are_not_kept(unit: Client, session: Session) -> None:
    address = reverse("save_report", args=["session", key(session)])
    unit.post(address, {"words-seen": "1", "words-grades": "Steady."})

    clash = unit.post(address, {"words-seen": "1", "words-grades": "Not so."})
    too_long = unit.post(address, {"words-seen": "2", "words-grades": "g" * 10_001})

    assert (clash.status_code, too_long.status_code) == (409, 400)
    assert clash.json()["sentences"][0].startswith("Maya Holt saved this report")
    assert too_long.json() == {"sentences": ["Grades: write at most 10,000 characters."]}


def test_a_session_of_nobody_is_not_found(unit: Client) -> None:
    assert unit.get(reverse("write_report", args=["session", "session:nowhere"])).status_code == 404


def test_a_manager_may_not_write_it(client: Client, session: Session) -> None:
    client.force_login(make.council().rafiq)

    assert client.get(address(session)).status_code == 403
