"""Mail servers of every temper, on loopback, and somebody to write to."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from goldenthread.notices.models import Notice
from goldenthread.notices.services import tell

NOW = datetime(2026, 10, 6, 14, 0, tzinfo=UTC)


@dataclass
class Somebody:
    """Whoever is written to."""

    pk: int = 7
    name: str = "Ffion Carrow"
    email: str = "ffion.carrow@ambermere.example"
    authority_id: int = 1


def told(key: str = "a", *, to: Somebody | None = None, now: datetime = NOW, **more: Any) -> Notice:
    """A notice in the outbox."""
    words = {"kind": "test", "subject": "A session", "body": "A session is arranged."} | more
    return tell(key=key, to=to or Somebody(), now=now, **words)


def listening_for(settings: Any) -> int:
    """Have mail sent to a port of this machine, with little patience; the port."""
    settings.MAIL_SET_UP = True
    settings.EMAIL_BACKEND = "goldenthread.notices.smtp.OutgoingBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_TIMEOUT = settings.EMAIL_ANSWER_TIMEOUT = 0.3
    port: int = settings.EMAIL_PORT
    return port


@dataclass
class Server:
    """A mail server. `temper(server, stage)` is asked at RCPT and DATA and may give an answer, wait, or break off."""

    port: int
    answers: dict[str, list[str]] = field(default_factory=dict)
    taken: list[EmailMessage] = field(default_factory=list)

    @property
    def copies(self) -> Counter[str]:
        """How often each message was taken, by its Message-ID."""
        return Counter(str(message["Message-ID"]) for message in self.taken)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        answer = await self._answer(server, "RCPT")
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if (refusal := self.answers.get("DATA", [""])[:1]) and refusal[0][:1] in {"4", "5"}:
            return await self._answer(server, "DATA")
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.taken.append(message)  # type: ignore[arg-type]
        return await self._answer(server, "DATA") or "250 Taken"

    async def _answer(self, server: SMTP, stage: str) -> str:
        """The next answer at this stage: words to say, `wait` to outlast anyone's patience, `die` to break off."""
        asked = self.answers.get(stage) or [""]
        answer = asked.pop(0)
        if answer == "wait":
            await asyncio.sleep(2)
        if answer in {"die", "wait"}:
            assert server.transport is not None
            server.transport.abort()
        return answer


class _Quick(Controller):
    def factory(self) -> SMTP:
        return SMTP(self.handler, hostname="loopback", enable_SMTPUTF8=True)


@contextmanager
def mail_server(port: int | None = None, **answers: list[str]) -> Iterator[Server]:
    """A server on this port, answering so at RCPT and DATA; once the answers are used up, it takes everything."""
    server = Server(port or free_port(), answers)
    controller = _Quick(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
