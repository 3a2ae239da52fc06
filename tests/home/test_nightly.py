"""The nightly job: each part once a day however often it is begun, and none kept from its work by another."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult

from goldenthread.home.nightly import Job, forget_submissions, forget_tasks, jobs, run_night
from goldenthread.home.working import night_has_come
from goldenthread.notices.models import Run
from goldenthread.web.models import Submission

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 6)
NOW = datetime(2026, 10, 6, 1, 0, tzinfo=UTC)  # two in the morning in England


class Count:
    """A job that counts how often it was done; it fails as often as it is told to."""

    def __init__(self, fails: int = 0) -> None:
        self.done, self.fails = 0, fails

    def __call__(self, *, now: datetime, today: date) -> str:
        self.done += 1
        if self.done <= self.fails:
            raise ValueError("something with a secret in it")
        return f"Done for {today}."


def night(*jobs: Count) -> tuple[Job, ...]:
    return tuple(Job(f"job {number}", each) for number, each in enumerate(jobs))


def at(hours: float) -> Callable[[], datetime]:
    return lambda: NOW + timedelta(hours=hours)


def outcomes() -> list[tuple[str, bool, str]]:
    return [(run.job, run.ended is not None, run.outcome) for run in Run.objects.order_by("job", "day")]


def test_the_jobs_are_the_files_of_the_folder() -> None:
    assert [job.name for job in jobs()] == [
        "Count the audited files",
        "Count what is covered",
        "Measure what files take",
        "Forget forms that were sent",
        "Forget tasks that are done",
        "Remind people of what they owe",
        "Remove old evidence packs",
    ]


def test_however_often_it_is_begun_it_is_done_once_a_day() -> None:
    count = Count()

    ran = [len(run_night(at(hours), TODAY, night(count))) for hours in (0, 0.5, 3, 20)]
    run_night(at(24), TODAY + timedelta(days=1), night(count))

    assert (ran, count.done) == ([1, 0, 0, 0], 2)
    assert outcomes() == [("job 0", True, "Done for 2026-10-06."), ("job 0", True, "Done for 2026-10-07.")]


def test_the_database_lets_a_job_have_one_row_a_day() -> None:
    Run.objects.create(job="job 0", day=TODAY, began=NOW)
    with pytest.raises(IntegrityError):
        Run.objects.create(job="job 0", day=TODAY, began=NOW)


def test_one_that_fails_does_not_keep_the_others_from_theirs() -> None:
    fails, works = Count(fails=1), Count()

    run_night(at(0), TODAY, night(fails, works))

    assert outcomes() == [
        ("job 0", False, "It failed (ValueError) and is tried again in an hour."),
        ("job 1", True, "Done for 2026-10-06."),
    ]


def test_one_that_failed_or_was_killed_is_taken_up_after_its_lease() -> None:
    count = Count(fails=1)
    Run.objects.create(job="job 1", day=TODAY, began=NOW)  # its worker was killed
    killed = Count()

    for hours in (0, 0.9, 1.0, 1.1):
        run_night(at(hours), TODAY, night(count, killed))

    assert (count.done, killed.done) == (2, 1)
    assert [ended for _, ended, _ in outcomes()] == [True, True]


def test_it_says_when_it_ended(settings: Any) -> None:
    ticks = iter(NOW + timedelta(minutes=minute) for minute in range(9))

    (run,) = run_night(lambda: next(ticks), TODAY, night(Count()))

    assert (run.began, run.ended) == (NOW, NOW + timedelta(minutes=2))


@pytest.mark.parametrize(
    ("moment", "come"),
    [("2026-10-06T00:59", False), ("2026-10-06T01:00", True), ("2026-12-01T01:59", False), ("2026-12-01T02:00", True)],
)
def test_its_hour_is_told_by_the_clock_on_the_wall_in_england(moment: str, come: bool) -> None:
    assert night_has_come(datetime.fromisoformat(moment).replace(tzinfo=UTC)) is come


@time_machine.travel(NOW, tick=False)
def test_the_command_runs_it_and_says_when_it_ran() -> None:
    said = [io.StringIO(), io.StringIO()]
    for stdout in said:
        call_command("nightly", stdout=stdout)

    first, second = (stdout.getvalue().splitlines() for stdout in said)
    assert "Forget forms that were sent, 6 Oct 2026 at 2:00am: 0 forms forgotten." in first
    assert "Forget forms that were sent, 6 Oct 2026 at 2:00am (done already): 0 forms forgotten." in second
    assert len(first) == len(second) == len(jobs())


# --- what is forgotten ---------------------------------------------------------------------------------------


def test_tokens_of_forms_are_forgotten_after_two_days() -> None:
    for days in (0, 1.9, 2.1, 30):
        at = NOW - timedelta(days=days)
        Submission.objects.create(token=f"t{days}", response_location="/", at=at, person_id=1, path="/")

    assert forget_submissions.run(now=NOW, today=TODAY) == "2 forms forgotten."
    assert set(Submission.objects.values_list("token", flat=True)) == {"t0", "t1.9"}


def test_tasks_are_forgotten_a_week_after_they_are_done() -> None:
    for status, days in (("SUCCESSFUL", 8), ("FAILED", 8), ("SUCCESSFUL", 6), ("READY", 8), ("RUNNING", 8)):
        ended = NOW - timedelta(days=days) if status in {"SUCCESSFUL", "FAILED"} else None
        DBTaskResult.objects.create(
            status=status, finished_at=ended, task_path="x", args_kwargs={}, backend_name="default"
        )

    assert forget_tasks.run(now=NOW, today=TODAY) == "2 tasks forgotten."
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "RUNNING", "SUCCESSFUL"]
