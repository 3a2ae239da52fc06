"""`goldenthread work`: the worker, until it is stopped; with `--once`, what there is to do now. `serve` starts one."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.home.working import Worker
from goldenthread.notices.queries import counts
from goldenthread.web.command import AnswerCommand
from goldenthread.web.wording import plural


class Command(AnswerCommand):
    help = "Send what is told by e-mail and do the nightly job when its hour has come, until stopped."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what there is to do now, and end")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        worker = Worker()
        if options["once"]:
            worker.once()
        else:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, lambda *_: worker.end())
            worker.work()
        return counts()

    def words(self, answer: Mapping[str, Any]) -> str:
        sent, waiting, stuck = answer["sent"], answer["waiting"], answer["stuck"]
        return f"{plural(sent, 'message')} sent so far, {waiting} waiting, {stuck} stuck."
