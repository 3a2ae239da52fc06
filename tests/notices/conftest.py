"""Mail goes to a server of the test's own, with little patience."""

from __future__ import annotations

from typing import Any

import pytest

from tests.notices.post import free_port


@pytest.fixture
def outgoing(settings: Any) -> int:
    """The port that mail goes to; whether anybody listens there is for the test to say."""
    settings.MAIL_SET_UP = True
    settings.EMAIL_BACKEND = "goldenthread.notices.smtp.OutgoingBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_TIMEOUT = settings.EMAIL_ANSWER_TIMEOUT = 0.3
    port: int = settings.EMAIL_PORT
    return port
