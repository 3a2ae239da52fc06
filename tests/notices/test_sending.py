"""Whatever the mail server does, nothing is lost, and nothing goes out twice but in the one window."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from goldenthread.notices.models import Notice
from goldenthread.notices.sending import BACK_OFF, send_due, send_one
from goldenthread.notices.services import withdraw
from tests.notices.post import NOW, Somebody, mail_server, told

pytestmark = pytest.mark.django_db


def at(minutes: float) -> Any:
    return lambda: NOW + timedelta(minutes=minutes)


def row(key: str = "a") -> Notice:
    return Notice.objects.get(key=key)


def sent_at_last(minutes: float = 60 * 40) -> int:
    """Sweep as often as a worker would, until nothing more is due in this time."""
    return sum(send_due(at(minute)) for minute in range(0, int(minutes), 1) if waits(at(minute)()))


def waits(now: datetime) -> bool:
    return Notice.objects.filter(state="waiting", due__lte=now).exists()


def test_a_notice_goes_out_once_as_it_was_written(outgoing: int) -> None:
    notice = told(subject="Session on 14 May", body="You sit on 14 May.\nhttp://localhost:8000/plan/\n")

    with mail_server(outgoing) as server:
        first, second = send_due(at(0)), send_due(at(600))

    (message,) = server.taken
    assert (first, second, row().state, row().sent, row().fault) == (1, 0, "sent", NOW, "")
    assert message["To"] == "Ffion Carrow <ffion.carrow@ambermere.example>"
    assert (message["Subject"], message["Message-ID"]) == ("Session on 14 May", notice.message_id)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == ["You sit on 14 May.", "http://localhost:8000/plan/"]


def test_nothing_is_sent_before_its_time(outgoing: int) -> None:
    told(not_before=NOW + timedelta(hours=3))

    with mail_server(outgoing) as server:
        assert (send_due(at(179)), send_due(at(180)), len(server.taken)) == (0, 1, 1)


def test_one_that_was_withdrawn_is_not_sent(outgoing: int) -> None:
    told("a")
    told("b")

    with mail_server(outgoing) as server:
        assert withdraw(["a", "none"]) == 1
        assert (send_one(row("a").pk, now=NOW), send_due(at(0)), len(server.taken)) == ("withdrawn", 1, 1)


def test_without_a_mail_server_set_up_everything_waits(settings: Any) -> None:
    settings.MAIL_SET_UP = False
    told()

    assert (send_due(at(0)), row().state, row().tries) == (0, "waiting", 0)


# --- the server is down, slow, or fails ----------------------------------------------------------------------


def test_a_server_that_is_down_costs_one_try_of_one_notice(outgoing: int) -> None:
    for key in "abc":
        told(key)

    assert send_due(at(0)) == 0

    assert [row(key).tries for key in "abc"] == [1, 0, 0]
    assert row("a").fault.startswith("The mail server could not be reached: ")
    assert {row(key).due for key in "abc"} == {NOW + timedelta(minutes=1)}


def test_everything_goes_out_when_it_is_up_again(outgoing: int) -> None:
    for key in "abc":
        told(key)
    send_due(at(0))

    with mail_server(outgoing) as server:
        assert (send_due(at(0.5)), send_due(at(1)), sorted(server.copies.values())) == (0, 3, [1, 1, 1])


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_4xx_is_tried_again_later_each_time(outgoing: int, stage: str) -> None:
    told()

    with mail_server(outgoing, **{stage: ["451 Busy"] * 3}) as server:
        due = []
        for minute in (0, 1, 6):
            assert send_due(at(minute)) == 0
            due.append((row().due - NOW) / timedelta(minutes=1))
        faults = (row().state, row().fault, row().unanswered)
        assert send_due(at(21)) == 1

    assert (due, faults) == ([1, 6, 21], ("waiting", "The mail server put it off: 451 Busy", 0))
    assert list(server.copies.values()) == [1]


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_5xx_is_stuck_at_once_and_says_why(outgoing: int, stage: str) -> None:
    told()

    with mail_server(outgoing, **{stage: ["550 No such person here"]}) as server:
        assert (send_due(at(0)), send_due(at(9999)), server.taken) == (0, 0, [])

    assert (row().state, row().fault) == ("stuck", "The mail server refused it: 550 No such person here")


def test_one_refused_address_does_not_hold_up_the_others(outgoing: int) -> None:
    for key in "abc":
        told(key)

    with mail_server(outgoing, RCPT=["550 No such person here"]) as server:
        assert (send_due(at(0)), len(server.taken)) == (2, 2)

    assert [row(key).state for key in "abc"] == ["stuck", "sent", "sent"]


def test_after_the_last_try_it_is_stuck(outgoing: int) -> None:
    told()

    assert sent_at_last() == 0

    assert (row().state, row().tries) == ("stuck", len(BACK_OFF) + 1)
    assert row().fault.startswith("Given up after 9 tries. The mail server could not be reached")


def test_a_slow_server_is_not_waited_for_and_gets_it_later(outgoing: int) -> None:
    told()

    with mail_server(outgoing, RCPT=["wait"]) as server:
        assert (send_due(at(0)), row().unanswered) == (0, 0)
        assert row().fault == "The mail server broke off: Connection unexpectedly closed: timed out"
        assert (send_due(at(1)), list(server.copies.values())) == (1, [1])


# --- the one window ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("temper", ["die", "wait"])
def test_a_server_that_takes_it_and_breaks_off_gets_it_once_more(outgoing: int, temper: str) -> None:
    notice = told()

    with mail_server(outgoing, DATA=[temper]) as server:
        assert (send_due(at(0)), row().unanswered) == (0, 1)
        assert (send_due(at(1)), row().state, row().unanswered) == (1, "sent", 0)

    assert server.copies == {notice.message_id: 2}


def test_a_server_that_breaks_off_each_time_gets_it_twice_and_no_more(outgoing: int) -> None:
    notice = told()

    with mail_server(outgoing, DATA=["die"] * 9) as server:
        assert sent_at_last() == 0

    assert (row().state, row().fault) == (
        "stuck",
        "The mail server was given it twice and did not answer. Ask whether it arrived before trying again.",
    )
    assert server.copies == {notice.message_id: 2}


def test_with_forty_notices_and_a_server_of_every_temper_nothing_is_lost(outgoing: int) -> None:
    notices = [told(f"n{number}", to=Somebody(pk=number)) for number in range(40)]
    tempers = {"RCPT": ["", "451 Busy", "", "die", ""] * 6, "DATA": ["", "die", "", "451 Later", ""] * 6}

    with mail_server(outgoing, **tempers) as server:
        sent_at_last()

    died = 6
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}
    assert set(server.copies) == {notice.message_id for notice in notices}
    assert (max(server.copies.values()), len(server.taken) - len(notices)) == (2, died)


# --- what the mail server is given ---------------------------------------------------------------------------


def test_a_server_that_does_not_let_us_in_makes_nothing_stick(outgoing: int, settings: Any) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "goldenthread", "wrong"
    told("a")
    told("b")

    with mail_server(outgoing):  # it offers no sign-in
        send_due(at(0))

    assert [row(key).state for key in "ab"] == ["waiting", "waiting"]
    assert "wrong" not in row("a").fault


def test_an_invitation_goes_along_as_a_part_and_as_a_file(outgoing: int) -> None:
    told(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method="REQUEST")

    with mail_server(outgoing) as server:
        send_due(at(0))

    parts = [part for part in server.taken[0].walk() if not part.is_multipart()]
    kinds = [(part.get_content_type(), part.get_param("method"), part.get_filename()) for part in parts]
    assert kinds == [
        ("text/plain", None, None),
        ("text/calendar", "REQUEST", None),
        ("application/ics", None, "invitation.ics"),
    ]
    assert [parts[1].get_content().split(), parts[2].get_content().decode().split()] == [
        ["BEGIN:VCALENDAR", "END:VCALENDAR"]
    ] * 2
