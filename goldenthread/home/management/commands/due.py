"""`goldenthread due DATE --days N [--kind working|calendar]`: when something is due, by England's bank holidays."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.method.deadlines import due_date
from goldenthread.web.command import AnswerCommand, whole


class Command(AnswerCommand):
    help = "Say when something is due; day 1 is the first day after DATE."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("start", metavar="DATE", type=_day, help="the day the clock starts, as 2026-12-18")
        parser.add_argument("--days", metavar="N", type=whole, required=True, help="how many days")
        parser.add_argument(
            "--kind", choices=["working", "calendar"], default="working", help="working days unless said"
        )

    def answer(self, **options: Any) -> Mapping[str, Any]:
        start, days, kind = options["start"], options["days"], options["kind"]
        due = due_date(start, days, kind)
        return {"due": due.isoformat(), "weekday": f"{due:%A}", "start": start.isoformat(), "days": days, "kind": kind}

    def words(self, answer: Mapping[str, Any]) -> str:
        due = date.fromisoformat(answer["due"])
        days = f"{answer['days']} {answer['kind']} {'day' if answer['days'] == 1 else 'days'}"
        return f"{due:%A} {due.day} {due:%B %Y}: {days} after {answer['start']}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date written as 2026-12-18") from None
