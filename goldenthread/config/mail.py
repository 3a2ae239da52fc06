"""Which mail server, from the environment: `smtp://user:password@host:port`, `smtps://…` or `smtp+starttls://…`."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
CAPTURED = "goldenthread.notices.capturing.CapturingBackend"
SENT = "goldenthread.notices.smtp.OutgoingBackend"


def from_environment(url: str | None, demonstration: bool) -> dict[str, Any]:
    """Django's settings of mail. In the demonstration nothing is sent, whatever the environment says: it is captured.

    >>> settings = from_environment("smtps://maya:se%40cret@mail.example.gov.uk", demonstration=False)
    >>> settings["EMAIL_HOST"], settings["EMAIL_PORT"], settings["EMAIL_HOST_PASSWORD"], settings["EMAIL_USE_SSL"]
    ('mail.example.gov.uk', 465, 'se@cret', True)
    >>> from_environment(None, demonstration=False)["MAIL_SET_UP"]
    False
    """
    if demonstration:
        return {"EMAIL_BACKEND": CAPTURED, "MAIL_SET_UP": True}
    if not url:
        return {"EMAIL_BACKEND": SENT, "MAIL_SET_UP": False}
    return {"EMAIL_BACKEND": SENT, "MAIL_SET_UP": True} | smtp(url)


def smtp(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in PORTS or not parts.hostname or (port is None and ":" in parts.netloc.rpartition("@")[2]):
        raise ImproperlyConfigured(
            "GOLDENTHREAD_SMTP must read smtp://user:password@host:port, smtps://… or smtp+starttls://…"
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
    }
