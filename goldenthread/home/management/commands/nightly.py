"""`goldenthread nightly`: the nightly job now, what of it is not done yet today; says when each part last ran."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.home.nightly import run_night
from goldenthread.method.refusal import Refused
from goldenthread.notices.queries import last_runs
from goldenthread.web import clock
from goldenthread.web.command import AnswerCommand
from goldenthread.web.wording import when


class Command(AnswerCommand):
    help = "Run the nightly job now; what was done today already is not done again."

    def add_question(self, parser: CommandParser) -> None:
        pass

    def answer(self, **options: Any) -> Mapping[str, Any]:
        ran = run_night(clock.now, clock.today())
        if failed := [run for run in ran if not run.ended]:
            raise Refused(*(f"{run.job}: {run.outcome}" for run in failed))
        now = {run.job for run in ran}
        runs = [
            {"job": run.job, "began": run.began, "ended": run.ended, "outcome": run.outcome, "now": run.job in now}
            for run in last_runs()
        ]
        return {"runs": runs}

    def words(self, answer: Mapping[str, Any]) -> str:
        return "\n".join(
            f"{run['job']}, {when(run['began'])}{'' if run['now'] else ' (done already)'}: "
            f"{run['outcome'] or 'begun, not ended yet.'}"
            for run in answer["runs"]
        )
