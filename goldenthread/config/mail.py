"""Which mail server, from the environment: `smtp://user:password@host:port`, `smtps://…` or `smtp+starttls://…`."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

CAPTURED = "goldenthread.notices.capturing.CapturingBackend"
SENT = "goldenthread.notices.smtp.OutgoingBackend"
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


def from_address(url: str) -> dict[str, Any]:
    """Django's settings for the mail server at this address.

    >>> found = from_address("smtps://maya:se%40cret@mail.example.gov.uk")
    >>> found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"], found["EMAIL_USE_SSL"]
    ('mail.example.gov.uk', 465, 'se@cret', True)
    """
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError):
        raise _unreadable() from None
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise _unreadable()
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
    }


def _unreadable() -> ImproperlyConfigured:
    """Without the address itself: a password may stand in it."""
    return ImproperlyConfigured(
        "GOLDENTHREAD_SMTP must read smtp://user:password@host:port, smtps://… or smtp+starttls://…"
    )
