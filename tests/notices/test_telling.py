"""What is told is part of what it tells of: written with it, or not at all, and once."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections, transaction
from django_tasks_db.models import DBTaskResult

from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from goldenthread.notices.services import link, try_again, withdraw, withdraw_earlier
from tests.notices.post import NOW, Somebody, told

pytestmark = pytest.mark.django_db


def queued() -> list[Any]:
    return [task.args_kwargs["args"] for task in DBTaskResult.objects.all()]


def test_it_waits_in_the_outbox_with_a_task_that_sends_it() -> None:
    notice = told(kind="invitation", subject="Session on 14 May")

    kept = Notice.objects.values(
        "key", "person_id", "authority_id", "name", "address", "kind", "subject", "state"
    ).get()
    assert kept == {
        "key": "a", "person_id": 7, "authority_id": 1, "name": "Ffion Carrow",
        "address": "ffion.carrow@ambermere.example", "kind": "invitation", "subject": "Session on 14 May",
        "state": "waiting",
    }  # fmt: skip
    assert queued() == [[notice.pk]]


def test_what_is_rolled_back_was_not_told() -> None:
    with transaction.atomic():
        told()
        transaction.set_rollback(True)

    assert (Notice.objects.count(), queued()) == (0, [])


def test_the_same_thing_is_told_once() -> None:
    first = told("moved:3", subject="The session has moved")
    again = told("moved:3", subject="The session has moved again")

    assert (again.pk, again.subject, len(queued())) == (first.pk, "The session has moved", 1)


@pytest.mark.django_db(transaction=True)
def test_the_same_thing_told_by_several_at_once_is_told_once() -> None:
    start, found = threading.Barrier(4), []

    def tell_it() -> None:
        start.wait()
        with transaction.atomic():
            found.append(told("moved:3").pk)
        connections.close_all()

    threads = [threading.Thread(target=tell_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(found), len(set(found)), Notice.objects.count(), len(queued())) == (4, 1, 1, 1)


def test_each_message_has_a_name_that_no_other_has() -> None:
    names = {told(str(number)).message_id for number in range(50)}

    assert len(names) == 50
    assert all(name.startswith("<") and name.endswith("@localhost>") for name in names)


def test_whoever_has_no_address_is_not_left_out_in_silence() -> None:
    notice = told(to=Somebody(email=""))

    assert (notice.state, notice.fault, queued()) == ("stuck", "No e-mail address is on record.", [])


@pytest.mark.parametrize("address", ["ffion", "f@x.example\r\nBcc: all@x.example", "f@x.example, g@x.example"])
def test_an_address_that_is_none_is_kept_from_the_mail_server(address: str) -> None:
    notice = told(to=Somebody(email=address))

    assert (notice.state, notice.address) == ("stuck", "")
    assert notice.fault == "The e-mail address on record is not one that mail can be sent to."


@pytest.mark.parametrize("line", ["\r\nBcc: all@x.example", "\n", "\x00", "\u2028", "\x1b"])
def test_a_second_line_in_a_header_is_refused(line: str) -> None:
    with pytest.raises(Refused, match=r"The subject of a message must be one line\."):
        told(subject=f"A session{line}")
    with pytest.raises(Refused, match=r"The key of a message must be one line\."):
        told(f"a{line}")
    with pytest.raises(Refused, match=r"The calendar method of a message must be one line\."):
        told(calendar_method=f"CANCEL{line}")
    assert not Notice.objects.exists()


def test_a_name_is_brought_to_one_line() -> None:
    assert told(to=Somebody(name="Ffion\r\nBcc: x\u2028Carrow")).name == "Ffion Bcc: x Carrow"


def test_a_long_subject_is_shortened_and_a_long_key_refused() -> None:
    assert (len(told("a", subject="x" * 300).subject), told("a").subject[-3:]) == (200, "x …")
    with pytest.raises(Refused, match="longer than 200 characters"):
        told("k" * 201)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("A session is arranged.", "A session is arranged.\n\nhttp://localhost:8000/\n"),
        ("Read on:\nhttp://localhost:8000/plan/\n", "Read on:\nhttp://localhost:8000/plan/\n"),
        ("http://localhost:8000.evil.example/", "http://localhost:8000.evil.example/\n\nhttp://localhost:8000/\n"),
    ],
)
def test_a_message_ends_with_a_link(body: str, kept: str) -> None:
    assert told(body=body).body == kept


def test_a_link_is_a_whole_address(settings: Any) -> None:
    settings.SERVICE_ADDRESS = "https://audit.example.gov.uk"

    assert (link("/plan/sessions/abc/"), link()) == (
        "https://audit.example.gov.uk/plan/sessions/abc/",
        "https://audit.example.gov.uk/",
    )


def test_what_is_sent_cannot_be_withdrawn() -> None:
    told("sent"), told("waits"), told("stuck", to=Somebody(email=""))  # noqa: B018 - three of them
    Notice.objects.filter(key="sent").update(state="sent", sent=NOW)

    assert withdraw(["sent", "waits", "stuck"]) == 2
    assert dict(Notice.objects.values_list("key", "state")) == {
        "sent": "sent", "waits": "withdrawn", "stuck": "withdrawn",
    }  # fmt: skip


def test_what_is_told_anew_each_day_replaces_what_still_waits() -> None:
    told("yesterday", kind="reminder", now=NOW - timedelta(days=1))
    told("today", kind="reminder")
    told("other", kind="invitation", now=NOW - timedelta(days=1))

    assert withdraw_earlier(kind="reminder", before=NOW) == 1
    assert Notice.objects.get(state="withdrawn").key == "yesterday"


def test_a_stuck_message_is_tried_again_at_the_address_then_on_record() -> None:
    notice = told(to=Somebody(email=""))

    try_again(notice=notice, address="ffion@ambermere.example", now=NOW)

    notice.refresh_from_db()
    assert (notice.state, notice.address, notice.fault) == ("waiting", "ffion@ambermere.example", "")
    assert queued() == [[notice.pk]]


def test_it_cannot_be_tried_again_without_an_address_or_when_it_is_not_stuck() -> None:
    with pytest.raises(Refused, match=r"Ffion Carrow: No e-mail address is on record\."):
        try_again(notice=told("a", to=Somebody(email="")), address="", now=NOW)
    with pytest.raises(Refused, match=r"This message is not stuck any more\."):
        try_again(notice=told("b"), address="ffion@ambermere.example", now=NOW)
