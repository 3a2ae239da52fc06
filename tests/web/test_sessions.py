"""Sign-in sessions: found while they last, and not a moment longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from goldenthread.web import clock
from goldenthread.web.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> SessionStore:
    store = SessionStore()
    store["who"] = "Maya"
    store.save()
    return store


def test_what_was_kept_is_found_by_its_key(kept: SessionStore) -> None:
    assert SessionStore(kept.session_key).get("who") == "Maya"


def test_an_expired_session_is_as_good_as_none(kept: SessionStore) -> None:
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    found = SessionStore(kept.session_key)
    assert (found.get("who"), found.session_key) == (None, None)


def test_a_key_that_nobody_was_given_opens_nothing(kept: SessionStore) -> None:
    found = SessionStore("k" * 32)
    assert (found.get("who"), found.session_key) == (None, None)


def test_a_session_that_was_ended_is_gone_at_once(kept: SessionStore) -> None:
    Session.objects.all().delete()
    assert SessionStore(kept.session_key).get("who") is None
