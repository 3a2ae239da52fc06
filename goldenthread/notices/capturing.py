"""Mail of the demonstration: kept as files in the data directory and shown on a page, never sent."""

from __future__ import annotations

import email
import email.policy
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

LATELY = 100
NAME = re.compile(r"[0-9a-f]{24}")


class CapturingBackend(BaseEmailBackend):
    """Takes each message whole or not at all; the same message again takes its own place."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAIL_CAPTURED)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            written = message.message()
            name = hashlib.sha256(str(written["Message-ID"]).encode()).hexdigest()[:24]
            whole, half = folder / f"{name}.eml", folder / f"{name}.{os.getpid()}.half"
            half.write_bytes(written.as_bytes())
            half.replace(whole)
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class Captured:
    """A message that was captured. `calendar` is its calendar file, or nothing."""

    name: str
    at: datetime
    to: str
    sender: str
    subject: str
    text: str
    calendar: str


def captured() -> list[Captured]:
    """The last hundred messages, the newest first."""
    files = sorted(Path(settings.MAIL_CAPTURED).glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [_read(file) for file in files[:LATELY]]


def captured_or_none(name: str) -> Captured | None:
    file = Path(settings.MAIL_CAPTURED) / f"{name}.eml"
    return _read(file) if NAME.fullmatch(name) and file.is_file() else None


def _read(file: Path) -> Captured:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    calendar = next((part for part in message.walk() if part.get_content_type() == "text/calendar"), None)
    return Captured(
        name=file.stem,
        at=datetime.fromtimestamp(file.stat().st_mtime, UTC),
        to=str(message["To"]),
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
        calendar=calendar.get_content() if calendar else "",
    )
