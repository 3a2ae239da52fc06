"""What is done once a night, one file a job: adding the file is the whole change.

A job's file has `JOB`, its name, and `run(*, now, today)`, which does it and says in a sentence what came of it. Each
job has its own row for the day, so one that fails does not keep the others from theirs, and however often the night is
begun each is done once.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from types import ModuleType
from typing import Protocol

from goldenthread.notices.models import Run

log = logging.getLogger(__name__)

LEASE = timedelta(hours=1)  # a run that was begun and did not end is taken up again after it


class Does(Protocol):
    def __call__(self, *, now: datetime, today: date) -> str: ...


@dataclass(frozen=True, slots=True)
class Job:
    """One job of the night."""

    name: str
    run: Does


@cache
def jobs() -> tuple[Job, ...]:
    """Every job, in the order of their files' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(_job(importlib.import_module(f"{__name__}.{name}")) for name in names)


def _job(module: ModuleType) -> Job:
    lacking = [name for name in ("JOB", "run") if not hasattr(module, name)]
    if lacking:
        raise TypeError(f"{module.__name__} has no {', '.join(lacking)}: a job of the night has JOB and run.")
    return Job(module.JOB, module.run)


def run_night(clock: Callable[[], datetime], today: date, night: tuple[Job, ...] | None = None) -> list[Run]:
    """Do what of tonight's jobs is not done yet; the runs that were ended by this call."""
    taken = ((job, _taken_up(job, today, clock())) for job in (jobs() if night is None else night))
    return [_done(job, run, clock) for job, run in taken if run]


def _taken_up(job: Job, today: date, now: datetime) -> Run | None:
    """The row that says this job is ours today; None where it is done, or in somebody else's hand."""
    run, new = Run.objects.get_or_create(job=job.name, day=today, defaults={"began": now})
    if new:
        return run
    stale = Run.objects.filter(pk=run.pk, ended__isnull=True, began=run.began, began__lte=now - LEASE)
    if not stale.update(began=now):
        return None
    run.began = now
    return run


def _done(job: Job, run: Run, clock: Callable[[], datetime]) -> Run:
    try:
        run.outcome = job.run(now=clock(), today=run.day)
        run.ended = clock()
    except Exception as fault:
        log.exception("The nightly job %s failed", job.name)
        run.outcome = f"It failed ({type(fault).__name__}) and is tried again in an hour."
    run.save(update_fields=["ended", "outcome"])
    return run
