"""The worker: tasks as they come, a sweep of the outbox every so often, the nightly job when its hour has come.

The queue makes a message prompt, the sweep makes it certain: whatever became of a task, a notice that is due is sent.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error, close_old_connections, connections
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from goldenthread.act.services.concerns import escalate_due
from goldenthread.home.nightly import run_night
from goldenthread.notices.sending import send_due
from goldenthread.web import clock
from goldenthread.web.wording import LONDON

log = logging.getLogger(__name__)

POLL = 1.0  # seconds between two looks at the queue
SWEEP = 15.0  # and between two sweeps
DATABASE_AWAY = 5.0  # before the next try where the database does not answer
MOST_RUNS = 5  # of a task whose worker was killed each time


class Worker:
    """Works until it is told to end; what it has in hand then comes to its end first."""

    def __init__(self) -> None:
        self.sent = 0
        self._ended = threading.Event()
        self._swept = -SWEEP
        self._queue = TaskWorker(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=f"{os.getpid()}-{time.monotonic_ns()}", excluded_queue_names=[],
        )  # fmt: skip

    def end(self) -> None:
        self._queue.running = False
        self._ended.set()

    def work(self) -> None:
        while not self._ended.is_set():
            try:
                self.once() if time.monotonic() - self._swept >= SWEEP else self._tasks()
                self._ended.wait(POLL)
            except Error:
                log.exception("The database does not answer")
                connections.close_all()
                self._ended.wait(DATABASE_AWAY)

    def once(self) -> None:
        """Everything there is to do now."""
        self._swept = time.monotonic()
        reap(clock.now())
        escalate_due(clock.now())
        if night_has_come(clock.now()):
            run_night(clock.now, clock.today())
        self._tasks()
        self.sent += send_due(clock.now, lambda: not self._ended.is_set())

    def _tasks(self) -> None:
        close_old_connections()
        if DBTaskResult.objects.ready().exists():  # a look locks nobody out; taking a task does, on SQLite
            self._queue.run()


def night_has_come(now: datetime) -> bool:
    """Whether it is past the night's hour in England. What is done already is not done again."""
    return now.astimezone(LONDON).hour >= settings.NIGHTLY_HOUR


def reap(now: datetime) -> int:
    """Put back tasks whose worker was killed: the queue itself leaves them running for ever. How many there were."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=now - timedelta(seconds=settings.MAIL_LEASE))
    for task in (found := list(lost)):
        over = len(task.worker_ids) >= MOST_RUNS
        status = TaskResultStatus.FAILED if over else TaskResultStatus.READY
        lost.filter(pk=task.pk, started_at=task.started_at).update(status=status, finished_at=now if over else None)
    return len(found)
