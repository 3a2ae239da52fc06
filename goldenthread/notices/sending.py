"""Sending what waits in the outbox: claimed, leased, handed to the mail server, and marked.

No transaction is open while the mail server is spoken to. A worker that dies leaves a lease, which runs out. A notice
goes out twice only where the server may have taken it and no answer was kept (it broke off, or the worker died, after
the message was handed over): then once more under the same Message-ID, and never a third time unasked.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q

from goldenthread.notices.letters import letter
from goldenthread.notices.models import Notice
from goldenthread.notices.smtp import Unanswered

BACK_OFF = (1, 5, 15, 60, 240, 480, 480, 480)  # minutes to the next try: 29 hours in all, then somebody is asked
SOON = timedelta(minutes=1)  # for all that waits, when the mail server cannot be reached
MOST_UNANSWERED = 2
LONGEST_FAULT = 300
HANDED_OVER_TWICE = "The mail server was given it twice and did not answer. Ask whether it arrived before trying again."


@dataclass
class Fault(Exception):
    """Why a notice was not sent this time."""

    sentence: str
    final: bool = False  # trying again would not help
    unanswered: bool = False  # it may have arrived all the same
    everywhere: bool = False  # the server's, not this message's


def send_one(notice: int, *, now: datetime) -> str:
    """Send this notice, if it is still to be sent and due; the state it is then in."""
    claimed = _claim(Q(pk=notice), now)
    if claimed:
        _send(claimed, now)
    return Notice.objects.values_list("state", flat=True).get(pk=notice)


def send_due(clock: Callable[[], datetime], going_on: Callable[[], bool] = lambda: True) -> int:
    """Send all that is due, the longest due first, until there is no more of it. How many were sent."""
    sent = 0
    while going_on() and (claimed := _claim(Q(), now := clock())):
        sent += _send(claimed, now)
    return sent


# --- claiming ------------------------------------------------------------------------------------------------


def _claim(which: Q, now: datetime) -> Notice | None:
    """The first of these that is due and in nobody's hand, taken into this worker's; None where there is none.

    Two workers never get the same: BEGIN IMMEDIATE lets one in at a time (SQLite), the row's lock does (PostgreSQL).
    """
    if not settings.MAIL_SET_UP:
        return None
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    due = Notice.objects.filter(which, free, state="waiting", due__lte=now).order_by("due", "pk")
    with transaction.atomic():
        notice = due.select_for_update(skip_locked=True).first()
        if notice is None:
            return None
        if given_up := _given_up(notice.tries, notice.unanswered, notice.fault):  # its worker was killed on the way
            notice.state, notice.leased_until, notice.fault = "stuck", None, given_up
        else:
            notice.tries, notice.leased_until = notice.tries + 1, now + timedelta(seconds=settings.MAIL_LEASE)
        notice.save(update_fields=["state", "tries", "leased_until", "fault"])
    return notice


def _given_up(tries: int, unanswered: int, fault: str) -> str:
    """Why a notice is tried no more unasked; nothing while it is."""
    if unanswered >= MOST_UNANSWERED:
        return HANDED_OVER_TWICE
    return f"Given up after {tries} tries. {fault}"[:LONGEST_FAULT] if tries > len(BACK_OFF) else ""


# --- sending -------------------------------------------------------------------------------------------------


def _send(notice: Notice, now: datetime) -> bool:
    """Hand a claimed notice to the mail server and keep how it went. Whether it was sent."""
    if notice.state != "waiting":
        return False
    try:
        handed_over = _handed_over(notice, _written(notice))
    except Fault as fault:
        _keep(notice, fault, now)
        return False
    if handed_over:  # also where it was withdrawn meanwhile: what is sent is sent
        Notice.objects.filter(pk=notice.pk).update(state="sent", sent=now, leased_until=None, unanswered=0, fault="")
    return handed_over


def _written(notice: Notice) -> EmailMessage:
    message = letter(notice)
    try:
        message.message()
    except ValueError as fault:  # a header that would not be one line, an address that is none
        raise Fault(f"The message cannot be written: {fault}", final=True) from fault
    return message


def _handed_over(notice: Notice, message: EmailMessage) -> bool:
    """Give the message to the mail server; False where it is no longer this worker's to give."""
    server = get_connection()
    try:
        with _server_faults():
            server.open()
        mine = Notice.objects.filter(pk=notice.pk, state="waiting", leased_until=notice.leased_until)
        if not mine.update(unanswered=F("unanswered") + 1):
            return False
        with _message_faults():
            server.send_messages([message])
        return True
    finally:
        with suppress(OSError):  # a server that takes its leave badly has taken the message all the same
            server.close()


@contextmanager
def _server_faults() -> Iterator[None]:
    """What goes wrong before there is a message: it is nobody's address that is at fault, so it is tried again."""
    try:
        yield
    except smtplib.SMTPResponseException as answer:
        raise Fault(f"The mail server did not let Goldenthread in: {_said(answer)}", everywhere=True) from answer
    except OSError as fault:
        raise Fault(f"The mail server could not be reached: {fault}", everywhere=True) from fault


@contextmanager
def _message_faults() -> Iterator[None]:
    try:
        yield
    except Unanswered as fault:
        raise Fault("The mail server was given it and did not answer.", unanswered=True) from fault
    except smtplib.SMTPRecipientsRefused as refusal:
        ((code, words),) = refusal.recipients.values()
        raise _answered(smtplib.SMTPResponseException(code, words)) from refusal
    except smtplib.SMTPSenderRefused as answer:
        raise Fault(f"The mail server refused the sender: {_said(answer)}", everywhere=True) from answer
    except smtplib.SMTPResponseException as answer:
        raise _answered(answer) from answer
    except OSError as fault:
        raise Fault(f"The mail server broke off: {fault}", everywhere=True) from fault


def _answered(answer: smtplib.SMTPResponseException) -> Fault:
    """A 5xx is for good; a 4xx is for now (RFC 5321, 4.2.1)."""
    if answer.smtp_code >= 500:
        return Fault(f"The mail server refused it: {_said(answer)}", final=True)
    return Fault(f"The mail server put it off: {_said(answer)}")


def _said(answer: smtplib.SMTPResponseException) -> str:
    words = answer.smtp_error
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"{answer.smtp_code} {' '.join(text.split())}"


def _keep(notice: Notice, fault: Fault, now: datetime) -> None:
    """Keep why a notice was not sent, and when it is tried again: later each time, and not for ever."""
    unanswered = notice.unanswered + fault.unanswered
    sentence = fault.sentence[:LONGEST_FAULT]
    kept: dict[str, object] = {"fault": sentence, "leased_until": None, "unanswered": unanswered}
    given_up = sentence if fault.final else _given_up(notice.tries, unanswered, sentence)
    if given_up:
        kept |= {"state": "stuck", "fault": given_up}
    else:
        kept |= {"due": now + timedelta(minutes=BACK_OFF[notice.tries - 1])}
    Notice.objects.filter(pk=notice.pk, state="waiting", leased_until=notice.leased_until).update(**kept)
    if fault.everywhere:
        waiting = Notice.objects.filter(state="waiting", due__lte=now, leased_until__isnull=True)
        waiting.update(due=now + SOON)
