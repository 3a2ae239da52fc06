"""Workers that are killed, and workers side by side: real processes on the real database."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import Any

import pytest
from django.db import connections

from goldenthread.notices.models import Notice
from goldenthread.notices.sending import send_due
from tests.notices.post import NOW, mail_server, told

pytestmark = pytest.mark.django_db(transaction=True)

WATCHED = ("goldenthread/notices/sending.py", "goldenthread/notices/smtp.py")
SAME_THREAD = ("sendmail", "data", "getreply")  # of Python's own smtplib: within the talk with the server


def later() -> Any:
    """A clock of the next day: past every lease and every back-off."""
    return NOW + timedelta(days=1)


def in_a_process(work: Callable[[], object]) -> int:
    """Start this in a process of its own, with connections of its own; its number."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def how_it_ended(child: int) -> int:
    """0, or the signal that killed it."""
    return os.waitpid(child, 0)[1]


def killed_at(step: int) -> bool:
    """Send what is due in a process that is killed, without a word, at the nth line of the sending; whether it was."""
    left = step

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        name, function = frame.f_code.co_filename, frame.f_code.co_name
        ours = name.endswith(WATCHED) or (name.endswith("/smtplib.py") and function in SAME_THREAD)
        if ours and event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace if ours or event == "call" else None

    def work() -> None:
        sys.settrace(trace)
        send_due(lambda: NOW)

    return how_it_ended(in_a_process(work)) == signal.SIGKILL


@pytest.mark.slow
def test_a_worker_killed_at_any_line_loses_nothing_and_doubles_only_what_was_taken(outgoing: int) -> None:
    before, window, after, step, killed = 0, 0, 0, 0, True
    with mail_server(outgoing) as server:
        while killed:
            step += 1
            notice = told(f"killed at line {step}")
            killed = killed_at(step)
            taken, kept = server.copies[notice.message_id], Notice.objects.get(pk=notice.pk).state == "sent"
            send_due(later)

            notice.refresh_from_db()
            assert (notice.state, server.copies[notice.message_id]) == ("sent", taken if kept else taken + 1)
            before, window, after = before + (not taken), window + (taken and not kept), after + kept

    assert before > window > 0
    assert after > 1  # killed once all was done, and once not at all


def test_a_killed_worker_holds_its_notice_until_the_lease_runs_out(outgoing: int, settings: Any) -> None:
    told()
    with mail_server(outgoing) as server:
        assert killed_at(60)
        lease = Notice.objects.get().leased_until
        assert lease == NOW + timedelta(seconds=settings.MAIL_LEASE)

        assert send_due(lambda: lease) == 0
        assert send_due(lambda: lease + timedelta(seconds=1)) == 1

    assert list(server.copies.values()) == [1]


def test_a_notice_whose_worker_is_killed_each_time_comes_to_rest(outgoing: int) -> None:
    """A message that kills whoever sends it must not do so for ever."""
    told()
    with mail_server(outgoing) as server:
        Notice.objects.update(unanswered=2, tries=2, leased_until=NOW)
        assert (send_due(later), server.taken) == (0, [])

    assert Notice.objects.get().state == "stuck"


def test_two_workers_send_each_notice_once(outgoing: int) -> None:
    notices = [told(str(number)) for number in range(30)]

    with mail_server(outgoing) as server:
        children = [in_a_process(lambda: send_due(lambda: NOW)) for _ in range(3)]
        assert [how_it_ended(child) for child in children] == [0, 0, 0]

    assert server.copies == {notice.message_id: 1 for notice in notices}
    assert set(Notice.objects.values_list("state", "tries")) == {("sent", 1)}
