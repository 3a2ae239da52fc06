"""The worker: whatever became of a task, a notice that is due is sent."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from goldenthread.home.nightly import jobs
from goldenthread.home.working import MOST_RUNS, Worker, reap
from goldenthread.notices.models import Notice, Run
from tests.notices.post import listening_for, mail_server, told

pytestmark = pytest.mark.django_db(transaction=True)  # a worker looks after its own connection

NOW = datetime(2026, 10, 6, 1, 30, tzinfo=UTC)


@pytest.fixture
def outgoing(settings: Any) -> int:
    return listening_for(settings)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as travelled:
        yield travelled


def tasks() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_once_it_does_what_there_is_and_ends(outgoing: int, capsys: pytest.CaptureFixture[str]) -> None:
    told("a", now=NOW)
    told("b", now=NOW, not_before=NOW + timedelta(hours=1))

    with mail_server(outgoing) as server:
        call_command("work", "--once", "--json")

    assert json.loads(capsys.readouterr().out) == {"sent": 1, "waiting": 1, "stuck": 0}
    assert (len(server.taken), tasks(), Run.objects.count()) == (1, ["READY", "SUCCESSFUL"], len(jobs()))


def test_before_its_hour_the_nightly_job_does_not_run(outgoing: int, clock: Any) -> None:
    clock.move_to(NOW - timedelta(hours=1))
    Worker().once()

    assert not Run.objects.exists()


def test_a_notice_whose_task_was_lost_is_sent_all_the_same(outgoing: int) -> None:
    told(now=NOW)
    DBTaskResult.objects.all().delete()

    with mail_server(outgoing) as server:
        Worker().once()

    assert (len(server.taken), Notice.objects.get().state) == (1, "sent")


def test_a_task_left_running_by_a_killed_worker_is_run_again(outgoing: int) -> None:
    told(now=NOW)
    killed = {"status": "RUNNING", "started_at": NOW - timedelta(minutes=11), "worker_ids": ["killed"]}
    DBTaskResult.objects.update(**killed)

    with mail_server(outgoing):
        Worker().once()

    assert tasks() == ["SUCCESSFUL"]


def test_a_task_that_another_worker_has_in_hand_is_left_to_it() -> None:
    told(now=NOW)
    DBTaskResult.objects.update(status="RUNNING", started_at=NOW - timedelta(minutes=9), worker_ids=["other"])

    assert (reap(NOW), tasks()) == (0, ["RUNNING"])


def test_a_task_that_kills_every_worker_comes_to_rest() -> None:
    told(now=NOW)
    DBTaskResult.objects.update(
        status="RUNNING", started_at=NOW - timedelta(days=1), worker_ids=[str(number) for number in range(MOST_RUNS)]
    )

    assert (reap(NOW), tasks()) == (1, ["FAILED"])


def test_a_worker_that_was_told_to_end_sends_no_more(outgoing: int) -> None:
    told(now=NOW)
    worker = Worker()
    worker.end()
    worker.work()

    assert Notice.objects.get().state == "waiting"


def test_in_words_it_says_how_the_messages_stand() -> None:
    said = io.StringIO()
    call_command("work", "--once", stdout=said)

    assert said.getvalue() == "0 messages sent so far, 0 waiting, 0 stuck.\n"
