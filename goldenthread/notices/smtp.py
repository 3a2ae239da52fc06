"""Django's way to a mail server, and one thing it does not say: that a message was taken and no answer came."""

from __future__ import annotations

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend


class Unanswered(OSError):
    """The message was handed over and the server broke off before it answered: it may have arrived, or not."""


class _Patient:
    """Waits longer for the answer to a whole message than for any other, and says when none came."""

    def data(self, msg: Any) -> Any:
        self.sock.settimeout(settings.EMAIL_ANSWER_TIMEOUT)  # type: ignore[attr-defined]
        try:
            return super().data(msg)  # type: ignore[misc]
        except smtplib.SMTPResponseException:
            raise  # an answer
        except OSError as fault:
            raise Unanswered(str(fault)) from fault


class _Plain(_Patient, smtplib.SMTP):
    pass


class _Encrypted(_Patient, smtplib.SMTP_SSL):
    pass


class OutgoingBackend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Encrypted if self.use_ssl else _Plain
