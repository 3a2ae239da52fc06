"""Telling somebody something by e-mail: written in the transaction that it tells of, sent after it or not at all."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from goldenthread.notices.tasks import send_notice

NO_ADDRESS = "No e-mail address is on record."
BAD_ADDRESS = "The e-mail address on record is not one that mail can be sent to."
LONGEST_SUBJECT = 200


class Recipient(Protocol):
    """Whoever is told: a person of the council."""

    pk: Any
    name: str
    email: str
    authority_id: Any


def tell(
    *,
    key: str,
    to: Recipient,
    kind: str,
    subject: str,
    body: str,
    now: datetime,
    calendar: str = "",
    calendar_method: str = "",
    not_before: datetime | None = None,
) -> Notice:
    """Tell somebody something once: the same key again writes nothing and gives the first notice.

    The row and the task that sends it are part of the caller's transaction. Whoever has no address is not left out in
    silence: the notice is kept as stuck and says why. `body` ends with a link; where it does not, one to the start page
    is added. Nothing of a child belongs here: a day, a group, a number of records, and where to read on.
    """
    fault = _fault_of(to.email)
    try:
        with transaction.atomic():
            notice, new = Notice.objects.get_or_create(
                key=_line("key", key, 200),
                defaults={
                    "authority_id": to.authority_id,
                    "person_id": to.pk,
                    "name": " ".join(to.name.split()),
                    "address": "" if fault else to.email,
                    "kind": _line("kind", kind, 40),
                    "subject": _shortened(_line("subject", subject)),
                    "body": _ending_in_a_link(body),
                    "calendar": calendar,
                    "calendar_method": _line("calendar method", calendar_method, 10),
                    "message_id": new_message_id(),
                    "state": "stuck" if fault else "waiting",
                    "fault": fault,
                    "written": now,
                    "due": max(now, not_before) if not_before else now,
                },
            )
            if new and not fault:
                send_notice.using(run_after=not_before).enqueue(notice.pk)
    except IntegrityError:  # told by somebody else in the same moment
        return Notice.objects.get(key=key)
    return notice


def withdraw(keys: Collection[str]) -> int:
    """Take back what is not sent yet: it will not be. How many were taken back."""
    unsent = Notice.objects.filter(key__in=keys, state__in=("waiting", "stuck"))
    return unsent.update(state="withdrawn", leased_until=None)


def withdraw_earlier(*, kind: str, before: datetime) -> int:
    """Take back what still waits of a kind that is told anew each day. How many were taken back."""
    waiting = Notice.objects.filter(kind=kind, state="waiting", written__lt=before)
    return waiting.update(state="withdrawn", leased_until=None)


def try_again(*, notice: Notice, address: str, now: datetime) -> Notice:
    """Send a stuck notice after all, to the address now on record, with all its tries before it again."""
    if fault := _fault_of(address):
        raise Refused(f"{notice.name}: {fault}")
    fresh = {"address": address, "state": "waiting", "due": now, "tries": 0, "unanswered": 0, "fault": ""}
    if not Notice.objects.filter(pk=notice.pk, state="stuck").update(**fresh):
        raise Refused("This message is not stuck any more.")
    send_notice.enqueue(notice.pk)
    return notice


def link(path: str = "/") -> str:
    """The whole address of a page, for a message."""
    return f"{settings.SERVICE_ADDRESS}/{path.lstrip('/')}"


def new_message_id() -> str:
    """A name for a message that no other has (RFC 5322, 3.6.4), by which a duplicate can be told."""
    return f"<{secrets.token_hex(16)}@{settings.MAIL_DOMAIN}>"


def _fault_of(address: str) -> str:
    if not address:
        return NO_ADDRESS
    try:
        validate_email(address)
    except ValidationError:
        return BAD_ADDRESS
    return ""


def _line(what: str, text: str, longest: int = 10_000) -> str:
    """Text that stands in a header or a key: a second line in it could be a header of somebody else's making."""
    if any(unicodedata.category(letter) in {"Cc", "Zl", "Zp"} for letter in text):
        raise Refused(f"The {what} of a message must be one line.")
    if len(text) > longest:
        raise Refused(f"The {what} of a message is longer than {longest} characters.")
    return text


def _shortened(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 2].rstrip()} …"


def _ending_in_a_link(body: str) -> str:
    *_, last = body.split() or [""]
    return body if last.startswith(link()) else f"{body.rstrip()}\n\n{link()}\n"
