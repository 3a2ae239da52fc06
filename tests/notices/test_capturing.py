"""The demonstration's mail: captured whole, shown newest first, never sent."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from goldenthread.notices.capturing import captured, captured_or_none
from goldenthread.notices.models import Notice
from goldenthread.notices.sending import send_due
from tests.notices.post import NOW, told

pytestmark = pytest.mark.django_db

ICS = "BEGIN:VCALENDAR\r\nSUMMARY:Café\r\nEND:VCALENDAR\r\n"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MAIL_SET_UP = True
    settings.EMAIL_BACKEND = "goldenthread.notices.capturing.CapturingBackend"
    settings.MAIL_CAPTURED = tmp_path / "mail"
    return tmp_path / "mail"


def send(*keys: str, **words: Any) -> None:
    for key in keys:
        told(key, **words)
    send_due(lambda: NOW)


def test_what_is_told_is_captured_with_its_calendar_file() -> None:
    send("a", subject="Session on 14 May – moved", calendar=ICS, calendar_method="REQUEST")

    (message,) = captured()
    assert (message.subject, message.to) == (
        "Session on 14 May – moved",
        "Ffion Carrow <ffion.carrow@ambermere.example>",
    )
    assert message.text.splitlines() == ["A session is arranged.", "", "http://localhost:8000/"]
    assert message.calendar.splitlines() == ICS.splitlines()


def test_the_newest_stands_first(folder: Path) -> None:
    send("a", subject="First")
    for file in folder.iterdir():
        os.utime(file, (1, 1))
    send("b", subject="Second")

    assert [message.subject for message in captured()] == ["Second", "First"]


def test_a_message_is_found_by_its_name_and_nothing_else_is(folder: Path) -> None:
    send("a")
    (message,) = captured()
    (folder.parent / "secret.eml").write_text("Subject: secret\n\n")

    assert captured_or_none(message.name) == message
    assert [captured_or_none(name) for name in ("../secret", "0" * 24, "", message.name + "x")] == [None] * 4


def test_there_is_no_mail_before_the_first_message() -> None:
    assert captured() == []


def test_the_same_message_twice_is_one(folder: Path) -> None:
    send("a")
    Notice.objects.update(state="waiting", sent=None)
    send_due(lambda: NOW)

    assert [file.suffix for file in folder.iterdir()] == [".eml"]
